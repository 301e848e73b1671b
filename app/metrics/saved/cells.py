"""Metrics: the figures of a saved report in words, as its page, its mails and dashboards show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.web.filters import duration, number, plural
from app.metrics.definitions.entry import COUNTED
from app.metrics.definitions.metric import Metric, Unit
from app.metrics.filtering import Key
from app.metrics.picture.comparing import Change
from app.metrics.reports.figures_of import FEW
from app.metrics.reports.hiding import FEWEST
from app.metrics.saved.making import Group, Made
from app.metrics.saved.wording import KEYS, Names, grouping_words, step_words
from app.metrics.tile import tile

MOST_GROUPS = 100
NOT_ENOUGH = "not enough data"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: the value, how sure it is and of how many cases, how many were left out and by what.

    `lists` names the list of tickets to be seen behind what was left out; `is_hidden` says that nobody
    may see the cases, for they would tell too much about one person.
    """

    metric: Metric
    said: str
    lines: Sequence[str]
    left_out: int = 0
    list_left_out: str = COUNTED
    change: Change | None = None
    is_hidden: bool = False

    @property
    def sure(self) -> str:
        """The lines in one."""
        return " · ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of groups."""

    key: str
    name: str
    cells: Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything of a report in words: the figures of all cases, and the rows of its groups.

    `more` is how many groups there are beside these.
    """

    whole: Sequence[Cell]
    heading: str
    lines: Sequence[Line]
    more: int = 0


def table(made: Made, *, most: int = MOST_GROUPS) -> Table:
    """The report in words.  Groups stand in the order of their names, or of time: nobody is ranked.

    Where there are too many, those with the fewest cases are left out.
    """
    metrics = made.wanted.metrics
    whole = [cell(metric, made.whole) for metric in metrics]
    by = made.wanted.by
    if not made.groups or by is None:
        return Table([each for each in whole if each], grouping_words(by), ())
    names = names_of_groups(made)
    shown = list(made.groups)
    if isinstance(by, Key):
        shown = sorted(made.groups, key=_cases, reverse=True)[:most]
        shown.sort(key=lambda group: (group.value is None, names[group.key].casefold()))
    more = made.more + len(made.groups) - len(shown)
    lines = [Line(g.key, names[g.key], [brief(m, g) for m in metrics]) for g in shown]
    heading = KEYS[by] if isinstance(by, Key) else grouping_words(made.step).removeprefix("By ")
    return Table([each for each in whole if each], heading.capitalize(), lines, more)


def names_of_groups(made: Made) -> Mapping[str, str]:
    """What each group is called, by its key."""
    if isinstance(made.wanted.by, Key):
        names = Names(made.wanted.by, [group.value for group in made.groups])
        return {group.key: names.of(group.value) for group in made.groups}
    step = made.step
    return {g.key: step_words(step, g.days) for g in made.groups if step and g.days}


def cell(metric: Metric, group: Group) -> Cell | None:
    """A figure in full: all that its tile says.  None where the group has no such figure."""
    figure = group.figures.get(metric.id)
    if figure is None:
        return None
    if figure.get("hidden"):
        return _hidden(metric, figure)
    made = tile(metric, figure)
    said = " ".join(f"{value}{unit}" for value, unit in made.parts)
    return _cell(metric, group, figure, said, made.lines)


def brief(metric: Metric, group: Group) -> Cell | None:
    """The same in a few words, to stand beside others."""
    figure = group.figures.get(metric.id)
    if figure is None:
        return None
    if figure.get("hidden"):
        return _hidden(metric, figure)
    said, sure = _briefly(metric, figure)
    return _cell(metric, group, figure, said, [sure])


def _cell(
    metric: Metric, group: Group, figure: dict[str, Any], said: str, lines: Sequence[str]
) -> Cell:
    excluded = figure["excluded"]
    return Cell(
        metric=metric,
        said=said,
        lines=lines,
        left_out=sum(excluded.values()),
        list_left_out=next(iter(excluded), COUNTED),
        change=group.changes(metric),
    )


def _hidden(metric: Metric, figure: dict[str, Any]) -> Cell:
    n = plural(figure["n"], metric.noun)
    if not figure["n"]:
        return Cell(metric, NOT_ENOUGH, [n], is_hidden=True)
    if figure["n"] < FEWEST:
        return Cell(metric, NOT_ENOUGH, [f"{n}: hidden below {FEWEST}"], is_hidden=True)
    return Cell(metric, "hidden", [f"{n}: a smaller row could be worked out"], is_hidden=True)


def _briefly(metric: Metric, figure: dict[str, Any]) -> tuple[str, str]:
    n = f"of {number(figure['n'])}"
    if metric.unit is Unit.TICKETS:
        oldest = figure["oldest"]
        return number(figure["value"]), "" if oldest is None else f"oldest {duration(oldest)}"
    if figure["n"] < FEW:
        return NOT_ENOUGH if figure["n"] else "–", n
    low, high = figure["low"], figure["high"]
    if metric.unit is Unit.FRACTION:
        return f"{100 * figure['value']:.0f}%", f"{100 * low:.0f}–{100 * high:.0f}%, {n}"
    if low is None:
        return metric.say(figure["median"]), n
    return metric.say(figure["median"]), f"{metric.say(low)} – {metric.say(high)}, {n}"


def _cases(group: Group) -> int:
    return sum(figure["n"] for figure in group.figures.values())
