"""Every fact is described, plain, told and listened to."""

import json
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest
from flask import Flask

from app import tickets, wiring
from app.core.events import Event
from app.tickets.events import FACTS, TicketFact

PARTIALS = Path(tickets.__file__).parent / "templates" / "tickets" / "timeline"
VOCABULARY = Path(tickets.__file__).parents[1] / "metrics" / "METRICS.md"


def every_event(kind: type[Event] = Event) -> list[type[Event]]:
    return [each for sub in kind.__subclasses__() for each in (sub, *every_event(sub))]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind)
def test_fact_is_described_and_its_kind_is_in_the_vocabulary(fact: type[TicketFact]) -> None:
    assert fact.__doc__ and not fact.__doc__.startswith(fact.__name__)
    group, _, word = fact.kind.partition(".")
    assert (
        f"`{fact.kind}`" in VOCABULARY.read_text() or f"`{group}.{word}`" in VOCABULARY.read_text()
    )


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind)
def test_payload_is_plain(fact: type[TicketFact]) -> None:
    examples = {"int": 1, "str": "x", "bool": True, "list": ["x"]}
    hints = get_type_hints(fact)
    values = {}
    for field in fields(fact):
        hint = str(getattr(hints[field.name], "__name__", hints[field.name])).removesuffix(
            " | None"
        )
        values[field.name] = examples[hint] if hint in examples else next(iter(hints[field.name]))
    payload = fact(**values).payload()
    assert json.loads(json.dumps(payload)) == payload


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind)
def test_fact_has_its_sentence(fact: type[TicketFact]) -> None:
    assert (PARTIALS / f"{fact.kind.replace('.', '_')}.html").is_file()


def test_there_is_no_sentence_without_a_fact() -> None:
    known = {f"{fact.kind.replace('.', '_')}.html" for fact in FACTS}
    assert {path.name for path in PARTIALS.glob("*.html")} == known


def test_every_event_has_its_line_in_wiring(app: Flask) -> None:
    announced = {each for each in every_event() if not each.__subclasses__()}
    assert announced == set(wiring.SUBSCRIPTIONS)
