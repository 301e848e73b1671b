"""`flask content import` and `export`: articles from elsewhere, and to elsewhere."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.articles.article import Status, Visibility
from app.articles.exchange.collecting import AUDIENCES, collect
from app.articles.exchange.dialects.detecting import DIALECTS
from app.articles.exchange.exporting import content_files
from app.articles.exchange.importing import import_articles, planned_import
from app.articles.exchange.packing import write_out
from app.articles.exchange.page import Page
from app.articles.exchange.plan import ImportPlan, Wishes
from app.articles.exchange.report import as_json
from app.articles.exchange.site.building import build
from app.articles.exchange.source.opening import open_source
from app.articles.exchange.source.source import UnusableSource
from app.articles.syncing import SyncBusy, root_of
from app.core.errors import Refusal
from app.core.settings import settings
from app.core.uow import reading

CHANGES, CONFLICTS, UNUSABLE_FILES, REFUSED, BUSY = 2, 3, 4, 5, 6


@click.command("import")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "dialect",
    type=click.Choice(["auto", *DIALECTS]),
    default="auto",
    show_default=True,
    help="The system that wrote it.",
)
@click.option(
    "--into", default="", metavar="FOLDER", help="The folder below content/articles for all of it."
)
@click.option(
    "--visibility",
    type=click.Choice([each.value for each in Visibility]),
    help="Who may read what does not say so itself. Without it: agents, or as the folder that is there says.",
)
@click.option(
    "--status",
    type=click.Choice([each.value for each in Status]),
    help="The status of what does not say one itself. Without it: published.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--json", "in_json", is_flag=True, help="The report as JSON.")
@with_appcontext
def import_content(
    source: Path,
    *,
    dialect: str,
    into: str,
    visibility: str | None,
    status: str | None,
    dry_run: bool,
    in_json: bool,
) -> None:
    """Import articles from a folder, a .zip or a .json.

    Knows Markdown, Hugo, Jekyll, Docusaurus, Zendesk Guide and BookStack, and exports of ours.

    Nothing is lost: a text is kept as it came as the first revision of its article, pictures go to
    content/assets/, and everything else into the quarantine.  What was not understood is reported as
    file:line:column.  All of it is taken in, or nothing; importing the same again changes nothing.
    Different sites go into different folders (--into).  `flask content sync` writes the files then.

    Exit status: 0 done, or nothing to do; 2 a dry run found changes; 3 articles that were changed here
    since stay as they are; 4 files that could not be used are in the quarantine; 5 the source cannot
    be used at all; 6 another sync is at work, or files cannot be read or written.
    """
    wishes = Wishes(
        into=into.strip("/"),
        dialect=dialect,
        visibility=Visibility(visibility) if visibility else None,
        status=Status(status) if status else None,
    )
    with _refusals():
        opened = open_source(source)
        if dry_run:
            plan = planned_import(opened, wishes=wishes, watch=_watch)
        else:
            plan = import_articles(opened, wishes=wishes, author="command line", watch=_watch)
    if in_json:
        click.echo(json.dumps(as_json(plan) | {"dry_run": dry_run}, ensure_ascii=False, indent=1))
    else:
        _say(plan, dry_run=dry_run)
    raise SystemExit(_status(plan, dry_run=dry_run))


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except UnusableSource as fault:
        click.echo(str(fault), err=True)
        raise SystemExit(REFUSED) from None
    except (Refusal, SyncBusy, OSError) as fault:
        click.echo(str(fault), err=True)
        raise SystemExit(BUSY) from None


def _watch(pages: list[Page]) -> Iterator[Page]:
    people = sys.stderr.isatty() and bool(pages)
    with click.progressbar(
        pages, label="Reading articles", hidden=not people, file=sys.stderr
    ) as bar:
        yield from bar


def _say(plan: ImportPlan, *, dry_run: bool) -> None:
    for fault in plan.faults:
        click.echo(str(fault), err=True)
    if dry_run:
        for each in plan.incoming:
            click.echo(f"{each.what}: {each.id} {each.path} from {each.page.source}")
    said = [f"{number:,} {what}" for what, number in sorted(plan.counts.items())]
    click.echo(f"Read as {plan.dialect}. Articles: {', '.join(said) or 'none'}.")
    click.echo(
        f"Pictures and folders: {len(plan.files):,}. In quarantine: {len(plan.held):,} files. "
        f"Not understood: {len(plan.faults):,} places."
    )
    if plan.counts["new"] and not dry_run:
        click.echo("flask content sync writes their files.")


def _status(plan: ImportPlan, *, dry_run: bool) -> int:
    codes = {fault.code for fault in plan.faults}
    if "E301" in codes:
        return UNUSABLE_FILES
    if "E302" in codes:
        return CONFLICTS
    return CHANGES if dry_run and plan.changes else 0


@click.command("export")
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["zip", "html"]),
    default="zip",
    show_default=True,
    help="The Markdown files, or a site of plain pages.",
)
@click.option(
    "--audience",
    type=click.Choice([*AUDIENCES]),
    default="public",
    show_default=True,
    help="Who is to read it.",
)
@click.option("--lang", default="", metavar="CODE", help="Articles in this language alone.")
@click.option("--with-drafts", is_flag=True, help="For agents: what is not published as well.")
@with_appcontext
def export_content(
    target: Path, *, shape: str, audience: str, lang: str, with_drafts: bool
) -> None:
    """Export articles to TARGET: a .zip, or a folder that is empty or not there.

    Holds what the audience may read, and no more: for readers, texts come without owners, sources,
    remarks and links to what they may not see.  For agents the files are as they are; with
    --with-drafts another desk can import everything.  The same articles give the same bytes.

    Exit status: 0 done, 6 files cannot be read or written.
    """
    if with_drafts and audience != "agents":
        raise click.UsageError("--with-drafts is for agents: add --audience agents.")
    with _refusals():
        with reading():
            found = collect(
                root_of(settings()), audience=audience, lang=lang, with_drafts=with_drafts
            )
            files = build(found) if shape == "html" else content_files(found)
        write_out(files, target)
    click.echo(f"{len(files):,} files in {target}.")
