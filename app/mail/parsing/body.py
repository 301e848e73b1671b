"""The body of a mail, in pieces: each as text, as HTML, or as both."""

from dataclasses import dataclass, field
from html import escape

from app.mail.parsing import html_text
from app.mail.parsing.parsed import Part


@dataclass(frozen=True)
class Segment:
    """A piece of the body: as text, as HTML, or as both."""

    text: str | None
    html: str | None


@dataclass
class Contents:
    """The body in order, the files, and what was wrong."""

    segments: list[Segment] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    spare: list[Segment] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    wrappers: int = 0

    @property
    def html(self) -> str:
        """The whole body as HTML; "" if nothing of it is HTML."""
        if all(segment.html is None for segment in self.segments):
            return ""
        return "\n<br>\n".join(_as_html(segment) for segment in self.segments)

    @property
    def is_plain(self) -> bool:
        """Whether the sender's program wrote the body as text, all of it."""
        return all((segment.text or "").strip() or not segment.html for segment in self.segments)

    @property
    def text(self) -> str:
        """The whole body as text."""
        texts = [_as_text(segment).strip("\n") for segment in self.segments]
        return "\n\n".join(text for text in texts if text.strip())


def _as_html(segment: Segment) -> str:
    if segment.html is not None:
        return segment.html
    return "<div>" + escape(segment.text or "", quote=False).replace("\n", "<br>\n") + "</div>"


def _as_text(segment: Segment) -> str:
    if segment.text is not None and segment.text.strip():
        return segment.text
    return html_text.text_of(segment.html) if segment.html else ""
