"""A page of HTML as Markdown."""

from dataclasses import dataclass, field


@dataclass
class Converted:
    """The Markdown, and what has no equal in it: each a sentence and an offset in the HTML."""

    text: str
    title: str = ""
    odd: list[tuple[str, int]] = field(default_factory=list)
