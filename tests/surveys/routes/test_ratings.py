"""The page behind the links of the mail."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts import changing_roles
from app.accounts.user import User
from app.core import clock
from app.core.clock import travelling
from app.core.db import db
from app.core.uow import reading, unit_of_work
from app.surveys.survey import Survey
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import at_most


def saved() -> tuple[int | None, str]:
    with reading():
        rating, comment = db.session.execute(select(Survey.rating, Survey.comment)).one()
        return rating, comment


def test_opening_the_link_chooses_the_face_and_saves_nothing(
    rating_link: str, client: FreshClient
) -> None:
    page = client.get(rating_link)
    assert page.status_code == 200
    assert "How was Ben Agent’s help?" in page.text
    assert "You chose Good." in page.text
    assert page.text.count("checked") == 1
    assert saved() == (None, "")


def test_sending_saves_and_thanks(rating_link: str, client: FreshClient) -> None:
    answer = client.post(rating_link, data={"rating": "5", "comment": " Quick. "})
    assert answer.status_code == 303
    assert saved() == (5, "Quick.")
    page = client.get(answer.location)
    assert "You said <b>Great</b>" in page.text


def test_coming_back_shows_what_was_said(rating_link: str, client: FreshClient) -> None:
    client.post(rating_link, data={"rating": "2", "comment": "Slow."})
    page = client.get(rating_link.partition("?")[0])
    assert "You said Poor. You can still change it." in page.text
    assert "Slow." in page.text


def test_coming_back_by_another_face_tells_both(rating_link: str, client: FreshClient) -> None:
    client.post(rating_link, data={"rating": "2"})
    page = client.get(rating_link)
    assert "You said Poor. Send it to say Good instead." in page.text
    assert saved() == (2, "")


def test_link_of_somebody_who_was_shut_out_opens_nothing(
    rating_link: str, cast: Cast, client: FreshClient
) -> None:
    with unit_of_work():
        changing_roles.deactivate(cast.customer, by=cast.admin)
    assert client.get(rating_link).status_code == 404
    assert client.post(rating_link, data={"rating": "5"}).status_code == 404
    assert saved() == (None, "")


def test_somebody_signed_in_can_rate_too(
    rating_link: str, cast: Cast, as_user: Callable[[User], FreshClient]
) -> None:
    answer = as_user(cast.customer).post(rating_link, data={"rating": "3"})
    assert answer.status_code == 303
    assert saved() == (3, "")


@pytest.mark.parametrize("rating", ["", "0", "6", "great"])
def test_a_form_without_a_face_is_shown_again(
    rating_link: str, client: FreshClient, rating: str
) -> None:
    answer = client.post(rating_link, data={"rating": rating, "comment": "Kept"})
    assert answer.status_code == 422
    assert "Kept" in answer.text
    assert saved() == (None, "")


def test_after_two_weeks_the_page_says_so(rating_link: str, client: FreshClient) -> None:
    with travelling(clock.now() + timedelta(days=15)):
        page = client.get(rating_link)
        assert page.status_code == 200
        assert "This question is closed" in page.text
        assert client.post(rating_link, data={"rating": "5"}).status_code == 409
    assert saved() == (None, "")


@pytest.mark.parametrize("rating", ["9", "-1", "x", "4.5", ""])
def test_nonsense_in_the_link_is_no_fault(
    rating_link: str, client: FreshClient, rating: str
) -> None:
    link = rating_link.replace("rating=4", f"rating={rating}")
    assert client.get(link).status_code == 200


def test_a_changed_link_opens_nothing(rating_link: str, client: FreshClient) -> None:
    assert client.get(rating_link.replace("/rate/", "/rate/x")).status_code == 404


def test_thanks_before_an_answer_lead_to_the_question(
    rating_link: str, client: FreshClient
) -> None:
    answer = client.get(rating_link.partition("?")[0] + "/thanks")
    assert answer.status_code == 303


def test_the_twenty_first_change_within_an_hour_is_too_many(
    rating_link: str, client: FreshClient
) -> None:
    for turn in range(20):
        assert client.post(rating_link, data={"rating": str(turn % 5 + 1)}).status_code == 303
    assert client.post(rating_link, data={"rating": "5"}).status_code == 429


def test_staff_read_rating_and_words_on_the_ticket(
    solved: int,
    rating_link: str,
    client: FreshClient,
    cast: Cast,
    as_user: Callable[[User], FreshClient],
) -> None:
    client.post(rating_link, data={"rating": "2", "comment": "<i>Slow</i>"})
    page = as_user(cast.lead).get(f"/tickets/{solved}")
    assert "Poor" in page.text
    assert "&lt;i&gt;Slow&lt;/i&gt;" in page.text
    assert "for Ben Agent" in page.text


def test_requesters_do_not_see_the_panel_of_staff(
    solved: int,
    rating_link: str,
    client: FreshClient,
    cast: Cast,
    as_user: Callable[[User], FreshClient],
) -> None:
    client.post(rating_link, data={"rating": "2", "comment": "Slow"})
    assert "Slow" not in as_user(cast.customer).get(f"/tickets/{solved}").text


def test_the_page_costs_few_statements(rating_link: str, client: FreshClient) -> None:
    client.get(rating_link)
    with at_most(3):
        client.get(rating_link)
