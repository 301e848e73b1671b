"""A Jekyll site: `_posts/2020-01-31-name.md`, `_docs` and other collections, Liquid, permalinks.

Source: jekyllrb.com, "Posts", "Collections", "Permalinks".
"""

import posixpath
import re
from datetime import tzinfo

import yaml

from app.articles.exchange.dialects import liquid
from app.articles.exchange.dialects.keys import take_keys
from app.articles.exchange.dialects.texts import is_text, page_of, take_assets
from app.articles.exchange.front_matter import open_text
from app.articles.exchange.page import Page, Understood
from app.articles.exchange.source.source import Source

_DATED = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})-(?P<name>.+)")
_MACHINERY = ("_layouts/", "_includes/", "_sass/", "_data/", "_plugins/", "_site/", "vendor/")


def understand(source: Source, *, zone: tzinfo) -> Understood:
    """Its pages and pictures."""
    made = Understood("jekyll")
    collections = _collections(source)
    for path in sorted(source.files):
        if not is_text(path) or path.startswith(_MACHINERY):
            continue
        page = page_of(source, path, target=_target(path))
        if page:
            made.pages.append(_taken(page, path, collections, zone))
    take_assets(source, made, strip=("assets/",))
    return made


def _taken(page: Page, path: str, collections: dict[str, str], zone: tzinfo) -> Page:
    opened = open_text(page.original)
    dated = _DATED.fullmatch(posixpath.splitext(posixpath.basename(path))[0])
    if dated and path.startswith(("_posts/", "_drafts/")):
        opened.front.setdefault("date", dated["day"])
    take_keys(page, opened, zone=zone)
    if path.startswith("_drafts/"):
        page.front["status"] = "draft"
    page.kept.pop("date", None)
    page.urls += [posixpath.splitext(path)[0].lstrip("_"), posixpath.splitext(path)[0]]
    shape = collections.get(path.partition("/")[0].lstrip("_"))
    if shape and any(part in shape for part in (":path", ":name", ":title")):
        bare = posixpath.splitext(path.partition("/")[2])[0]
        page.urls.append(re.sub(r":(path|name|title)", bare, shape))
    address = opened.front.get("permalink")
    if isinstance(address, str) and address.strip("/") and ":" not in address:
        aliases = page.front.get("aliases")
        page.front["aliases"] = [*(aliases if isinstance(aliases, list) else []), address]
    liquid.translate(page)
    return page


def _target(path: str) -> str:
    """`_posts/2020-01-31-name.md` is posts/name.md."""
    folder, name = posixpath.split(posixpath.splitext(path)[0])
    if dated := _DATED.fullmatch(name):
        name = dated["name"]
    folder = "/".join(part.lstrip("_") for part in folder.split("/"))
    return posixpath.join(folder, f"{name}.md")


def _collections(source: Source) -> dict[str, str]:
    """How the addresses of collections are made, by their names."""
    try:
        config = yaml.safe_load(source.files.get("_config.yml", b"")) or {}
    except (yaml.YAMLError, UnicodeDecodeError):
        return {}
    found = config.get("collections") if isinstance(config, dict) else None
    if not isinstance(found, dict):
        return {}
    return {
        str(name): str(each.get("permalink"))
        for name, each in found.items()
        if isinstance(each, dict) and each.get("permalink")
    }
