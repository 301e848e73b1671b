"""The written stories: complete, different from each other, and true to the rest of the house."""

import re
from collections import Counter
from pathlib import Path

import pytest

from app.accounts.permissions import Role
from app.ops.demo import stories
from app.ops.demo.stories import FOLDER
from app.tickets.tag import normal_name

CONTENT = Path(__file__).parents[3] / "content" / "articles"


@pytest.fixture(scope="module")
def tickets() -> list[stories.TicketStory]:
    return stories.tickets()


@pytest.fixture(scope="module")
def questions() -> list[stories.QuestionStory]:
    return stories.questions()


def test_there_are_120_tickets_and_no_two_are_called_the_same(
    tickets: list[stories.TicketStory],
) -> None:
    assert len({ticket.subject for ticket in tickets}) == len(tickets) == 120


def test_there_are_30_questions_and_some_wait_for_an_answer(
    questions: list[stories.QuestionStory],
) -> None:
    assert len({question.title for question in questions}) == len(questions) == 30
    assert [question for question in questions if not question.answers]


def test_a_ticket_can_have_everything_that_a_ticket_can_have(
    tickets: list[stories.TicketStory],
) -> None:
    steps = [step for ticket in tickets for step in ticket.steps]
    assert {step.status for step in steps} == {"", "open", "waiting", "hold", "solved"}
    assert {step.rate for step in steps} == {0, 1, 2, 3, 4, 5}
    assert [step for step in steps if step.note] and [step for step in steps if step.bounces]
    assert {ticket.channel for ticket in tickets} == {"web", "phone", "mail"}
    assert [step for step in steps if step.away] and [step for step in steps if step.sender]


def test_every_stored_role_has_an_account_whose_password_is_printed() -> None:
    printed = [person for person in stories.people() if person.printed]
    held = {role for person in printed for role in person.roles}
    assert held == {Role.USER, Role.MODERATOR, Role.AGENT, Role.LEAD, Role.ADMIN}


def test_nobody_can_be_reached_by_mail() -> None:
    everybody = [*stories.people(), *stories.guests()]
    assert all(person.address.endswith(".example") for person in everybody)
    assert len({person.address for person in everybody}) == len(everybody)


def test_only_people_of_the_cast_take_part(
    tickets: list[stories.TicketStory], questions: list[stories.QuestionStory]
) -> None:
    acting = {ticket.requester for ticket in tickets}
    acting |= {
        name for ticket in tickets for step in ticket.steps for name in (step.by, step.assign)
    }
    acting |= {question.asker for question in questions}
    acting |= {name for question in questions for name in question.up}
    acting |= {
        name
        for question in questions
        for each in question.answers
        for name in (each.by, *each.up, *each.down)
    }
    known = {person.key for person in (*stories.people(), *stories.guests())}
    assert acting - {""} == known


def test_nobody_votes_on_what_they_wrote_or_twice(questions: list[stories.QuestionStory]) -> None:
    ballots = [(question.asker, question.up) for question in questions]
    ballots += [(each.by, each.up + each.down) for q in questions for each in q.answers]
    for author, voters in ballots:
        assert author not in voters
        assert max(Counter(voters).values(), default=0) <= 1


def test_every_file_that_a_story_attaches_lies_in_the_folder_and_none_lies_there_for_nothing(
    tickets: list[stories.TicketStory],
) -> None:
    attached = [each for ticket in tickets for each in ticket.files]
    attached += [each for ticket in tickets for step in ticket.steps for each in step.files]
    assert {each.file for each in attached} == {path.name for path in (FOLDER / "files").iterdir()}


def test_every_guide_that_a_text_links_to_is_in_the_help_centre() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.toml"))
    linked = set(re.findall(r"\]\(help:([^)]+)\)", texts))
    assert linked <= {path.stem for path in CONTENT.rglob("*.md")}


def test_tags_are_written_as_they_are_stored(tickets: list[stories.TicketStory]) -> None:
    tags = {tag for ticket in tickets for tag in ticket.tags}
    assert {normal_name(tag) for tag in tags} == tags
