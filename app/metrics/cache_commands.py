"""`flask metrics rebuild` and `verify`: the care of what is kept for the pages."""

import sys
import time
from datetime import timedelta

import click

from app.core.uow import reading, unit_of_work
from app.core.web.filters import plural
from app.metrics import jobs
from app.metrics.caches import proving, refreshing

MOST_SHOWN = 20
GOES_ON_AFTER = timedelta(hours=1)
"""When the worker goes on with a rebuild that somebody stopped."""
ANEW = (
    "What is kept was made for another reporting zone or release: the worker makes all of it anew."
)


@click.command("rebuild")
def rebuild() -> None:
    """Throw away what is kept for the metrics pages and make it anew from the ledger."""
    with unit_of_work():
        refreshing.forget()
        jobs.refresh_all.later(_delay=GOES_ON_AFTER)
        at_once = refreshing.portion()
    after: int | None = 0
    while after is not None:
        with unit_of_work():
            after = refreshing.refresh_stale(after=after, at_once=at_once)
        if after:
            click.echo(f"up to ticket {after:,}")


@click.command("verify")
@click.option("--sample", type=click.IntRange(min=1), help="Only so many tickets, at random.")
@click.option("--mend", is_flag=True, help="Make anew what differs, and note what was found.")
def verify(sample: int | None, *, mend: bool) -> None:
    """Prove that what is kept for the pages says what the ledger says; exit status 1 if it does not.

    Every ticket is replayed, and every page of a day compared.  A ticket that changed a moment ago may
    wait for the worker.  The worker does this each night, and mends what differs.
    """
    started = time.monotonic()
    if mend:
        proof = proving.prove_and_mend()
        if proof is None:
            with unit_of_work():
                jobs.refresh_all.later()
            click.echo(ANEW)
            return
        looked_at, said = proof.tickets, [*proof.findings]
    else:
        with reading():
            found = proving.compare(sample=sample)
        looked_at, said = found.looked_at, [*found.said()]
    for sentence in said[:MOST_SHOWN]:
        click.echo(sentence)
    if len(said) > MOST_SHOWN:
        click.echo(f"… and {len(said) - MOST_SHOWN:,} more")
    took_s = time.monotonic() - started
    click.echo(f"Looked at {plural(looked_at, 'ticket')} in {took_s:.1f} s.")
    if said and mend:
        click.echo("What differed was made anew.")
    elif said:
        click.echo("Is the worker running? If it is: flask metrics verify --mend")
        sys.exit(1)
    else:
        click.echo("What is kept says what the ledger says.")
