"""`flask content quarantine …`: bytes of files that could not be used, or were removed."""

import click
from flask.cli import AppGroup

from app.articles import quarantining
from app.articles.article_commands import refused
from app.articles.sync_commands import existing_root
from app.core.uow import reading

quarantine = AppGroup("quarantine", help="Files that could not be used, or were removed.")


@quarantine.command("list")
def list_quarantine() -> None:
    """List what is kept: its name, since when, from which file, and why."""
    with reading():
        for each in quarantining.kept():
            when = f"{each.first_seen_at:%Y-%m-%d %H:%M}"
            click.echo(f"{each.sha[:12]} {when} {each.path} ({each.reason})")


@quarantine.command("show")
@click.argument("sha")
def show_quarantined(sha: str) -> None:
    """Print the bytes as they were."""
    with refused(), reading():
        click.echo(quarantining.quarantined(sha).data, nl=False)


@quarantine.command("restore")
@click.argument("sha")
def restore_quarantined(sha: str) -> None:
    """Put the bytes back where they were; beside the file that is there now, if there is one."""
    with refused(), reading():
        click.echo(quarantining.put_back(quarantining.quarantined(sha), existing_root()))
