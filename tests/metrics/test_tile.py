"""Figures in words."""

from app.metrics.definitions.catalogue import CATALOGUE
from app.metrics.definitions.entry import COUNTED
from app.metrics.reports.figures_of import figures
from app.metrics.sample import Sample
from app.metrics.tile import Tile, tile


def shown(metric: str, *values: int, also: dict[str, int] | None = None) -> Tile:
    sample = Sample(also=CATALOGUE[metric].lists)
    for number, value in enumerate(values, 1):
        sample.add(COUNTED, number, value)
    for aside, count in (also or {}).items():
        for number in range(count):
            sample.add(aside, number, 0)
    return tile(CATALOGUE[metric], figures(CATALOGUE[metric], sample))


def test_a_duration_is_its_median_with_the_ninth_of_ten_and_n() -> None:
    it = shown("frt", 3600, 7200, 7260, 9000, 90000, also={"waiting": 2})
    assert it.parts == [("2", "h"), ("1", "m")]
    assert it.lines == [
        "median of 5 tickets",
        "9 in 10 within 1d 1h",
        "with those still waiting: 2h 1m",
        "2 still waiting",
    ]
    assert it.mean == "6h 30m"


def test_a_median_of_many_has_its_interval() -> None:
    it = shown("ttr_full", *range(3600, 3600 * 21, 3600), also={"provisional": 3})
    assert it.lines[2:] == ["95% interval 6h – 15h", "3 may still change"]


def test_fewer_than_five_cases_are_shown_one_by_one() -> None:
    it = shown("ttr_full", 7200, 60, 90000)
    assert it.parts == [("", "not enough data")]
    assert it.lines == ["3 tickets: 1m, 2h, 1d 1h"]


def test_nothing_is_a_gap_and_not_a_zero() -> None:
    for metric, said in {
        "frt": "No tickets in this period",
        "csat": "No ratings in this period",
    }.items():
        assert shown(metric).parts == [("–", "")]
        assert shown(metric).lines == [said]


def test_where_none_counts_it_says_why() -> None:
    assert shown("frt", also={"waiting": 3}).lines == ["None that counts yet", "3 still waiting"]
    assert shown("fcr", also={"no_reply": 1200}).lines == ["None that counts, 1,200 left out"]


def test_a_share_has_its_interval_and_what_it_is_made_of() -> None:
    it = shown("fcr", 1, 1, 1, 0, 0)
    assert (it.parts, it.lines) == ([("60", "%")], ["3 of 5 tickets", "95% interval 23 – 88%"])


def test_a_share_of_few_is_no_percentage() -> None:
    it = shown("fcr", 1, 1)
    assert it.parts == [("2", " of 2")]
    assert it.lines[1] == "95% interval 34 – 100%"


def test_satisfaction_says_how_many_answered() -> None:
    it = shown("csat", 5, 5, 4, 4, 1, also={"delivered": 20})
    assert it.parts == [("80", "%")]
    assert it.lines == ["4 of 5 ratings", "95% interval 38 – 96%", "25% of 20 asked answered"]


def test_the_backlog_says_how_long_the_oldest_lies_there() -> None:
    assert shown("backlog", 60, 90000).lines == ["oldest 1d 1h"]
    assert shown("backlog").lines == ["All clear"]


def test_every_metric_says_its_values_in_words() -> None:
    said = {name: metric.say(1) for name, metric in CATALOGUE.items()}
    assert (said["frt"], said["fcr"], said["csat"]) == ("1s", "Yes", "1 of 5")
