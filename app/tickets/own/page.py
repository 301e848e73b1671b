"""The page of one ticket, as the customer's side sees it."""

from flask import Response

from app.accounts.user import User, Visitor
from app.core.web.responses import page
from app.tickets.access import RULES, Act
from app.tickets.forms import FollowForm, ParticipantForm
from app.tickets.own.queries import people_on
from app.tickets.queries import conversation
from app.tickets.replying import can_continue
from app.tickets.ticket import Ticket


def own_page(
    ticket: Ticket,
    user: User,
    *,
    message: FollowForm | None = None,
    participant: ParticipantForm | None = None,
    token: str = "",
) -> Response:
    """What this person may read, and do.

    `token` is that of the signed link they came by, which shows the public part alone, also to staff.
    """
    return page(
        "tickets/show_own.html",
        ticket=ticket,
        reader=user,
        entries=conversation(ticket, Visitor() if token else user),
        people=people_on(ticket),
        form=message or FollowForm(formdata=None),
        participant=participant or ParticipantForm(formdata=None),
        can_reply=can_continue(ticket),
        may_settle=RULES[Act.SETTLE](user, ticket),
        may_add=not token and RULES[Act.ADD_PEOPLE](user, ticket),
        token=token,
    )
