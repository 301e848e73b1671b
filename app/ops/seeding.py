"""Filling an empty database with the demo company, through the real verbs, at the times of its past."""

from collections.abc import Generator
from datetime import timedelta
from itertools import groupby

from sqlalchemy import exists, select

from app.accounts import passwords
from app.accounts.user import User
from app.community.vote import Value
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict, NotAllowed
from app.core.settings import settings
from app.core.uow import reading, unit_of_work
from app.ops import examples
from app.ops.demo import errands, post, stories, texts
from app.ops.demo.cast import Cast
from app.ops.demo.desk import Desk
from app.ops.demo.forum import Forum
from app.ops.demo.timeline import (
    Accepted,
    Act,
    Answered,
    Asked,
    Joined,
    Moment,
    Opened,
    Settled,
    Stepped,
    Voted,
    chronicle,
)

PASSWORD = "hearth demo only"  # noqa: S105 - printed at every start, refused in production
LEAD = "jonas"


class Company:
    """The demo company on the way into the database."""

    def __init__(self, *, password_hash: str) -> None:
        self.cast = Cast(password_hash=password_hash)
        self.desk = Desk(self.cast)
        self.forum = Forum(self.cast)

    def perform(self, act: Act) -> None:
        """Let it happen, now."""
        match act:
            case Joined(who):
                self.cast.join(who)
                texts.keep_those_of(who.key, self.cast[who.key])
            case Opened(story, ticket):
                self.desk.open(story, ticket)
            case Stepped(story, step):
                self.desk.act(story, step)
            case Settled():
                self.desk.settle()
            case Asked(story, question):
                self.forum.ask(story, question)
            case Answered(story, place, answer):
                self.forum.answer(story, place, answer)
            case Accepted(story, place):
                self.forum.accept(story, place)
            case Voted(story, place, by, up):
                self.forum.vote(story, place, by=by, value=Value.UP if up else Value.DOWN)


def fill() -> Generator[int, None, None]:
    """Fill the empty database; after each week, yields how many acts it had.

    The last day is yesterday in the reporting zone, so the demo is fresh whenever it is made; all
    else is the same every time.  It is one transaction: whoever stops in the middle has nothing.
    Raises NotAllowed in production, Conflict when somebody is there already or mail would leave.
    """
    refuse_production()
    if somebody_is_there():
        raise Conflict("The database is not empty. The demo fills only an empty one.")
    if settings().smtp_url:
        raise Conflict(
            "The demo would send mail to people who do not exist. "
            "Leave HEARTH_SMTP_URL empty while it is made, or begin without it: --empty."
        )
    company = Company(password_hash=passwords.hashed(PASSWORD))
    with unit_of_work():
        post.open_mailbox()
        for _, week in groupby(moments(), key=lambda moment: moment.at.isocalendar()[:2]):
            acts = list(week)
            for moment in acts:
                with clock.travelling(moment.at):
                    company.perform(moment.act)
                    errands.run_due()
            yield len(acts)
        examples.keep_all(by=company.cast[LEAD])


def moments() -> list[Moment]:
    """What will happen, for a demo made now."""
    zone = settings().zone
    return chronicle(last=clock.today(zone) - timedelta(days=1), zone=zone)


def sign_ins() -> list[tuple[str, str]]:
    """What each printed account may do, and its address; all have `PASSWORD`."""
    return [(who.printed, who.address) for who in stories.people() if who.printed]


def is_there() -> bool:
    """Whether the database holds the demo already."""
    addresses = [who.address for who in stories.people()]
    with reading():
        return bool(db.session.scalar(select(exists().where(User.email.in_(addresses)))))


def somebody_is_there() -> bool:
    """Whether anybody at all is in the database."""
    with reading():
        return bool(db.session.scalar(select(exists(select(User.id)))))


def refuse_production() -> None:
    """Raises NotAllowed: everybody knows the passwords of the demo."""
    if settings().production:
        raise NotAllowed(
            "The demo has passwords that everybody knows, so it is not for production. "
            "To start without it: bin/run --empty ADDRESS"
        )
