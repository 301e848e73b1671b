"""What somebody looks for: what they typed, made into something that never fails."""

import re
from dataclasses import dataclass
from functools import cached_property

from whoosh.analysis import STOP_WORDS
from whoosh.lang.porter import stem
from whoosh.support.charset import accent_map

LONGEST = 200
MOST_WORDS = 12
SHORTEST_PREFIX = 3

QUESTION_WORDS = "do does did how i me my our what where which who why was were there"
IGNORED = STOP_WORDS | set(QUESTION_WORDS.split())

WORD = r"\w+(?:\.\w+)*"
_PARTS = re.compile(rf'"|{WORD}\*?')


@dataclass(frozen=True)
class Asked:
    """A search.  `typed` is the text as it came, cut at 200 characters."""

    typed: str

    @classmethod
    def from_text(cls, text: str) -> "Asked":
        """Read what was typed."""
        return cls(" ".join(text.replace("\0", " ").split())[:LONGEST])

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """At most twelve words, and the quotation marks around phrases.

        A word of three letters or more may end in an asterisk: then it is the beginning of one.
        """
        found: list[str] = []
        words = 0
        for part in _PARTS.findall(self.typed):
            words += part != '"'
            if words > MOST_WORDS:
                break
            short = part.endswith("*") and len(part) <= SHORTEST_PREFIX
            found.append(part.rstrip("*") if short else part)
        return tuple(found)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that count, folded, without those that stand in every text."""
        words = (folded(part.rstrip("*")) for part in self.parts if part != '"')
        return tuple(dict.fromkeys(word for word in words if word not in IGNORED))

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the words have in common with their other forms."""
        return frozenset(stem(word) for word in self.words)

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """How a word that fits may begin, and, for words with an asterisk, does."""
        return tuple(_common(word, stem(word)) for word in self.words)

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The words that were typed with an asterisk."""
        return tuple(folded(part.rstrip("*")) for part in self.parts if part.endswith("*"))

    @cached_property
    def patterns(self) -> dict[str, str]:
        """The beginnings as values for `sources.saying_some` and `saying_all`."""
        return {f"say{n}": f"%{_escaped(each)}%" for n, each in enumerate(self.beginnings)}

    def is_said_in(self, text: str) -> bool:
        """Whether a text seems to hold one of the words."""
        plain = folded(text)
        return any(each in plain for each in self.beginnings)


def folded(text: str) -> str:
    """Lower case and without accents; as long as before, so that positions stay."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).translate(accent_map)


def _common(word: str, root: str) -> str:
    """What both begin with."""
    shared = (root[:length] for length in range(len(root), 0, -1))
    return next((each for each in shared if word.startswith(each)), word)


def _escaped(word: str) -> str:
    """For LIKE; a word holds none of its other signs."""
    return word.replace("_", "/_")
