"""What somebody wrote: a text, in Markdown or plain, that was checked and rendered."""

from dataclasses import dataclass

from app.core.errors import InvalidInput
from app.core.markdown import RENDERER_VERSION, Profile, as_written, render

LONGEST_TEXT = 30_000
TOO_LONG = "Texts can have 30,000 characters. Leave something out, or put it into a file."


@dataclass(frozen=True)
class Written:
    """A text and its HTML, rendered before the write transaction begins."""

    text: str
    html: str
    renderer_version: int = RENDERER_VERSION
    plain: bool = False


def written(text: str) -> Written:
    """The text, rendered as a comment.  Raises InvalidInput (field `text`): empty, or too long."""
    text = _checked(text)
    return Written(text, str(render(text, profile=Profile.COMMENT).html))


def written_plain(text: str) -> Written:
    """The same for a text that is no Markdown: it is shown as it was written."""
    text = _checked(text)
    return Written(text, str(as_written(text)), plain=True)


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput("Write a few words first.", field="text")
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(TOO_LONG, field="text")
    return text


class AsWritten(str):
    """A text that is no Markdown, where others are."""

    __slots__ = ()
