"""Lists of questions, one question, a new one."""

from typing import Any

from flask import Response
from flask_login import current_user

from app.accounts.audiences import audiences_of
from app.community import asking
from app.community.access import RULES, Act
from app.community.announcing import STAMP
from app.community.forms import AnswerForm, HidingForm, QuestionForm
from app.community.queries import thread
from app.community.queries.lists import Tab, questions
from app.community.question import LONGEST_TITLE
from app.core.errors import InvalidInput
from app.core.web import arguments
from app.core.web.page_cache import public
from app.core.web.responses import invalid, moved_to, page
from app.core.web.throttling import throttle
from app.search.document import Hit
from app.search.query import find

ASKED_PER_HOUR = 10
SIMILAR = 4


def list_questions() -> Response:
    """The newest questions, those that wait for an answer, or those with the most votes."""
    tab = arguments.choice("tab", Tab.NEWEST)
    after = arguments.text("after", longest=200)
    found = questions(tab, user=current_user, after=after)
    return public(page("community/list.html", tab=tab, found=found, Tab=Tab), stamps=(STAMP,))


def new_question() -> Response:
    """The form; with a title, also what may answer it already."""
    title = arguments.text("title", longest=LONGEST_TITLE)
    form = QuestionForm(data={"title": title})
    return page("community/ask.html", form=form, title=title, similar=_similar(title))


def create_question() -> Response:
    """Put it to everybody, then show it."""
    throttle("ask", str(current_user.id), limit=ASKED_PER_HOUR, per_s=3600)
    form = QuestionForm()
    if form.validate():
        try:
            asked = asking.ask(title=form.title.data, text=form.text.data, by=current_user)
            return moved_to("community.show_question", number=asked.id)
        except InvalidInput as fault:
            form.refuse(fault)
    title = form.title.data or ""
    return invalid("community/ask.html", form=form, title=title, similar=_similar(title))


def show_question(number: int) -> Response:
    """The question and its answers."""
    context = question_context(number, form=AnswerForm())
    return public(page("community/question.html", **context), stamps=(STAMP,))


def question_context(
    number: int, *, form: AnswerForm, hiding: HidingForm | None = None
) -> dict[str, Any]:
    """All that the page of a question shows.  Raises NotFound."""
    question = thread.question_shown(number, user=current_user)
    after = arguments.text("after", longest=200)
    return {
        "question": question,
        "answers": thread.answers_shown(number, user=current_user, after=after),
        "form": form,
        "hiding": hiding or HidingForm(),
        "Act": Act,
        "can": lambda act, post: RULES[act](current_user, post),
    }


def _similar(title: str) -> list[Hit]:
    """What may answer a question already, judging by its title."""
    return find(
        title,
        viewer=current_user,
        audiences=audiences_of(current_user),
        kinds=("question", "article"),
        per_page=SIMILAR,
    ).items
