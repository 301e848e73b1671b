"""The front door of this room."""

from flask import Blueprint

from app.accounts.needs import anyone, sign_in
from app.accounts.routes import confirmations, passwords, profiles, registrations, sessions
from app.core.web.routing import get, post

bp = Blueprint("accounts", __name__, template_folder="templates")

get(bp, "/sign-in", sessions.new_session, needs=anyone)
post(bp, "/sign-in", sessions.create_session, needs=anyone)
post(bp, "/sign-out", sessions.end_session, needs=sign_in)
get(bp, "/register", registrations.new_registration, needs=anyone)
post(bp, "/register", registrations.create_registration, needs=anyone)
get(bp, "/register/received", registrations.show_received, needs=anyone)
get(bp, "/confirm/<token>", confirmations.show_confirmation, needs=anyone)
post(bp, "/confirm/<token>", confirmations.create_confirmation, needs=anyone)
get(bp, "/password/forgotten", passwords.new_reset, needs=anyone)
post(bp, "/password/forgotten", passwords.create_reset, needs=anyone)
get(bp, "/password/requested", passwords.show_requested, needs=anyone)
get(bp, "/password/<token>", passwords.edit_password, needs=anyone)
post(bp, "/password/<token>", passwords.change_password, needs=anyone)
get(bp, "/account", profiles.show_account, needs=sign_in)
post(bp, "/account", profiles.change_account, needs=sign_in)
post(bp, "/account/password", profiles.renew_password, needs=sign_in)
