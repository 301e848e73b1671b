"""Cutting a text down to what its sender wrote now.

Nothing that a person wrote may be lost: answers between quotes stay, together with the quotes; and
where nothing would be left, all of it stays.
"""

from dataclasses import dataclass

from app.mail.parsing.replies import header_blocks, introductions
from app.mail.parsing.replies.lines import Kind, is_between_dashes, kind_of

MOST_LINES = 5_000
"""Lines that are looked at; those below stay if no history begins above them."""

LONGEST_SIGNATURE = 40
"""Lines; what is longer than that is no signature."""

WRAPPED_FROM = 60
"""Characters of a quote that a server may break in two."""

SHORT_SIGNATURE = 6
"""The same below a drawn line, which may mean other things too."""


@dataclass(frozen=True)
class Trimmed:
    """What was written now, and whether a history was below it."""

    text: str
    has_history: bool


def trimmed(text: str, *, is_answer: bool = True) -> Trimmed:
    """The text without history, introductions of quotes and signature.

    In a mail that answers nothing and forwards nothing, lines like headers are its sender's: a form
    that was filled in.
    """
    lines = text.split("\n", MOST_LINES)
    kinds = _wrapped_quotes_joined(lines, [kind_of(line) for line in lines])
    introduced = _introduced(lines, kinds)
    end = _history_start(lines, kinds, introduced, is_answer=is_answer)
    whole = [i for i in range(end) if i not in introduced]
    kept = _without_signature(_without_trailing_quotes(whole, kinds), kinds)
    kept = _without_trailing_quotes(kept, kinds)
    has_history = end < len(lines) or any(kinds[i] is Kind.QUOTE for i in whole[len(kept) :])
    kept = _without_leading_quote(kept, kinds, introduced)
    words = "\n".join(lines[i] for i in kept).strip("\n")
    return Trimmed(words, has_history) if words.strip() else Trimmed(text.strip("\n"), False)


def _wrapped_quotes_joined(lines: list[str], kinds: list[Kind]) -> list[Kind]:
    """The kinds, where a line that a mail server broke off a long quote counts as quote too."""
    for at in range(1, len(lines)):
        above = lines[at - 1].rstrip()
        if (
            kinds[at] is Kind.TEXT
            and kinds[at - 1] is Kind.QUOTE
            and len(above) >= WRAPPED_FROM
            and above[-1] not in ".?!:;>"
            and lines[at][:1].islower()
        ):
            kinds[at] = Kind.QUOTE
    return kinds


def _introduced(lines: list[str], kinds: list[Kind]) -> set[int]:
    """The lines of all introductions."""
    found: set[int] = set()
    for end, kind in enumerate(kinds):
        if kind is Kind.TEXT:
            start = introductions.begins_at(lines, end)
            if start is not None:
                found.update(range(start, end + 1))
    return found


def _history_start(
    lines: list[str], kinds: list[Kind], introduced: set[int], *, is_answer: bool
) -> int:
    """Where a message is quoted whole, without signs; the end of the text if none is.

    What begins with such a message is forwarded: all of it is what its sender has to say.
    """
    has_words = False
    for at, kind in enumerate(kinds):
        if not has_words and (kind is Kind.HISTORY or _is_above_headers(lines, kinds, at)):
            break
        if has_words and _is_history(kinds, introduced, at):
            return at
        if has_words and is_answer and kind is Kind.TEXT and header_blocks.begins_at(lines, at):
            return at
        if has_words and _is_above_headers(lines, kinds, at):
            return at
        has_words = has_words or (kind is Kind.TEXT and at not in introduced)
    return len(lines)


def _is_above_headers(lines: list[str], kinds: list[Kind], at: int) -> bool:
    """Whether it is `--- words ---` with the headers of a message below it, in whatever language."""
    if kinds[at] is not Kind.TEXT or not is_between_dashes(lines[at]):
        return False
    below = next((i for i in range(at + 1, min(at + 4, len(lines))) if lines[i].strip()), None)
    return below is not None and header_blocks.begins_at(lines, below)


def _is_history(kinds: list[Kind], introduced: set[int], at: int) -> bool:
    if at in introduced:
        return at - 1 not in introduced and not _leads_to_quote(kinds, introduced, at)
    return kinds[at] is Kind.HISTORY


def _leads_to_quote(kinds: list[Kind], introduced: set[int], at: int) -> bool:
    """Whether the introduction at a line has a quote with signs below it."""
    while at in introduced:
        at += 1
    while at < len(kinds) and kinds[at] in (Kind.EMPTY, Kind.RULE, Kind.UNDERLINE):
        at += 1
    return at < len(kinds) and kinds[at] is Kind.QUOTE


def _without_trailing_quotes(kept: list[int], kinds: list[Kind]) -> list[int]:
    """Without quotes below the last words, if there are words."""
    end = len(kept)
    while end and kinds[kept[end - 1]] in (Kind.QUOTE, Kind.EMPTY, Kind.RULE, Kind.UNDERLINE):
        end -= 1
    return kept[:end]


def _without_leading_quote(kept: list[int], kinds: list[Kind], introduced: set[int]) -> list[int]:
    """Without the one quote above the answer that a program put there."""
    shown = [i for i in kept if kinds[i] is not Kind.EMPTY]
    if (
        not shown
        or kinds[shown[0]] is not Kind.QUOTE
        or not introduced
        or min(introduced) > shown[0]
    ):
        return kept
    first_words = next((i for i in shown if kinds[i] is not Kind.QUOTE), None)
    if first_words is None or any(kinds[i] is Kind.QUOTE for i in kept if i > first_words):
        return kept
    return [i for i in kept if i >= first_words]


def _without_signature(kept: list[int], kinds: list[Kind]) -> list[int]:
    """Without what stands below two dashes, and without the advertisement of a telephone."""
    kept = [i for i in kept if kinds[i] is not Kind.SENT_FROM]
    marks = (i for i, line in enumerate(kept) if kinds[line] in (Kind.SIGNATURE, Kind.UNDERLINE))
    above = next((place for place in marks if _is_signature(kept, kinds, place)), len(kept))
    kept = kept[:above]
    while kept and kinds[kept[-1]] in (Kind.EMPTY, Kind.RULE, Kind.UNDERLINE, Kind.SIGNATURE):
        kept.pop()
    return kept


def _is_signature(kept: list[int], kinds: list[Kind], place: int) -> bool:
    """Whether the two dashes at a place have words above and a signature below them."""
    longest = LONGEST_SIGNATURE if kinds[kept[place]] is Kind.SIGNATURE else SHORT_SIGNATURE
    below = kept[place + 1 :][: longest + 1]
    return (
        len(below) <= longest
        and not any(kinds[i] is Kind.QUOTE for i in below)
        and any(kinds[i] is Kind.TEXT for i in kept[:place])
    )
