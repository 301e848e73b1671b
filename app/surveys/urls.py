"""The front door of surveys: the signed link in the mail is the key."""

from flask import Blueprint

from app.accounts.needs import anyone
from app.core.web.routing import get, post
from app.surveys.routes import ratings

bp = Blueprint("surveys", __name__, template_folder="templates")

get(bp, "/rate/<token>", ratings.show_rating, needs=anyone)
post(bp, "/rate/<token>", ratings.create_rating, needs=anyone)
get(bp, "/rate/<token>/thanks", ratings.show_thanks, needs=anyone)
