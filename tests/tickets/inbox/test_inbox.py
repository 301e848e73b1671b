"""Finding tickets in the inbox: what each condition finds, and by which index."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine

from app.accounts import teams
from app.attachments import storing
from app.core import clock
from app.core.db import db
from app.core.uow import unit_of_work
from app.tickets import assigning, editing, replying, resolving, statusing, triaging
from app.tickets.inbox import listing
from app.tickets.inbox.language import VALUES, Operator
from app.tickets.inbox.listing import plan_of, rows_of
from app.tickets.ticket import Priority, Status
from tests.support import make
from tests.support.cast import Cast
from tests.support.client import FreshClient
from tests.support.queries import counted

AsUser = Callable[[Any], FreshClient]


@pytest.fixture
def desk(cast: Cast) -> dict[str, int]:
    """Tickets that differ, by what they are."""
    made = {
        "new": make.ticket(cast.customer, subject="New one", tags=["billing"]),
        "mine": make.ticket(cast.other_customer, subject="Mine"),
        "waiting": make.ticket(cast.customer, subject="Waiting"),
        "solved": make.ticket(cast.customer, subject="Solved", tags=["billing", "spam"]),
    }
    with unit_of_work():
        file = storing.keep("log.txt", BytesIO(b"It says no."))
        replying.add_note(made["new"], text="See the log", by=cast.lead, files=[file])
        assigning.assign(made["mine"], to=cast.agent, by=cast.lead)
        triaging.change_priority(made["mine"], to=Priority.URGENT, by=cast.lead)
        team = teams.make_team(name="Sync & storage", by=cast.admin)
        triaging.change_team(made["mine"], to=team.id, by=cast.lead)
        replying.reply(
            made["waiting"], text="Which one?", by=cast.agent, then=Status.WAITING_CUSTOMER
        )
        resolving.resolve(made["solved"], by=cast.agent)
    return {name: ticket.id for name, ticket in made.items()}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", {"new", "mine", "waiting", "solved"}),
        ("status:new", {"new", "mine"}),
        ("status:waiting", {"waiting"}),
        ("-status:solved", {"new", "mine", "waiting"}),
        ("is:active", {"new", "mine", "waiting"}),
        ("is:open", {"new", "mine"}),
        ("is:solved", {"solved"}),
        ("is:unassigned", {"new", "waiting"}),
        ("assignee:me", {"mine"}),
        ("assignee:ben", {"mine"}),
        ("-assignee:me", {"new", "waiting", "solved"}),
        ("assignee:none", {"new", "waiting", "solved"}),
        ("team:sync", {"mine"}),
        ("-team:sync", {"new", "waiting", "solved"}),
        ("priority:urgent", {"mine"}),
        ("tag:billing", {"new", "solved"}),
        ("tag:billing -tag:spam", {"new"}),
        ("tag:nothing", set()),
        ("from:dov@house.example", {"mine"}),
        ("from:cleo", {"new", "waiting", "solved"}),
        ("-from:cleo", {"mine"}),
        ("from:o", {"new", "mine", "waiting", "solved"}),
        ("-from:o", set()),
        ("from:nobody", set()),
        ("channel:web", {"new", "mine", "waiting", "solved"}),
        ("channel:mail", set()),
        ("created:<1d", {"new", "mine", "waiting", "solved"}),
        ("created:>1d", set()),
        ("updated:<2999", {"new", "mine", "waiting", "solved"}),
        ("has:attachment", {"new"}),
        ("is:active tag:billing from:cleo created:<7d", {"new"}),
    ],
)
def test_what_a_search_finds(
    cast: Cast, desk: dict[str, int], search: str, found: set[str]
) -> None:
    rows = rows_of(plan_of(search, me=cast.agent.id)).items
    assert {row.id for row in rows} == {desk[name] for name in found}


CLOSED_LISTS = [
    f"{operator}:{value}"
    for operator, values in VALUES.items()
    for value in values
    if operator is not Operator.SORT
]


@pytest.mark.parametrize("condition", CLOSED_LISTS)
def test_every_value_that_is_offered_finds_something_or_nothing(
    cast: Cast, desk: dict[str, int], condition: str
) -> None:
    found, others = (
        {row.id for row in rows_of(plan_of(f"{sign}{condition}", me=cast.agent.id)).items}
        for sign in ("", "-")
    )
    assert found | others == set(desk.values())
    assert not found & others


@pytest.mark.parametrize("number", ["4711", "x", "\N{SUPERSCRIPT TWO}", "9" * 40])
def test_a_view_that_is_not_there_is_404(cast: Cast, as_user: AsUser, number: str) -> None:
    assert as_user(cast.agent).get("/inbox", query_string={"saved": number}).status_code == 404


def test_words_are_found_in_subjects_messages_and_notes(
    cast: Cast, desk: dict[str, int], drain: Callable[[], int], as_user: AsUser
) -> None:
    drain()
    browser = as_user(cast.agent)
    page = browser.get('/inbox?q="see the log" is:active').text
    assert "New one" in page
    assert "Waiting</a>" not in page


def test_sorts_put_the_right_one_first(cast: Cast, desk: dict[str, int]) -> None:
    def order(search: str) -> list[int]:
        return [row.id for row in rows_of(plan_of(search, me=cast.agent.id)).items]

    assert order("sort:priority")[0] == desk["mine"]
    assert order("sort:created") == sorted(desk.values(), reverse=True)
    assert order("sort:oldest") == list(reversed(order("sort:updated")))


@pytest.mark.parametrize("sort", VALUES[Operator.SORT])
def test_pages_follow_each_other_in_every_sort(cast: Cast, sort: str) -> None:
    tickets = [make.ticket(cast.customer) for _ in range(65)]
    plan, after, seen = plan_of(f"sort:{sort}", me=cast.agent.id), "", []
    while True:
        page = rows_of(plan, after=after)
        seen += [row.id for row in page.items]
        if not page.after:
            break
        after = page.after
    assert sorted(seen) == [ticket.id for ticket in tickets]
    assert rows_of(plan, after="nonsense").items[0].id == seen[0]


@pytest.mark.parametrize("sort", VALUES[Operator.SORT])
def test_the_way_back_shows_the_same_pages(cast: Cast, sort: str) -> None:
    for _ in range(2 * listing.ROWS + 5):
        make.ticket(cast.customer)
    plan = plan_of(f"sort:{sort}", me=cast.agent.id)
    first = rows_of(plan)
    second = rows_of(plan, after=first.after or "")
    third = rows_of(plan, after=second.after or "")
    assert [len(page.items) for page in (first, second, third)] == [listing.ROWS] * 2 + [5]
    assert first.before is None
    assert rows_of(plan, before=third.before or "") == second
    again = rows_of(plan, before=second.before or "")
    assert (again.items, again.after, again.before) == (first.items, first.after, None)


def test_where_less_than_a_page_is_left_stands_the_first_page(cast: Cast) -> None:
    for _ in range(listing.ROWS + 2):
        make.ticket(cast.customer)
    plan = plan_of("sort:created", me=cast.agent.id)
    first = rows_of(plan)
    near = listing._cursor(plan, first.items[4])
    assert rows_of(plan, before=near) == first


def test_columns_and_sort_are_chosen_and_saved_with_a_view(
    cast: Cast, desk: dict[str, int], as_user: AsUser
) -> None:
    browser = as_user(cast.agent)
    usual = browser.get("/inbox?q=is:active").text
    assert 'class="c-who"' in usual
    assert 'class="c-team"' not in usual
    chosen = browser.get("/inbox?q=is:active sort:oldest&columns=team&columns=created")
    assert chosen.status_code in {302, 303}
    browser.post(
        "/inbox/views",
        data={"name": "Teams", "search": "is:active sort:oldest columns:created,team"},
    )
    for address in (chosen.location, "/inbox?saved=1"):
        page = browser.get(address).text
        assert 'class="c-team"' in page
        assert 'class="c-made"' in page
        assert 'class="c-who"' not in page
        assert "Sync &amp; storage</td>" in page


def test_a_heading_sorts_and_turns_around(
    cast: Cast, desk: dict[str, int], as_user: AsUser
) -> None:
    browser = as_user(cast.agent)
    page = browser.get("/inbox?q=is:active").text
    assert 'aria-sort="descending"><a href="/inbox?q=is:active+sort:oldest"' in page
    page = browser.get("/inbox?q=is:active sort:oldest").text
    assert 'aria-sort="ascending"><a href="/inbox?q=is:active+sort:updated"' in page
    assert 'href="/inbox?q=is:active+sort:priority"' in page


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("assignee:zoe", "No colleague is called “zoe”"),
        ("team:nobody", "No team is called “nobody”"),
        ("staus:open", "There is no “staus:”"),
    ],
)
def test_a_search_that_means_nothing_is_shown_with_its_place(
    cast: Cast, desk: dict[str, int], as_user: AsUser, search: str, said: str
) -> None:
    refused = as_user(cast.agent).get(f"/inbox?q=is:open {search}")
    assert refused.status_code == 422
    assert f"<mark>{search}</mark>" in refused.text
    assert said in refused.text
    assert f'value="is:open {search}"' in refused.text


@pytest.mark.parametrize(
    "search",
    [
        "", "is:active", "is:open", "is:unassigned", "is:snoozed", "status:new", "status:closed",
        "assignee:me", "assignee:none", "team:none", "priority:urgent", "channel:phone",
        "has:attachment", "tag:billing", "from:cleo@house.example", "is:active assignee:me",
        "created:2025-01", "created:>90d -tag:spam", "updated:<7d", "-tag:spam", "-has:attachment",
        "tag:billing is:active has:attachment", "tag:billing sort:oldest", "is:open priority:high",
        "sort:created", "sort:oldest", "sort:priority", "is:active sort:priority",
        "priority:urgent sort:created", "is:open sort:created", "assignee:me is:open sort:priority",
    ],
)  # fmt: skip
def test_every_search_walks_through_an_index_and_sorts_nothing(cast: Cast, search: str) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by what the tables hold")
    plan = plan_of(search, me=cast.agent.id)
    with counted() as statements:
        rows_of(plan)
    [statement] = statements
    with db.engines["reader"].connect() as connection:
        explained = f"EXPLAIN QUERY PLAN {statement}"
        steps = connection.exec_driver_sql(explained, ("1",) * statement.count("?")).all()
    told = [step[3] for step in steps]
    assert not [each for each in told if each.startswith("SCAN tickets") and "INDEX" not in each], (
        told
    )
    assert "USE TEMP B-TREE FOR ORDER BY" not in told


def test_tickets_of_a_tag_stand_in_the_order_of_their_last_change(cast: Cast) -> None:
    first, second, third = (make.ticket(cast.customer, tags=["billing"]) for _ in range(3))
    make.ticket(cast.customer)
    with unit_of_work():
        triaging.set_tags(third, names=["billing", "late"], by=cast.agent)
        replying.reply(first, text="Something new", by=cast.customer)

    def order(search: str) -> list[int]:
        return [row.id for row in rows_of(plan_of(search, me=cast.agent.id)).items]

    assert order("tag:billing") == [first.id, third.id, second.id]
    assert order("tag:billing sort:oldest") == [second.id, third.id, first.id]
    assert order("tag:billing tag:late") == [third.id]
    assert order("tag:billing -tag:late from:cleo") == [first.id, second.id]
    assert order("tag:billing sort:created") == [third.id, second.id, first.id]


def test_file_that_is_taken_out_is_found_no_more(cast: Cast) -> None:
    ticket = make.ticket(cast.customer)
    with unit_of_work():
        files = [storing.keep("key.pem", BytesIO(b"secret"))]
        note = replying.add_note(ticket, text="The key", by=cast.agent, files=files)

    def found() -> list[int]:
        return [row.id for row in rows_of(plan_of("has:attachment", me=cast.agent.id)).items]

    assert found() == [ticket.id]
    with unit_of_work():
        editing.redact_message(note, by=cast.agent)
    assert found() == []


@pytest.mark.parametrize(
    ("search", "sort"),
    [
        ("created:<7d", "created"),
        ("created:<7d -tag:spam is:solved", "created"),
        ("created:<7d sort:updated", "updated"),
        ("created:<7d tag:billing", "updated"),
        ("created:<7d is:open", "updated"),
        ("updated:<7d", "updated"),
    ],
)
def test_search_for_a_time_of_creation_is_sorted_by_it(cast: Cast, search: str, sort: str) -> None:
    assert plan_of(search, me=cast.agent.id).sort == sort


def test_a_view_is_saved_changed_shared_and_deleted(cast: Cast, as_user: AsUser) -> None:
    with unit_of_work():
        team = teams.make_team(name="Sync", by=cast.admin)
        teams.set_members(team, ids=[cast.agent.id, cast.lead.id], by=cast.admin)
    owner, colleague = as_user(cast.agent), as_user(cast.lead)
    saved = owner.post("/inbox/views", data={"name": "Urgent", "search": "priority:urgent"})
    assert saved.status_code == 303
    assert "Urgent" in owner.get(saved.location).text
    assert colleague.get(saved.location).status_code == 404
    number = saved.location.rpartition("=")[2]
    changed = {"name": "Very urgent", "search": "priority:urgent is:open", "team": team.id}
    assert owner.post(f"/inbox/views/{number}", data=changed).status_code == 303
    assert "Very urgent" in colleague.get("/inbox").text
    assert colleague.post(f"/inbox/views/{number}", data=changed).status_code == 403
    assert owner.post(f"/inbox/views/{number}/deletions").status_code == 303
    assert "Very urgent" not in owner.get("/inbox").text


@pytest.mark.parametrize(
    "fields", [{"name": "", "search": ""}, {"name": "x" * 61}, {"name": "A", "search": "statsu:x"}]
)
def test_a_view_that_cannot_be_is_refused(
    cast: Cast, as_user: AsUser, fields: dict[str, str]
) -> None:
    assert as_user(cast.agent).post("/inbox/views", data=fields).status_code == 422


def test_saved_views_are_counted_in_the_side_column(
    cast: Cast, desk: dict[str, int], as_user: AsUser
) -> None:
    browser = as_user(cast.agent)
    browser.post("/inbox/views", data={"name": "Bills", "search": "tag:billing"})
    browser.post("/inbox/views", data={"name": "Gone", "search": "assignee:ben"})
    page = browser.get("/inbox").text
    assert "Bills <span" in page
    assert page[page.index("Bills") :].partition('class="count">')[2].startswith("2<")


def test_nothing_new_costs_nothing(cast: Cast, desk: dict[str, int], as_user: AsUser) -> None:
    browser = as_user(cast.agent)
    etag = browser.get("/inbox").headers["ETag"]
    with counted() as statements:
        again = browser.get("/inbox", headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert statements == []
    with unit_of_work():
        statusing.change_status(make.ticket_numbered(desk["new"]), to=Status.OPEN, by=cast.lead)
    assert browser.get("/inbox", headers={"If-None-Match": etag}).status_code == 200
    assert as_user(cast.lead).get("/inbox", headers={"If-None-Match": etag}).status_code == 200


def test_many_are_changed_each_wholly_or_not_at_all(
    cast: Cast, desk: dict[str, int], as_user: AsUser, drain: Callable[[], int]
) -> None:
    with unit_of_work():
        statusing.change_status(
            make.ticket_numbered(desk["solved"]), to=Status.CLOSED, by=cast.lead
        )
    drain()
    changes = {
        "ticket": [desk["new"], desk["solved"], 999_999_999_999],
        "assignee": cast.agent.id, "status": "open", "tags_on": "seen, urgent",
    }  # fmt: skip
    report = as_user(cast.lead).post("/inbox/changes", data=changes)
    assert report.status_code == 200
    assert "1 changed, 2 not" in report.text
    assert "closed cannot become open" in report.text
    new, closed = make.ticket_numbered(desk["new"]), make.ticket_numbered(desk["solved"])
    assert (new.assignee_id, new.status, new.tag_names) == (
        cast.agent.id, Status.OPEN, ["billing", "seen", "urgent"],
    )  # fmt: skip
    assert (closed.assignee_id, closed.tag_names) == (None, ["billing", "spam"])
    drain()  # whose mails would fail on what was never done


def test_bulk_changes_go_back_to_where_one_was(
    cast: Cast, desk: dict[str, int], as_user: AsUser
) -> None:
    changes = {"ticket": [desk["new"]], "priority": "high", "back": "q=tag%3Abilling"}
    done = as_user(cast.agent).post("/inbox/changes", data=changes)
    assert (done.status_code, done.location) == (303, "/inbox?q=tag%3Abilling")


@pytest.mark.parametrize("numbers", [[], list(range(1, 102)), ["x"]])
def test_none_and_too_many_are_refused(cast: Cast, as_user: AsUser, numbers: list[Any]) -> None:
    refused = as_user(cast.agent).post("/inbox/changes", data={"ticket": numbers, "status": "open"})
    assert refused.status_code == 422


def test_a_word_of_a_search_is_completed(cast: Cast, desk: dict[str, int], as_user: AsUser) -> None:
    browser = as_user(cast.agent)

    def offered(word: str) -> str:
        return browser.get("/inbox/completions", query_string={"word": word}).text

    assert 'data-value="status:"' in offered("sta")
    assert 'data-value="-tag:"' in offered("-ta")
    assert 'data-value="tag:billing"' in offered("tag:bil")
    assert 'data-value="team:&#34;Sync &amp; storage&#34;"' in offered("team:sync")
    assert 'data-value="priority:urgent"' in offered("priority:u")
    assert 'data-value="from:cleo@house.example"' in offered("from:Cle")
    assert "Cleo Customer" in offered("-from:cleo@h")
    assert offered("from:").strip() == ""
    assert offered("nonsense:x").strip() == ""


def test_customers_have_no_inbox(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.customer)
    for path in ("/inbox?q=", "/inbox/completions?word=a"):
        assert browser.get(path).status_code == 403
    assert browser.post("/inbox/changes", data={"ticket": [1]}).status_code == 403


def test_the_inbox_asks_as_often_with_many_rows_and_views(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.agent)

    def cost() -> int:
        browser.get("/inbox")
        with counted() as statements:
            assert browser.get("/inbox").status_code == 200
        return len(statements)

    for number in range(2):
        make.ticket(cast.customer, tags=[f"t{number}"])
    browser.post("/inbox/views", data={"name": "A", "search": "tag:t1"})
    few = cost()
    for number in range(20):
        make.ticket(cast.customer, tags=[f"t{number}"])
    for number in range(5):
        browser.post("/inbox/views", data={"name": f"V{number}", "search": f"tag:t{number}"})
    assert cost() == few
    assert few <= 5


def test_ages_are_told_anew_each_minute(cast: Cast, as_user: AsUser) -> None:
    browser = as_user(cast.agent)
    etag = browser.get("/inbox").headers["ETag"]
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        assert browser.get("/inbox", headers={"If-None-Match": etag}).status_code == 200
