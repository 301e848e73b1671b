"""What the authors of questions and answers are told."""

from collections.abc import Callable

from app.community.answering import accept
from app.community.moderating import hide_answer
from app.core.uow import unit_of_work
from app.mail.outbound import Kind
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.mails import link_in, outbox

Drain = Callable[[], int]


def test_whoever_asked_gets_the_answer(cast: Cast, drain: Drain, client: FreshClient) -> None:
    make.answer(make.question(cast.customer), cast.other_customer)
    drain()
    (mail,) = outbox()
    assert (mail.to_address, mail.kind) == (cast.customer.email, Kind.COMMUNITY)
    assert mail.subject == "Dov Customer answered your question: Why is the index empty?"
    assert "Start the *worker*." in mail.text
    assert client.get(link_in(mail, "/community/questions/")).status_code == 200


def test_answering_oneself_is_told_to_nobody(cast: Cast, drain: Drain) -> None:
    make.answer(make.question(cast.customer), cast.customer)
    drain()
    assert not outbox()


def test_an_answer_hidden_meanwhile_is_not_told(cast: Cast, drain: Drain) -> None:
    question = make.question(cast.customer)
    given = make.answer(question, cast.other_customer)
    with unit_of_work():
        hide_answer(question, given, reason="Spam.", by=cast.moderator)
    drain()
    assert not outbox()


def test_whoever_answered_hears_that_it_helped(cast: Cast, drain: Drain) -> None:
    question = make.question(cast.customer)
    given = make.answer(question, cast.other_customer)
    with unit_of_work():
        accept(question, given, by=cast.customer)
    drain()
    (mail,) = outbox(to=cast.other_customer.email)
    assert mail.subject == "Your answer helped Cleo Customer: Why is the index empty?"


def test_an_acceptance_taken_back_at_once_is_not_told(cast: Cast, drain: Drain) -> None:
    question = make.question(cast.customer)
    given = make.answer(question, cast.other_customer)
    with unit_of_work():
        accept(question, given, by=cast.customer)
        accept(question, given, by=cast.customer)
    drain()
    assert not outbox(to=cast.other_customer.email)
