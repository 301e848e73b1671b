"""The tickets of the demo: opened, worked on and solved through the verbs of the room."""

from collections.abc import Sequence
from email.utils import formataddr, parseaddr
from io import BytesIO

from sqlalchemy import select

from app.accounts.user import User
from app.attachments import storing
from app.attachments.attachment import Attachment
from app.core.db import db
from app.ops.demo import post, ratings
from app.ops.demo.cast import Cast
from app.ops.demo.links import absolute
from app.ops.demo.stories import Enclosure, Step, TicketStory
from app.tickets import assigning, opening, replying, resolving, statusing, triaging
from app.tickets.history import one_act
from app.tickets.ticket import Channel, Priority, Status, Ticket

STATUSES = {
    "open": Status.OPEN,
    "waiting": Status.WAITING_CUSTOMER,
    "hold": Status.WAITING_THIRD,
}


class Desk:
    """The tickets by their place among the stories."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._tickets: dict[int, Ticket] = {}
        self._requesters: dict[int, str] = {}
        self._tags: dict[int, set[str]] = {}

    def open(self, story: int, told: TicketStory) -> None:
        """File the ticket."""
        by_mail = told.channel == Channel.MAIL
        self._tickets[story] = self._open_by_mail(told) if by_mail else self._open(told)
        self._requesters[story] = told.requester
        self._tags[story] = set()

    def _open(self, told: TicketStory) -> Ticket:
        return opening.open_ticket(
            requester=self._cast[told.requester],
            subject=told.subject,
            text=absolute(told.text),
            files=_kept(told.files),
            channel=Channel(told.channel),
        )

    def _open_by_mail(self, told: TicketStory) -> Ticket:
        who = self._cast[told.requester]
        post.bring(post.letter(who.email, name=who.name, subject=told.subject, text=told.text))
        return db.session.scalars(select(Ticket).order_by(Ticket.id.desc()).limit(1)).one()

    def act(self, story: int, step: Step) -> None:
        """Do what the step says, as the page does it: sort it, write, move it on."""
        ticket, by = self._tickets[story], self._cast[step.by or self._requesters[story]]
        with one_act():
            self._sort(story, ticket, step, by)
            self._write(ticket, step, by)
            self._move(ticket, step, by)
            if step.rate:
                ratings.rate(ticket, step)

    def settle(self) -> None:
        """Close what was solved seven days ago."""
        resolving.close_settled()

    def _sort(self, story: int, ticket: Ticket, step: Step, by: User) -> None:
        if step.assign:
            assigning.assign(ticket, to=self._cast[step.assign], by=by)
            db.session.expire(ticket, ["assignee"])  # a session as long as ours has read it before
        if step.priority:
            triaging.change_priority(ticket, to=Priority(step.priority), by=by)
        if step.tags:
            self._tags[story].update(step.tags)
            triaging.set_tags(ticket, names=self._tags[story], by=by)
            team = self._cast.team_for(step.tags)
            if team and ticket.team_id is None:
                triaging.change_team(ticket, to=team.id, by=by)

    def _write(self, ticket: Ticket, step: Step, by: User) -> None:
        if step.note:
            replying.add_note(ticket, text=absolute(step.note), by=by)
        if step.away:
            self._mail(ticket, by, step.away, away=True)
        if step.sender:
            self._mail(ticket, by, step.reply, sender=step.sender)
        elif step.reply and not step.by and ticket.channel is Channel.MAIL:
            self._mail(ticket, by, step.reply)
        elif step.reply:
            message = replying.reply(
                ticket, text=absolute(step.reply), by=by, files=_kept(step.files)
            )
            if step.bounces:
                post.give_back(message, answer=step.bounces)

    def _mail(
        self, ticket: Ticket, who: User, text: str, *, sender: str = "", away: bool = False
    ) -> None:
        """Let the requester, or another `sender`, answer the last mail that the requester got."""
        name, address = parseaddr(sender or formataddr((who.name, who.email)))
        subject = f"Automatic reply: {ticket.subject}" if away else f"Re: {ticket.subject}"
        to = post.reply_address(ticket, who.id)
        post.bring(post.letter(address, name=name, subject=subject, text=text, to=to, away=away))
        db.session.expire(ticket)

    def _move(self, ticket: Ticket, step: Step, by: User) -> None:
        if step.status == "solved":
            resolving.resolve(ticket, by=by)
        elif step.status:
            statusing.change_status(ticket, to=STATUSES[step.status], by=by)


def _kept(files: Sequence[Enclosure]) -> list[Attachment]:
    return [storing.keep(each.name, BytesIO(each.content)) for each in files]
