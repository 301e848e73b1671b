"""Headers of ids and addresses of pages: never encoded, and folded at blanks alone (RFC 5322, 2.2.3).

The library would write those that are longer than a line as encoded words, which nobody decodes there.
"""

from email.headerregistry import HeaderRegistry
from email.policy import SMTP, EmailPolicy
from typing import Any

NAMES = ("in-reply-to", "references", "list-unsubscribe")


class VerbatimHeader:
    """A header whose words must arrive letter by letter."""

    max_count = 1
    name: str

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """As it is; a tree is only asked for by the folding that is ours below."""
        kwds |= {"parse_tree": None, "decoded": value}

    def fold(self, *, policy: EmailPolicy) -> str:
        """One word a line."""
        return f"{self.name}: {f'{policy.linesep} '.join(str(self).split())}{policy.linesep}"


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in NAMES:
        registry.map_to_type(name, VerbatimHeader)  # type: ignore[arg-type]
    return registry


POLICY = SMTP.clone(header_factory=_registry())
"""How our mail is written."""
