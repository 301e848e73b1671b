"""The text of an article as its file holds it: front matter and body, and changing single keys of it."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import yaml

from app.articles.files.fault import Fault, Faulty
from app.articles.files.mapping import Value, composed, read_mapping
from app.core.comparing import lines_of

_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_LINE_ENDS = re.compile("[\n\r\x85\u2028\u2029]")
_NOT_CLOSED = "The front matter is not closed."


@dataclass(frozen=True)
class Manuscript:
    """A text with LF line ends, in four parts: the fences of the front matter are kept as written."""

    opening: str
    settings: str
    closing: str
    body: str

    @classmethod
    def of(cls, text: str, *, path: str = "") -> "Manuscript":
        """Take a text apart.  Raises Faulty (E102)."""
        opening = _OPENING.match(text)
        if not opening:
            return cls("", "", "", text)
        closing = _CLOSING.search(text, opening.end())
        if not closing:
            fix = "a line `---` after its last key."
            raise Faulty([Fault(path, 1, 1, "E102", _NOT_CLOSED, fix)])
        inside = text[opening.end() : closing.start()]
        return cls(opening[0], inside, closing[0], text[closing.end() :])

    @property
    def head(self) -> str:
        """Everything before the body."""
        return self.opening + self.settings + self.closing

    @property
    def text(self) -> str:
        """The whole again."""
        return self.head + self.body

    @cached_property
    def sha(self) -> str:
        """What the text is known by."""
        return sha_of(self.text)

    @cached_property
    def front(self) -> dict[str, Value]:
        """The values of the front matter.  Raises Faulty when it cannot be read."""
        return {key: entry.value for key, entry in read_mapping(self.settings, path="").items()}

    @property
    def body_line(self) -> int:
        """The line on which the body begins."""
        return self.head.count("\n") + 1

    def lines_for(self, key: str) -> str:
        """The lines in which a key is set, as they are written; empty without the key."""
        start, end = self._spans.get(key, (0, 0))
        return self.settings[start:end]

    def setting(self, changes: Mapping[str, Value | int | None]) -> "Manuscript":
        """The text with some keys set, or, for None, left out.  All other lines stay as they are."""
        return self.with_lines(
            {key: "" if value is None else _written(key, value) for key, value in changes.items()}
        )

    def with_lines(self, changes: Mapping[str, str]) -> "Manuscript":
        """The text with other lines for some keys; empty ones leave the key out.

        A front matter that has nothing left goes too.
        """
        made, spans = self.settings, self._spans
        if not self._is_in_lines and changes:
            return self._in_lines().with_lines(changes)
        for key in sorted(changes, key=lambda each: spans.get(each, (0, 0)), reverse=True):
            if key in spans:
                start, end = spans[key]
                made = made[:start] + changes[key] + made[end:]
        added = [(key, lines) for key, lines in changes.items() if key not in spans]
        for key, lines in added:
            made = lines + made if key == "id" else _ended(made) + lines
        if not made:
            return Manuscript("", "", "", self.body)
        opening, closing = self.opening or "---\n", self.closing or "---\n"
        return replace(self, opening=_ended(opening), settings=made, closing=closing)

    def saying(self, body: str) -> "Manuscript":
        """The text with another body."""
        return replace(self, body=body, closing=_ended(self.closing))

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        """Where the lines of each key begin and end; comments below it are not its own."""
        keys = [key for key, _ in self._root.value] if self._root else []
        starts = [key.start_mark.index for key in keys]
        ends = [*starts, len(self.settings)][1:]
        return {
            str(key.value): (start, start + len(_own(self.settings[start:end])))
            for key, start, end in zip(keys, starts, ends, strict=True)
        }

    @property
    def _is_in_lines(self) -> bool:
        """Whether each key begins a line of its own."""
        starts = [start for start, _ in self._spans.values()]
        in_flow = self._root is not None and self._root.flow_style
        return not in_flow and all(
            start == 0 or self.settings[start - 1] == "\n" for start in starts
        )

    @cached_property
    def _root(self) -> yaml.MappingNode | None:
        root = composed(self.settings)
        return root if isinstance(root, yaml.MappingNode) else None

    def _in_lines(self) -> "Manuscript":
        """The same values, each key on a line of its own."""
        return replace(
            self, settings="".join(_written(key, value) for key, value in self.front.items())
        )


def sha_of(text: str) -> str:
    """What a text is known by: equal texts, equal names."""
    return hashlib.sha256(text.encode()).hexdigest()


def _own(lines: str) -> str:
    """Without the empty lines and comments at its end."""
    kept = lines_of(lines)
    while len(kept) > 1 and (not kept[-1].strip() or kept[-1].startswith("#")):
        kept.pop()
    return "".join(kept)


def _written(key: str, value: Value | int) -> str:
    """A key and its value as YAML; lists of texts on one line."""
    in_one_line = isinstance(value, list) and key.isidentifier()
    texts = map(str, value) if isinstance(value, list) else [str(value)]
    is_odd = any(map(_LINE_ENDS.search, texts))  # in plain style, PyYAML reads them otherwise
    made = yaml.safe_dump(
        [value] if in_one_line else {key: value},
        allow_unicode=not is_odd,
        width=1_000_000,
        default_flow_style=in_one_line,
        default_style='"' if is_odd else None,
        sort_keys=False,
    )
    return f"{key}: {made.strip()[1:-1]}\n" if in_one_line else made


def _ended(lines: str) -> str:
    return lines if not lines or lines.endswith("\n") else f"{lines}\n"
