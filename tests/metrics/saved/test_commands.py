"""`flask metrics reports` and `flask metrics report --saved`."""

import json

import pytest
from flask import Flask

from app.metrics.filtering import Key
from app.metrics.saved.spans import Moving
from tests.metrics.saved.desks import saved
from tests.metrics.test_commands import reported, run
from tests.support import make
from tests.support.cast import Cast


def test_saved_reports_are_listed_and_printed(app: Flask, cast: Cast) -> None:
    make.ticket(cast.customer)
    number = saved(
        cast.agent, "Open by channel", moving=Moving.ALL, by=Key.CHANNEL, conditions=("channel=web",),
        ids=("frt", "backlog"),
    ).id  # fmt: skip
    assert "Open by channel: Everything · Channel: Web · By channel" in run(app, "reports").output
    (line,) = run(app, "reports", "--json").output.splitlines()
    assert json.loads(line)["filters"] == ["channel=web"]
    for name in (str(number), "Open by channel"):
        made = reported(app, "--saved", name)
        assert made["filters"] == {"channel": ["web"]}
        assert [*made["metrics"]] == ["frt", "backlog"]
        (row,) = made["groups"]["rows"]
        assert (row["value"], row["metrics"]["backlog"]["value"]) == ("web", 1)
    assert (
        reported(app, "--saved", str(number), "--filter", "channel=mail")["metrics"]["frt"]["n"]
        == 0
    )


@pytest.mark.parametrize("name", ["7", "Nothing", "Twice"])
def test_what_is_not_there_or_not_one_is_said(app: Flask, cast: Cast, name: str) -> None:
    for _ in range(2):
        saved(cast.agent, "Twice")
    done = run(app, "report", "--saved", name)
    assert done.exit_code == 2
    assert (
        "Several reports are called 'Twice': 1, 2." in done.output
        or "no saved report" in done.output
    )
