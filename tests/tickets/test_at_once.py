"""Visitors and staff at the same moment."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from app.accounts import people
from app.accounts.user import User
from app.core.db import db
from app.core.uow import unit_of_work
from app.tickets import triaging
from app.tickets.tag import Tag
from app.tickets.ticket import Ticket
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient

SAID = {"name": "Nia", "email": "nia@house.example", "subject": "Blank", "text": "Pages."}


def test_two_clicks_of_somebody_new_make_one_person(app: Flask) -> None:
    db.session.remove()

    def send(_: int) -> int:
        with app.app_context():
            return app.test_client().post("/tickets", data=SAID).status_code

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(send, range(6))) == [303] * 6
    assert db.session.scalar(select(func.count(User.id))) == 1


def test_a_new_tag_that_several_put_on_at_once_is_one(app: Flask, cast: Cast) -> None:
    numbers = [make.ticket(cast.customer).id for _ in range(6)]
    agent_id = cast.agent.id
    db.session.remove()

    def put_on(number: int) -> None:
        with app.app_context(), unit_of_work():
            agent = db.session.get_one(User, agent_id)
            triaging.set_tags(db.session.get_one(Ticket, number), names=["fresh"], by=agent)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(put_on, numbers))
    assert db.session.scalar(select(func.count(Tag.id))) == 1


def test_a_name_is_shown_without_what_reverses_or_hides_it(app: Flask, client: FreshClient) -> None:
    client.post("/tickets", data=SAID | {"name": "Nia \u202e \x1b[31m"})
    person = people.with_address("nia@house.example")
    assert person and person.name.isprintable()


def test_blanks_around_an_address_do_not_make_another(client: FreshClient) -> None:
    def send(number: int) -> int:
        said = SAID | {"email": " " * number + SAID["email"]}
        machine = {"REMOTE_ADDR": f"10.0.0.{number}"}
        return client.post("/tickets", data=said, environ_overrides=machine).status_code

    assert [send(number) for number in range(12)] == [303] * 10 + [429] * 2
