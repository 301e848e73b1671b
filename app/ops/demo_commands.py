"""`flask demo`: the demo company."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from app.core.errors import Refusal
from app.core.jobs import worker
from app.ops import seeding

demo = AppGroup("demo", help="The demo company: a made-up desk with twelve weeks of history.")


@demo.command("fill")
@click.option(
    "--unless-used", is_flag=True, help="Do nothing where somebody else is already, without a word."
)
def fill(unless_used: bool) -> None:  # noqa: FBT001 - click hands over flags as such
    """Fill an empty database with the demo company, and print how to sign in."""
    if unless_used and seeding.somebody_is_there() and not seeding.is_there():
        return
    try:
        seeding.refuse_production()
        if not seeding.is_there():
            _fill()
    except Refusal as refusal:
        raise click.ClickException(refusal.message) from refusal
    _print_sign_ins()


def _fill() -> None:
    """Progress goes to the error stream: what is printed is for keeping."""
    length, label = len(seeding.moments()), "Filling the demo company"
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        for done in seeding.fill():
            bar.update(done)
    click.echo("Doing what is left for the worker", err=True)
    worker.drain(current_app)  # or else the first real mail would wait behind it


def _print_sign_ins() -> None:
    click.echo(f"Demo sign-ins, all with the password: {seeding.PASSWORD}")
    for what, address in seeding.sign_ins():
        click.echo(f"  {address:<40} {what}")
