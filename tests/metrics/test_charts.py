"""The course of a span in lines."""

from datetime import UTC, date

import pytest

from app.metrics.charts.course import APART, course
from app.metrics.charts.scale import BOTTOM, LEFT, RIGHT, TOP
from app.metrics.day_span import Step
from app.metrics.period import weeks
from app.metrics.reports.flow import Flow


def flows(*counts: tuple[int, int, int]) -> list[Flow]:
    periods = weeks(
        date(2026, 3, 2), date.fromordinal(date(2026, 3, 2).toordinal() + 7 * len(counts)), zone=UTC
    )
    return [
        Flow(period, created=created, first_resolved=solved, backlog=left)
        for period, (created, solved, left) in zip(periods, counts, strict=True)
    ]


def test_lines_run_from_edge_to_edge_on_an_axis_from_zero() -> None:
    came, left = course(flows((4, 0, 4), (2, 4, 2)), step=Step.WEEK, zone=UTC)
    solved, created = came.lines
    assert solved.points == f"{LEFT}.0,{BOTTOM}.0 {RIGHT}.0,{TOP}.0"
    assert (created.end_y, created.last) == ((BOTTOM + TOP) / 2, "2")
    assert [tick.label for tick in left.ticks] == ["0", "1", "2", "3", "4"]


def test_the_values_at_the_ends_do_not_lie_on_each_other() -> None:
    came, _ = course(flows((4, 0, 4), (4, 4, 4)), step=Step.WEEK, zone=UTC)
    assert abs(came.lines[0].label_y - came.lines[1].label_y) >= APART


def test_labels_are_few_and_the_last_step_has_one() -> None:
    came, _ = course(flows(*[(1, 1, 1)] * 12), step=Step.WEEK, zone=UTC)
    assert [label.label for label in came.labels] == [
        "9 Mar", "23 Mar", "6 Apr", "20 Apr", "4 May", "18 May",
    ]  # fmt: skip
    assert came.labels[-1].at == RIGHT


def test_the_table_holds_what_the_lines_show() -> None:
    came, left = course(flows((4, 1, 3), (2, 5, 0)), step=Step.WEEK, zone=UTC)
    rows = [(label, [dot.tickets for dot in dots]) for label, dots in came.rows]
    assert rows == [("2 Mar", [1, 4]), ("9 Mar", [5, 2])]
    assert [dot.tickets for _, (dot,) in left.rows] == [3, 0]
    assert "Created: from 4 (2 Mar) to 2 (9 Mar), between 2 and 4." in came.description


def test_an_empty_desk_has_a_flat_line() -> None:
    came, _ = course(flows((0, 0, 0), (0, 0, 0)), step=Step.WEEK, zone=UTC)
    assert {line.end_y for line in came.lines} == {float(BOTTOM)}


@pytest.mark.parametrize("count", [0, 1])
def test_less_than_two_steps_are_no_course(count: int) -> None:
    assert course(flows(*[(1, 1, 1)] * count), step=Step.WEEK, zone=UTC) == []
