"""What files claim to be: an id and an address each, of which there may be one only."""

import base64
import hashlib
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from app.articles.article import Status

Address = tuple[str, str]
"""Language and slug."""


@dataclass(frozen=True)
class Claim:
    """Which article a file is, and where it wants to stand."""

    id: str
    slug: str
    lang: str
    status: Status

    @property
    def address(self) -> Address | None:
        """What nobody else may have; an archived article needs no address."""
        return None if self.status is Status.ARCHIVED else (self.lang, self.slug)


def new_id(path: str, taken: Container[str]) -> str:
    """An id that nobody has for the file at this path: made of it, so the same at each try."""
    found, number = _id_of(path), 1
    while found in taken:
        found, number = _id_of(f"{path}\n{number}"), number + 1
    return found


def double_ids(claims: Mapping[str, Claim]) -> Iterator[tuple[str, str]]:
    """Pairs of path and other path that claim to be the same article: both are wrong."""
    paths: defaultdict[str, list[str]] = defaultdict(list)
    for path, claim in sorted(claims.items()):
        paths[claim.id].append(path)
    for same in paths.values():
        for number, path in enumerate(same):
            if len(same) > 1:
                yield path, same[number - 1]


def taken_addresses(
    claims: Mapping[str, Claim], holders: Mapping[Address, str]
) -> Iterator[tuple[str, str]]:
    """Pairs of a path that claims a taken address and what holds it: a path, or an article's id.

    Whoever holds an address keeps it (`holders`: address to article id); else the first path gets
    it.
    """
    own_first = sorted(
        claims.items(),
        key=lambda item: (holders.get(item[1].address or ("", "")) != item[1].id, item[0]),
    )
    ids = {claim.id for claim in claims.values()}
    held = {place: id for place, id in holders.items() if id not in ids}
    for path, claim in own_first:
        if claim.address is None:
            continue
        if claim.address in held:
            yield path, held[claim.address]
        else:
            held[claim.address] = path


def _id_of(text: str) -> str:
    return "kb_" + base64.b32encode(hashlib.sha256(text.encode()).digest()).decode().lower()[:10]
