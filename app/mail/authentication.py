"""What the server of a mailbox says of a mail's sender (RFC 8601), and whether that is proof."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum


class Verdict(StrEnum):
    """Whether a mail is from where it says: proved, disproved, or nobody knows."""

    PROVED = "proved"
    UNKNOWN = "unknown"
    REFUTED = "refuted"


_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_METHOD = re.compile(r"\s*([a-z][a-z0-9-]*)(?:/\d+)?\s*=\s*([a-z]+)(.*)", re.I | re.S)
_PROPERTY = re.compile(r"([a-z]+\.[a-z0-9-]+)\s*=\s*([^\s;]+)", re.I)


def verdict(results: Sequence[str], *, authserv: str, domain: str) -> Verdict:
    """What the trusted server says of a From address at this domain.

    Its word is the topmost Authentication-Results alone: whoever sends a mail can write others below.
    DMARC decides (RFC 7489); where it says nothing, a valid DKIM signature of the same domain does.
    """
    said = results[0] if results else ""
    server, _, methods = _without_comments(said).partition(";")
    if not authserv or server.split()[:1] != [authserv.lower()]:
        return Verdict.UNKNOWN
    found = list(_methods(methods))
    dmarc = {result for method, result, _ in found if method == "dmarc"}
    if "fail" in dmarc:
        return Verdict.REFUTED
    if any(_vouches(*each, domain=domain) for each in found):
        return Verdict.PROVED
    return Verdict.UNKNOWN


def _methods(text: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Method, result and properties, in lower case."""
    for part in text.split(";"):
        if found := _METHOD.match(part):
            properties = {key.lower(): value.lower() for key, value in _PROPERTY.findall(found[3])}
            yield found[1].lower(), found[2].lower(), properties


def _vouches(method: str, result: str, properties: dict[str, str], *, domain: str) -> bool:
    match method, result:
        case "dmarc", "pass":
            said = properties.get("header.from", domain)
            return _is_of(said.rpartition("@")[2], domain)
        case "dkim", "pass":
            signer = properties.get("header.d") or properties.get("header.i", "").rpartition("@")[2]
            return _is_of(signer, domain)
    return False


def _is_of(signer: str, domain: str) -> bool:
    """Whether they are one house: the same domain, or one below the other (RFC 7489, 3.1.1, relaxed)."""
    signer, domain = signer.strip("."), domain.lower()
    shorter, longer = sorted((signer, domain), key=len)
    return signer == domain or ("." in shorter and longer.endswith(f".{shorter}"))


def _without_comments(value: str) -> str:
    """In lower case, without what stands in brackets and the marks of quotation."""
    value = _QUOTED.sub(lambda found: re.sub(r"[;()\s]", "_", found[1]), value)
    depth, kept = 0, []
    for char in value:
        depth += char == "("
        if not depth:
            kept.append(char)
        depth -= char == ")" and depth > 0
    return "".join(kept).lower()
