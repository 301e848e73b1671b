"""`flask content diff`, `log`, `resolve`, `new`, `mv` and `rm`: single articles and their files."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.articles import moving, resolving, trashing
from app.articles.article import Article
from app.articles.history import difference_lines, revisions_of
from app.articles.sync_commands import ACTOR, existing_root, refusals, say
from app.articles.syncing import sync
from app.articles.ways import ways_of
from app.core.db import db
from app.core.errors import Refusal
from app.core.settings import settings
from app.core.uow import reading, unit_of_work

MERGED = "merged="


@click.command("diff")
@click.argument("id")
@with_appcontext
def show_diff(id: str) -> None:
    """Show what the file and what the app changed since both were level."""
    with reading():
        lines = list(difference_lines(_article(id), existing_root()))
    for line in lines:
        click.echo(line)


@click.command("log")
@click.argument("id")
@with_appcontext
def show_log(id: str) -> None:
    """List the revisions of an article, the newest first."""
    with reading():
        article = _article(id)
        for each in revisions_of(article):
            mark = "*" if each.id == article.live_revision_id else " "
            by = each.author or "-"
            commit = f" commit {each.git_commit[:10]}" if each.git_commit else ""
            note = f" ({each.note})" if each.note else ""
            when = f"{each.created_at:%Y-%m-%d %H:%M}"
            click.echo(f"{mark} {each.id:>6} {when} {each.source.value:<7} {by}{commit}{note}")


@click.command("resolve")
@click.argument("id")
@click.option("--take", required=True, metavar="file|app|merged=FILE", help="Which text is right.")
@with_appcontext
def resolve_conflict(id: str, *, take: str) -> None:
    """End the conflict of an article.  All texts stay in its history."""
    with refused(), unit_of_work():
        article = _article(id)
        seen = resolving.seen(article)
        if take == "file":
            resolving.take_file(article, seen=seen, by=None)
        elif take == "app":
            resolving.take_app(article, seen=seen, by=None)
        elif take.startswith(MERGED):
            text = Path(take.removeprefix(MERGED)).read_text(encoding="utf-8")
            resolving.take_merged(article, text, seen=seen, by=None)
        else:
            raise click.UsageError("--take is file, app or merged=FILE.")
    _sync(id)


@click.command("new")
@click.argument("title")
@click.option("--category", required=True, help="The folder below content/articles/.")
@with_appcontext
def new_file(title: str, *, category: str) -> None:
    """Make the file of a new article, a draft with an id, and say where it is."""
    with refused():
        click.echo(moving.new_file(existing_root(), title=title, category=category))


@click.command("mv")
@click.argument("old")
@click.argument("new")
@with_appcontext
def move_file(old: str, new: str) -> None:
    """Move a file; links in it and to it are written anew, and its old address leads to the new one."""
    with refused():
        root = existing_root()
        with reading():
            changed = moving.move(root, moving.below(root, old), moving.below(root, new))
    for path in changed:
        click.echo(f"Changed: {path}")


@click.command("rm")
@click.argument("id")
@with_appcontext
def remove_article(id: str) -> None:
    """Put an article into the trash and take its file away; a copy is kept in quarantine."""
    with refused(), unit_of_work():
        trashing.trash(_article(id))
    _sync(id)


def _sync(id: str) -> None:
    with refusals():
        root = existing_root()
        done = sync(root, ways=ways_of(settings(), only=id), actor=ACTOR)
    say(done, root, dry_run=False)


def _article(id: str) -> Article:
    found = db.session.get(Article, id)
    if found is None:
        click.echo(f"There is no article {id}.", err=True)
        raise SystemExit(1)
    return found


@contextmanager
def refused() -> Iterator[None]:
    """End the command, and say why."""
    try:
        yield
    except (Refusal, OSError) as fault:
        click.echo(str(fault), err=True)
        sys.exit(1)
