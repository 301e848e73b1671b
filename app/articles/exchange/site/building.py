"""Building the site: a page for each article and section, and one that lists them all."""

import posixpath
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC

from flask import render_template
from markupsafe import Markup

from app.articles.article import Section
from app.articles.contents import Entry, contents
from app.articles.exchange.collecting import Collection
from app.articles.exchange.leaf import Leaf, Leaves
from app.articles.exchange.site.pages import Bodies, Body
from app.articles.exchange.site.styles import FONTS, styles
from app.articles.files.fields import read_fields
from app.articles.files.folder import Folder

HOME = "index.html"


@dataclass(frozen=True)
class Shown:
    """An article as the templates of the site see it; addresses are relative to the page shown."""

    url: str
    title: str
    summary: str
    lang: str
    html: Markup
    contents: list[Entry]


def build(found: Collection) -> dict[str, bytes]:
    """The files of the site by their paths."""
    paths = {leaf.path: page_path(leaf) for leaf in found.leaves}
    bodies = Bodies(Leaves(found.leaves), paths, found.assets)
    files = {f"assets/{path}": data for path, data in found.assets.items()}
    sheet, fonts = styles()
    files |= {"style.css": sheet, **{f"{FONTS}/{name}": data for name, data in fonts.items()}}
    shelves = [
        (section, [leaf for leaf in found.leaves if leaf.section_path == section.path])
        for section in found.sections
    ]
    files[HOME] = _rendered("articles/site/home.html", HOME, shelves=_listed(shelves, HOME))
    for section, leaves in shelves:
        path = section_path(section)
        listed = _listed([(section, leaves)], path)
        files[path] = _rendered("articles/site/section.html", path, shelf=listed[0])
        for leaf in leaves:
            files[paths[leaf.path]] = _article(leaf, section, paths[leaf.path], leaves, bodies)
    return files


def page_path(leaf: Leaf) -> str:
    """Where the page of an article lies."""
    return f"articles/{posixpath.splitext(leaf.path)[0]}.html"


def section_path(section: Section) -> str:
    """Where the page of a section lies."""
    return f"sections/{section.slug}.html"


def _article(
    leaf: Leaf, section: Section, path: str, neighbours: list[Leaf], bodies: Bodies
) -> bytes:
    fields, _ = read_fields(leaf.text, Folder("", ""), path=leaf.path, zone=UTC)
    body: Body = bodies.body(fields.text, leaf.path, path)
    headings = contents([asdict(each) for each in body.headings])
    shown = Shown("", leaf.title, leaf.summary, leaf.lang, body.html, headings)
    return _rendered(
        "articles/site/article.html",
        path,
        article=shown,
        section=section,
        section_url=_relative(section_path(section), path),
        neighbours=[
            (each.title, _relative(page_path(each), path), each is leaf) for each in neighbours
        ],
    )


def _listed(shelves: list[tuple[Section, list[Leaf]]], page: str) -> list[Mapping[str, object]]:
    return [
        {
            "title": section.title,
            "description": section.description,
            "url": _relative(section_path(section), page),
            "articles": [
                {
                    "title": leaf.title,
                    "summary": leaf.summary,
                    "url": _relative(page_path(leaf), page),
                }
                for leaf in leaves
            ],
        }
        for section, leaves in shelves
    ]


def _rendered(template: str, path: str, **values: object) -> bytes:
    up = "../" * path.count("/")
    return render_template(template, up=up, home=f"{up}{HOME}", **values).encode()


def _relative(goal: str, page: str) -> str:
    return posixpath.relpath(goal, posixpath.dirname(page) or ".")
