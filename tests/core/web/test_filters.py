"""How figures, times and names are written."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.settings import Settings
from app.core.web import filters

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


@pytest.fixture
def berlin() -> Iterator[Flask]:
    """An application in Berlin, an hour ahead of UTC in November, at 09:30 on its clocks."""
    app = Flask("berlin")
    app.extensions["settings"] = Settings(reporting_zone="Europe/Berlin")
    filters.init_app(app)
    with app.app_context(), clock.travelling(NOW):
        yield app


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=18), "18 minutes ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1, hours=3), "yesterday"),
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=8), "1 week ago"),
        (timedelta(days=70), "2 months ago"),
        (timedelta(days=800), "2 years ago"),
        (-timedelta(hours=2), "in 2 hours"),
    ],
)
def test_ago_names_the_largest_unit(berlin: Flask, passed: timedelta, said: str) -> None:
    assert filters.ago(NOW - passed) == said


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=30), "now"),
        (timedelta(minutes=4), "4m"),
        (timedelta(hours=3), "3h"),
        (timedelta(days=2), "2d"),
        (timedelta(days=36), "5w"),
        (timedelta(days=800), "2y"),
    ],
)
def test_age_fits_a_narrow_column(berlin: Flask, passed: timedelta, said: str) -> None:
    assert filters.age(NOW - passed) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 22, 8, 14, tzinfo=UTC), "today 09:14"),
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "today 00:30"),
        (datetime(2026, 11, 21, 17, 4, tzinfo=UTC), "yesterday 18:04"),
        (datetime(2026, 11, 12, 17, 4, tzinfo=UTC), "12 November, 18:04"),
        (datetime(2025, 11, 12, 17, 4, tzinfo=UTC), "12 November 2025"),
    ],
)
def test_moment_is_told_by_the_clock_of_the_desk(berlin: Flask, at: datetime, said: str) -> None:
    assert filters.moment(at) == said


def test_day_of_a_time_is_the_day_it_was_at_the_desk(berlin: Flask) -> None:
    assert filters.day(datetime(2026, 11, 11, 23, 30, tzinfo=UTC)) == "12 November 2026"
    assert filters.day(date(2026, 11, 11)) == "11 November 2026"


def test_exact_times_name_their_zone(berlin: Flask) -> None:
    assert filters.exactly(NOW) == "22 November 2026, 09:30 CET"


def test_numbers_have_commas_and_nouns_agree() -> None:
    assert filters.number(48211) == "48,211"
    assert filters.plural(1, "reply", "replies") == "1 reply"
    assert filters.plural(3, "reply", "replies") == "3 replies"
    assert filters.plural(1284, "ticket") == "1,284 tickets"


@pytest.mark.parametrize(
    ("size_bytes", "said"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (212_000, "212 KB"),
        (999_700, "1.0 MB"),
        (1_400_000, "1.4 MB"),
        (25_000_000, "25 MB"),
        (3_400_000_000_000, "3400 GB"),
    ],
)
def test_file_sizes_are_decimal(size_bytes: int, said: str) -> None:
    assert filters.filesize(size_bytes) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0m"),
        (24, "24s"),
        (41 * 60, "41m"),
        (2 * 3600 + 600, "2h 10m"),
        (3 * 86_400 + 4 * 3600 + 59, "3d 4h"),
        (86_400 + 60, "1d"),
        (-12 * 60, "−12m"),
    ],
)
def test_durations_use_the_largest_two_units(seconds: float, said: str) -> None:
    assert filters.duration(seconds) == said


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Priya Raman", "PR"),
        ("Lucía del Mar Prieto", "LP"),
        ("ada", "A"),
        ("Jean-Luc", "JL"),
        ("(no name)", "N"),
        ("", "?"),
    ],
)
def test_initials_are_of_the_first_and_last_name(name: str, letters: str) -> None:
    assert filters.initials(name) == letters


def test_a_hue_is_one_of_six_and_stays_the_same() -> None:
    assert {filters.hue(key) for key in range(100)} == {1, 2, 3, 4, 5, 6}
    assert filters.hue("ada@hearth.example") == filters.hue("ada@hearth.example")


def test_templates_know_the_filters(berlin: Flask) -> None:
    assert berlin.jinja_env.from_string("{{ 3|plural('ticket') }}").render() == "3 tickets"
