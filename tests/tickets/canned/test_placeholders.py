"""Placeholders: a closed list, read by us."""

import pytest

from app.tickets.canned.placeholders import KNOWN, fault_in, filled, missing_in


@pytest.mark.parametrize("name", KNOWN)
def test_every_known_placeholder_is_filled(name: str) -> None:
    assert filled(f"Dear {{{{ {name} }}}},", {name: "Cleo"}) == "Dear Cleo,"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello {{requester.nam}}", "Line 1, column 7: there is no {{requester.nam}}. Did you mean"),
        ("One\n\n  {{config.secret}}", "Line 3, column 3: there is no {{config.secret}}."),
        ("{{ 7*7 }}", "Line 1, column 1: there is no {{7*7}}."),
        ("{{requester.__class__}}", "Line 1, column 1: there is no {{requester.__class__}}."),
        ("{{}}", "Line 1, column 1: there is no {{}}."),
        ("Hello {{agent.name", "Line 1, column 7: these braces are not closed."),
        ("{{agent.name}} {{agent\n.name}}", "Line 1, column 16: these braces are not closed."),
    ],
)  # fmt: skip
def test_unknown_placeholder_is_named_with_its_place(text: str, said: str) -> None:
    assert fault_in(text).startswith(said)


def test_other_braces_are_text() -> None:
    text = r"{% raw %} { agent.name } \{{agent.name}} }}"
    assert fault_in(text) == ""
    assert filled(text, {"agent.name": "Ben"}) == "{% raw %} { agent.name } {{agent.name}} }}"


def test_value_is_text_and_neither_markup_nor_placeholder() -> None:
    values = {"ticket.subject": "[win](http://evil) {{agent.name}} *", "agent.name": "Ben"}
    assert filled("{{ticket.subject}}", values) == r"\[win\](http://evil) {{agent.name}} \*"


def test_missing_value_is_told_in_the_text() -> None:
    text = "Ask {{assignee.name}} or {{agent.name}}."
    assert filled(text, {"agent.name": "Ben"}) == "Ask [missing: assignee.name] or Ben."
    assert missing_in(text, {"agent.name": "Ben"}) == ["assignee.name"]
