"""The front door of notifications."""

from flask import Blueprint

from app.accounts.needs import anyone, may, sign_in
from app.accounts.permissions import Permission
from app.core.web.routing import get, post
from app.notifications.routes import choices, notices, stances, unsubscriptions

bp = Blueprint("notifications", __name__, template_folder="templates")

get(bp, "/notifications", notices.list_notices, needs=sign_in)
post(bp, "/notifications/readings", notices.create_reading, needs=sign_in)
post(bp, "/notifications/readings/all", notices.create_readings, needs=sign_in)
get(bp, "/account/notifications", choices.show_choices, needs=sign_in)
post(bp, "/account/notifications", choices.change_choices, needs=sign_in)
post(
    bp,
    "/tickets/<int:number>/stances",
    stances.create_stance,
    needs=may(Permission.TICKETS_READ),
)
get(bp, "/unsubscribe/<token>", unsubscriptions.show_unsubscription, needs=anyone)
post(bp, "/unsubscribe/<token>", unsubscriptions.create_unsubscription, needs=anyone)
