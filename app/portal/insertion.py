"""An insertion: a guide, or the accepted answer to a question, as it goes into a message."""

import re
from dataclasses import dataclass
from enum import StrEnum

_LOCAL = re.compile(r"(!?)\[([^\]\n]*)\]\((?![a-zA-Z][\w+.-]*:)[^)\n]*\)")
_MARKUP = re.compile(r"([\\\[\]])")


class Kind(StrEnum):
    """What is inserted."""

    ARTICLE = "article"
    QUESTION = "question"


class How(StrEnum):
    """How much of it: its title, which leads to it, or all that it says."""

    LINK = "link"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Insertion:
    """Something that customers may read too; `url` is whole."""

    kind: Kind
    ref: str
    title: str
    url: str
    text: str

    def said(self, how: How) -> str:
        """The Markdown that goes into the message."""
        title = _MARKUP.sub(r"\\\1", self.title)
        link = f"[{title}]({self.url})"
        return link if how is How.LINK else f"{_without_files(self.text).strip()}\n\n{link}"


def _without_files(text: str) -> str:
    """The text without what only its own page can show: pictures, and links to other files."""
    return _LOCAL.sub(lambda match: "" if match[1] else match[2], text)
