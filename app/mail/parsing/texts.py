"""Text of strangers, fit to be kept: no control characters, one kind of line break; format=flowed joined."""

import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


def cleaned(text: str) -> str:
    """The text without what no page, search or database should hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub("", text)


def unflowed(text: str, *, delete_space: bool) -> str:
    """format=flowed text with its paragraphs joined to lines (RFC 3676); quotes keep their signs."""
    lines: list[list[str]] = []
    depth_before, is_soft = 0, False
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        said = line[depth:].removeprefix(" ")
        if is_soft and depth == depth_before and said != "-- ":
            lines[-1].append(said)
        else:
            lines.append([f"{'>' * depth} " if depth else "", said])
        is_soft = said.endswith(" ") and said != "-- "
        if is_soft and delete_space:
            lines[-1][-1] = said[:-1]
        depth_before = depth
    return "\n".join("".join(pieces) for pieces in lines)
