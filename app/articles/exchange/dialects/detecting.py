"""Finding out what system wrote a source, and asking the module that knows it."""

from collections.abc import Callable
from datetime import tzinfo
from types import MappingProxyType

from app.articles.exchange.dialects import bookstack, docusaurus, hugo, jekyll, markdown, zendesk
from app.articles.exchange.dialects.texts import is_text
from app.articles.exchange.page import Understood
from app.articles.exchange.source.source import Source, UnusableSource

DIALECTS: MappingProxyType[str, Callable[..., Understood]] = MappingProxyType(
    {
        "markdown": markdown.understand,
        "hugo": hugo.understand,
        "jekyll": jekyll.understand,
        "docusaurus": docusaurus.understand,
        "zendesk": zendesk.understand,
        "bookstack": bookstack.understand,
    }
)


_UNEXPECTED = (AttributeError, LookupError, TypeError, ValueError, OverflowError, RecursionError)
"""What reading raises of data that has another shape."""


def understand(source: Source, *, dialect: str, zone: tzinfo) -> Understood:
    """What the source holds.

    Raises UnusableSource when nobody knows what it is, it is empty, or things in it are not what such
    an export has in their places.
    """
    try:
        name = _detected(source) if dialect == "auto" else dialect
        made = DIALECTS[name](source, zone=zone)
    except _UNEXPECTED as fault:
        said = f"{source.name} is not written as such exports are: {type(fault).__name__}, {fault}."
        raise UnusableSource(said) from fault
    if not made.pages:
        raise UnusableSource(f"There is no article in {source.name}, read as {name}.")
    return made


def _detected(source: Source) -> str:
    """The dialect that a source looks like, the surest signs first."""
    paths = set(source.files)
    names = {path.rpartition("/")[2] for path in paths}
    if markdown.is_ours(source):
        return "markdown"
    if bookstack.is_bookstack(source):
        return "bookstack"
    if zendesk.is_zendesk(source):
        return "zendesk"
    if any(name.startswith("docusaurus.config.") for name in names) or "_category_.json" in names:
        return "docusaurus"
    if "_config.yml" in paths or any(path.startswith(("_posts/", "_docs/")) for path in paths):
        return "jekyll"
    if (
        "_index.md" in names
        or any(each in paths for each in hugo.CONFIGS)
        or _has_hugo_marks(source)
    ):
        return "hugo"
    if any(path.endswith(".mdx") for path in paths):
        return "docusaurus"
    if any(is_text(path) or path.lower().endswith((".html", ".htm")) for path in paths):
        return "markdown"
    raise UnusableSource(f"Nobody knows what {source.name} is. Name the system with --format.")


def _has_hugo_marks(source: Source) -> bool:
    return any(
        is_text(path) and (data.startswith(b"+++") or b"{{< " in data)
        for path, data in source.files.items()
    )
