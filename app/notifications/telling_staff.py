"""What staff are told: that a customer wrote, that a ticket is theirs."""

from sqlalchemy import func, select

from app.accounts import people, teams
from app.accounts.permissions import Permission
from app.core.db import db
from app.notifications import choosing, following
from app.notifications.noting import Happening, note
from app.notifications.occasion import Occasion
from app.notifications.stance import Position
from app.tickets.mentions.mention import Mention
from app.tickets.message import Message
from app.tickets.ticket import Ticket


def tell_of_message(message_id: int) -> None:
    """Tell who works on it or follows it what the customer wrote.  A first message waits in the inbox."""
    message = _message(message_id)
    if not _is_first(message):
        note(Occasion.CUSTOMER_WROTE, _concerned(message.ticket_id), _by(message))


def tell_of_colleague(message_id: int) -> None:
    """Tell the same people that a colleague wrote; whoever is mentioned hears of that instead."""
    message = _message(message_id)
    mentioned = select(Mention.user_id).where(Mention.message_id == message_id)
    others = _concerned(message.ticket_id) - set(db.session.scalars(mentioned))
    note(Occasion.COLLEAGUE_WROTE, others, _by(message))


def tell_of_mention(message_id: int, *, to_id: int) -> None:
    """Tell somebody that a colleague mentioned them in a note.  It goes to staff alone."""
    note(Occasion.MENTIONED, [to_id], _by(_message(message_id)))


def tell_of_assignment(ticket_id: int, *, to_id: int, by_id: int) -> None:
    """Tell somebody that a colleague gave them a ticket, if it is still theirs."""
    if db.session.get_one(Ticket, ticket_id).assignee_id == to_id:
        note(Occasion.ASSIGNED, [to_id], Happening(by_id=by_id, ticket_id=ticket_id))


def tell_of_team(ticket_id: int, *, team_id: int, by_id: int | None) -> None:
    """Tell the people of a team that a ticket was put before it, if it still lies there for anybody."""
    ticket = db.session.get_one(Ticket, ticket_id)
    if ticket.team_id == team_id and ticket.assignee_id is None and not ticket.is_done:
        happening = Happening(by_id=by_id, ticket_id=ticket_id)
        note(Occasion.NEW_IN_TEAM, teams.members().get(team_id, ()), happening)


def tell_of_new(ticket_id: int, *, by_id: int | None) -> None:
    """Tell whoever wants to hear of every new ticket, if nobody has taken it meanwhile."""
    ticket = db.session.get_one(Ticket, ticket_id)
    if ticket.assignee_id is None and not ticket.is_done:
        wanting = choosing.who_chose(Occasion.NEW_UNASSIGNED)
        wanting &= set(people.names_with(Permission.TICKETS_READ))
        note(Occasion.NEW_UNASSIGNED, wanting, Happening(by_id=by_id, ticket_id=ticket_id))


def tell_of_failure(message_id: int) -> None:
    """Tell who wrote a reply, and whose ticket it is, that it did not arrive."""
    message = _message(message_id)
    concerned = [message.author_id, _assignee(message.ticket_id)]
    happening = Happening(by_id=None, ticket_id=message.ticket_id, message_id=message_id)
    note(Occasion.UNDELIVERED, [each for each in concerned if each], happening)


def tell_of_low_rating(ticket_id: int, *, by_id: int | None) -> None:
    """Tell whose ticket it is that the customer was not content."""
    if assignee := _assignee(ticket_id):
        note(Occasion.RATED_LOW, [assignee], Happening(by_id=by_id, ticket_id=ticket_id))


def _concerned(ticket_id: int) -> set[int]:
    """Whose ticket it is, and who follows it."""
    taken = following.positions(ticket_id)
    followers = {each for each, position in taken.items() if position is Position.FOLLOWS}
    assignee = _assignee(ticket_id)
    return followers | ({assignee} if assignee else set())


def _assignee(ticket_id: int) -> int | None:
    return db.session.get_one(Ticket, ticket_id).assignee_id


def _message(message_id: int) -> Message:
    return db.session.get_one(Message, message_id)


def _by(message: Message) -> Happening:
    return Happening(by_id=message.author_id, ticket_id=message.ticket_id, message_id=message.id)


def _is_first(message: Message) -> bool:
    first = select(func.min(Message.id)).where(Message.ticket_id == message.ticket_id)
    return db.session.scalar(first) == message.id
