"""Putting a guide or an accepted answer into what somebody writes on a ticket."""

from app.accounts.user import User
from app.core.uow import verb
from app.portal.insertion import How, Insertion, Kind
from app.tickets.drafting import draft_of, keep_draft
from app.tickets.events import ArticleInserted, ArticleLinked, QuestionLinked
from app.tickets.fact import AuthorKind, TicketFact
from app.tickets.history import record
from app.tickets.ticket import Ticket


@verb
def insert(ticket: Ticket, *, what: Insertion, how: How, by: User) -> str:
    """The Markdown to be inserted, by whoever writes; that it was is noted on the ticket."""
    record(_fact(ticket, what, how, by), actor=AuthorKind.AGENT)
    return what.said(how)


@verb
def insert_into_draft(ticket: Ticket, *, what: Insertion, how: How, by: User) -> None:
    """Put it behind what the person has begun to write here."""
    said, begun = insert(ticket, what=what, how=how, by=by), draft_of(ticket, by)
    text = f"{begun.text.rstrip()}\n\n{said}" if begun else said
    keep_draft(ticket, kind=begun.kind if begun else "reply", text=text, by=by)


def _fact(ticket: Ticket, what: Insertion, how: How, by: User) -> TicketFact:
    if what.kind is Kind.QUESTION:
        return QuestionLinked(ticket_id=ticket.id, by_id=by.id, question_id=int(what.ref))
    kind = ArticleLinked if how is How.LINK else ArticleInserted
    return kind(ticket_id=ticket.id, by_id=by.id, article_id=what.ref)
