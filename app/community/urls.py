"""The front door of the community."""

from flask import Blueprint

from app.accounts.needs import anyone, may
from app.accounts.permissions import Permission
from app.community.routes import acceptances, answers, hidings, questions, votes
from app.core.web.routing import get, post

bp = Blueprint("community", __name__, url_prefix="/community", template_folder="templates")

_ask = may(Permission.COMMUNITY_ASK)
_answer = may(Permission.COMMUNITY_ANSWER)
_vote = may(Permission.COMMUNITY_VOTE)
_moderate = may(Permission.COMMUNITY_MODERATE)

get(bp, "", questions.list_questions, needs=anyone)
get(bp, "/ask", questions.new_question, needs=_ask)
post(bp, "/questions", questions.create_question, needs=_ask)
get(bp, "/questions/<int:number>", questions.show_question, needs=anyone)
post(bp, "/questions/<int:number>/answers", answers.create_answer, needs=_answer)
post(bp, "/questions/<int:number>/votes", votes.vote_question, needs=_vote)
post(bp, "/answers/<int:number>/votes", votes.vote_answer, needs=_vote)
post(bp, "/questions/<int:number>/acceptances", acceptances.create_acceptance, needs=_ask)
post(bp, "/questions/<int:number>/hidings", hidings.hide_question, needs=_moderate)
post(bp, "/questions/<int:number>/unhidings", hidings.unhide_question, needs=_moderate)
post(bp, "/answers/<int:number>/hidings", hidings.hide_answer, needs=_moderate)
post(bp, "/answers/<int:number>/unhidings", hidings.unhide_answer, needs=_moderate)
