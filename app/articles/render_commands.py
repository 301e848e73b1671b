"""`flask articles …`: what the pages show for a Markdown text, for scripts and tests."""

import json
from typing import IO, Any

import click
from flask.cli import AppGroup

from app.articles.files.fault import Faulty
from app.articles.files.manuscript import Manuscript
from app.core.markdown import Profile, render

articles = AppGroup("articles", help="Articles as pages show them.")

SOME_UNREADABLE = 1
_PROFILES = {"article": Profile.DOCUMENT, "comment": Profile.COMMENT}


@articles.command("render")
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@click.option(
    "--profile",
    type=click.Choice(list(_PROFILES)),
    default="article",
    show_default=True,
    help="As in articles, or as in tickets and community.",
)
@click.option("--batch", is_flag=True, help="Read JSON lines, write JSON lines.")
def render_file(file: IO[str], profile: str, *, batch: bool) -> None:
    """Print the HTML of a Markdown FILE; `-` reads standard input.

    Front matter is left out.  With --batch, each line of FILE is `{"id": …, "markdown": …}`, and each
    line printed is `{"id": …, "html": …}`, in the same order; for a line that cannot be read it is
    `{"id": …, "error": …}`, and the exit status is 1.
    """
    kind = _PROFILES[profile]
    if not batch:
        click.echo(render(_body(file.read()), profile=kind).html)
        return
    unreadable = False
    for line in filter(str.strip, file):
        answer = _answer(line, kind)
        unreadable |= "error" in answer
        click.echo(json.dumps(answer, ensure_ascii=False))
    if unreadable:
        raise SystemExit(SOME_UNREADABLE)


def _body(text: str) -> str:
    """The text below its front matter; the whole text where what it begins with is none."""
    try:
        manuscript = Manuscript.of(text)
        return manuscript.body if manuscript.front else text
    except Faulty:
        return text


def _answer(line: str, profile: Profile) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        return {"id": asked["id"], "html": str(render(asked["markdown"], profile=profile).html)}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {"id": None, "error": 'Each line must be {"id": …, "markdown": "…"}.'}
