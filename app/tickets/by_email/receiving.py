"""What mail becomes: a message, a ticket, a note, or something that a person has to look at."""

from sqlalchemy import select

from app.accounts import people
from app.accounts.user import User
from app.core.db import db
from app.mail import own_addresses
from app.mail.authentication import Verdict
from app.mail.inbound import InboundMail, Way
from app.mail.mailbox import Mailbox
from app.mail.receivers import Filed, Ignored, Incoming, Outcome, Quarantined
from app.tickets import opening, proposing, replying, triaging
from app.tickets.by_email import automatic, bounces, colleagues
from app.tickets.by_email.sender import Sender, sender_of
from app.tickets.by_email.thread import Thread, offered_by, thread_of
from app.tickets.by_email.words import Words, words_of
from app.tickets.claims.claim import Claim, Why
from app.tickets.claims.claiming import claim
from app.tickets.correspondence import about_message
from app.tickets.fact import Match
from app.tickets.history import one_act
from app.tickets.message import Message
from app.tickets.ticket import Channel, Ticket

SENTENCES = {
    Why.STRANGER: "It answers ticket {}, but its writer is not on it.",
    Why.UNPROVED: "It answers ticket {}, but it may be from somebody else than it says.",
    Why.NUMBER: "Nothing but its subject says that it belongs to ticket {}.",
    Why.COLLEAGUE: "It says that it is from somebody who works here, without proof.",
}


def take_mail(incoming: Incoming) -> Outcome:
    """File a mail.  The same mail again gives the same answer, and does nothing more."""
    if known := _known(incoming.inbound_id):
        return known
    if automatic.is_own(incoming):
        return Ignored(reason="loop", detail="A mail of ours came back to us.")
    if incoming.mail.is_bounce:
        return bounces.take_back(incoming)
    sender = sender_of(incoming)
    if sender is None:
        return Quarantined(reason="no_sender", detail="It does not say whom it is from.")
    if sender.person and sender.person.deactivated_at:
        return Quarantined(reason="shut_out", detail="Its writer was shut out of this desk.")
    thread = thread_of(incoming, sender)
    if incoming.mail.is_auto_reply and not (thread is None and incoming.mail.is_generated):
        return _take_auto_reply(incoming, sender, thread)
    if sender.is_staff and not (thread and sender.may_write_on(thread.ticket)):
        return _take_from_colleague(incoming, sender, thread)
    return _take_from_customer(incoming, sender, thread)


def _known(inbound_id: int) -> Outcome | None:
    """What became of it already."""
    message = db.session.scalar(select(Message.id).where(Message.inbound_mail_id == inbound_id))
    if message is not None:
        return Filed(about=f"message:{message}")
    if about := db.session.scalar(select(InboundMail.about).where(InboundMail.id == inbound_id)):
        return Filed(about=about)
    held = db.session.scalar(select(Claim).where(Claim.inbound_mail_id == inbound_id))
    if held is None:
        return None
    if held.decided_at:
        return Ignored(reason="rejected", detail="Somebody looked at it and ignored it.")
    return _held(held.why, held.ticket_id)


def _take_auto_reply(incoming: Incoming, sender: Sender, thread: Thread | None) -> Outcome:
    """It stands on the ticket that it answers, and moves nothing; elsewhere nobody needs it."""
    if thread is None or sender.person is None or not sender.may_write_on(thread.ticket):
        return Ignored(
            reason="auto_reply", detail="A machine answered, and about no ticket of ours."
        )
    words = words_of(incoming, automatic=True, quiet=True, doubtful=_is_doubtful(sender))
    message = replying.reply(
        thread.ticket,
        text=words.text,
        by=sender.person,
        files=words.files,
        channel=Channel.MAIL,
        mail=words.matched(thread.match),
    )
    return Filed(about=about_message(message))


def _take_from_colleague(incoming: Incoming, sender: Sender, thread: Thread | None) -> Outcome:
    """Act in the colleague's name when it is proved to be theirs; without a ticket they ask like anybody."""
    words = _words(incoming, sender)
    if thread and sender.person and colleagues.may_act(sender, thread):
        return colleagues.act_on(incoming, thread, words, by=sender.person)
    if thread is None and sender.trust is Verdict.PROVED:
        return _open(incoming, sender, words)
    return _hold(thread.ticket if thread else None, Why.COLLEAGUE, sender, words)


def _take_from_customer(incoming: Incoming, sender: Sender, thread: Thread | None) -> Outcome:
    words = _words(incoming, sender)
    if thread is None:
        offered = offered_by(incoming.mail, sender)
        return (
            _hold(offered, Why.NUMBER, sender, words) if offered else _open(incoming, sender, words)
        )
    if not sender.may_write_on(thread.ticket):
        return _hold(thread.ticket, Why.STRANGER, sender, words)
    if not _may_join(incoming, sender, thread):
        return _hold(thread.ticket, Why.UNPROVED, sender, words)
    return _add(incoming, sender, thread, words)


def _may_join(incoming: Incoming, sender: Sender, thread: Thread) -> bool:
    """A signed address that was made for its sender weighs more than what servers say of them."""
    if not incoming.mail.sender_verified:
        return False
    made_for_them = (
        thread.match is Match.TOKEN
        and thread.answers is not None
        and thread.answers.to_address.lower() == sender.address
    )
    return made_for_them or sender.trust is not Verdict.REFUTED


def _add(incoming: Incoming, sender: Sender, thread: Thread, words: Words) -> Outcome:
    """To the ticket, or to one that goes on with it when it takes no more."""
    ticket, person, mail = thread.ticket, _person(sender), words.matched(thread.match)
    with one_act():
        if replying.can_continue(ticket):
            message = replying.reply(
                ticket,
                text=words.text,
                by=person,
                files=words.files,
                channel=Channel.MAIL,
                mail=mail,
            )
        else:
            message = opening.follow_up(
                ticket, requester=person, subject=words.subject, text=words.text,
                files=words.files, mail=mail,
            )  # fmt: skip
        _propose(incoming, message)
    return Filed(about=about_message(message))


def _open(incoming: Incoming, sender: Sender, words: Words) -> Outcome:
    """A new ticket, in the hands of the mailbox's team; one of very many waits to be looked at."""
    lately = automatic.opened_lately(sender)
    if lately >= automatic.MOST_TICKETS and incoming.way is not Way.FILE:
        detail = f"This address has opened {lately} tickets within an hour."
        return Quarantined(reason="flood", detail=detail)
    quiet = words.quiet or lately >= automatic.MOST_RECEIPTS
    with one_act():
        ticket = opening.open_ticket(
            requester=_person(sender), subject=words.subject, text=words.text,
            files=words.files, channel=Channel.MAIL, mail=words.quietly(quiet),
        )  # fmt: skip
        if team_id := _team_of(incoming):
            triaging.change_team(ticket, to=team_id, by=None)
        message = db.session.scalars(select(Message).where(Message.ticket_id == ticket.id)).one()
        _propose(incoming, message)
    return Filed(about=about_message(message))


def _hold(ticket: Ticket | None, why: Why, sender: Sender, words: Words) -> Outcome:
    claim(
        ticket=ticket,
        why=why,
        inbound_id=words.mail.inbound_id,
        from_address=sender.address,
        from_name=sender.name,
        subject=words.subject,
        text=words.text,
        whole=words.mail.whole,
        quiet=words.quiet,
        came_at=words.mail.at,
        files=words.files,
    )
    return _held(why, ticket.id if ticket else None)


def _held(why: Why, ticket_id: int | None) -> Quarantined:
    sentence = SENTENCES[why].format(ticket_id)
    return Quarantined(
        reason="confirm", detail=f"{sentence} Someone of the desk has to confirm it."
    )


def _words(incoming: Incoming, sender: Sender) -> Words:
    quiet = automatic.must_not_be_answered(incoming)
    return words_of(incoming, automatic=False, quiet=quiet, doubtful=_is_doubtful(sender))


def _is_doubtful(sender: Sender) -> bool:
    return sender.trust is Verdict.REFUTED


def _person(sender: Sender) -> User:
    return people.person_for(sender.address, name=sender.name)


def _team_of(incoming: Incoming) -> int | None:
    if incoming.mailbox_id is None:
        return None
    return db.session.scalar(select(Mailbox.team_id).where(Mailbox.id == incoming.mailbox_id))


def _propose(incoming: Incoming, message: Message) -> None:
    """Others to whom the mail went may be meant to take part: staff decide."""
    if not (message.doubtful or incoming.mail.is_list):
        others = own_addresses.without_own((*incoming.mail.to, *incoming.mail.cc))
        proposing.propose(others, message=message)
