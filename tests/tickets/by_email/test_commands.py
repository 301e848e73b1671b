"""Commands at the top of a mail: which they are, and where the text begins."""

import pytest

from app.core.errors import InvalidInput
from app.tickets.by_email.commands import Command, Word, read_commands


@pytest.mark.parametrize(
    ("text", "commands", "rest"),
    [
        ("Just text.\n#resolve", [], "Just text.\n#resolve"),
        ("#resolve", [Command(Word.RESOLVE, "")], ""),
        ("#Solved\n\nThank you.", [Command(Word.RESOLVE, "")], "Thank you."),
        (
            "\n#assign ana\n\n#tag a, b\nHello",
            [Command(Word.ASSIGN, "ana"), Command(Word.TAG, "a, b")],
            "Hello",
        ),
        ("#priority: high\n  indented\nx", [Command(Word.PRIORITY, "high")], "  indented\nx"),
        ("#1 is broken\nx", [], "#1 is broken\nx"),
        ("# resolve", [], "# resolve"),
        ("#note Ask Dov first.", [Command(Word.NOTE, "Ask Dov first.")], ""),
    ],
)  # fmt: skip
def test_commands_stand_at_the_top(text: str, commands: list[Command], rest: str) -> None:
    assert read_commands(text) == (commands, rest.strip())


@pytest.mark.parametrize("text", ["#hello world", "#resolve\n#explode\nx", "#hashtag"])
def test_what_is_no_command_is_no_text_either(text: str) -> None:
    with pytest.raises(InvalidInput, match="There is no command #"):
        read_commands(text)
