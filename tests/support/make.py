"""Things for tests, made through the real verbs."""

from typing import Any

from app.accounts.user import User
from app.articles.article import Article
from app.articles.editing import write
from app.community.answer import Answer
from app.community.answering import answer as give_answer
from app.community.asking import ask
from app.community.question import Question
from app.core.db import db
from app.core.slugs import slug
from app.core.uow import unit_of_work
from app.tickets.opening import open_ticket
from app.tickets.ticket import Ticket


def ticket(requester: User, **given: Any) -> Ticket:
    """A new ticket of this person."""
    said = {"subject": "The printer prints blank pages", "text": "Since **this morning**."} | given
    with unit_of_work():
        return open_ticket(requester=requester, **said)


def ticket_numbered(number: int) -> Ticket:
    """The ticket as it stands now."""
    return db.session.get_one(Ticket, number)


def question(by: User, **given: Any) -> Question:
    """A new question of this person."""
    said = {"title": "Why is the index empty?", "text": "The search finds **nothing**."} | given
    with unit_of_work():
        return ask(by=by, **said)


def answer(to: Question, by: User, text: str = "Start the *worker*.") -> Answer:
    """An answer of this person."""
    with unit_of_work():
        return give_answer(to, text=text, by=by)


def article(title: str = "Reset it", text: str = "Turn it **off**.", **front: str) -> Article:
    """An article in the section "Guides", published for everybody unless `front` says otherwise."""
    said = {
        "title": title,
        "slug": slug(title),
        "status": "published",
        "visibility": "public",
    } | front
    with unit_of_work():
        return write("guides", front=said, body=text)
