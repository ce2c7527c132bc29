"""Consistency: how far two of the four elements agree in a unit, with the findings behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from app.method.checks.checkup import link_of
from app.method.grouping import rows_by
from app.model.county import County, Unit
from app.model.figures import Figures
from app.model.findings import Finding, Flaw, Place, Score
from app.model.vocabulary import DutyList, Link, Table

_LISTED = frozenset({DutyList.CORE, DutyList.SUPPORTING})


def scores(county: County, figures: Figures, findings: Iterable[Finding]) -> tuple[Score, ...]:
    """Return the consistency score of every unit and link: the share checked without a finding.

    职责→任务 counts duties: those a township has on its list and those a unit has tasks of.
    任务→工作量 counts the tasks of the unit. 工作量→编制 counts its posts, its staff categories and
    the unit itself. A thing with several findings counts once, and its `Flaw` lists them all, so
    score = 1 − flaws ÷ checked exactly. A finding about no unit counts in every unit that has the
    duty or task. Source: method §5.
    """
    found: dict[Link, dict[Place, list[Finding]]] = {link: {} for link in Link}
    for finding in findings:
        link = link_of(finding.rule)
        if link is not None and finding.place is not None:
            thing = _thing(county, link, finding.place)
            found[link].setdefault(thing, []).append(finding)
    return tuple(
        _score(unit.unit_code, link, things, found[link], tasks)
        for unit in county.units.values()
        for tasks in (_tasks(county, unit.unit_code),)
        for link, things in _checked(county, figures, unit, tasks)
    )


def _score(
    unit_code: str,
    link: Link,
    things: Iterable[Place],
    found: Mapping[Place, list[Finding]],
    tasks: Collection[str],
) -> Score:
    def concerns(finding: Finding) -> bool:
        place = finding.place
        is_of_others = place and place.table is Table.TASKS and place.key[0] not in tasks
        return finding.unit_code == unit_code or (finding.unit_code == "" and not is_of_others)

    checked = dict.fromkeys(things)
    flaws = [
        Flaw(place, here)
        for place in checked
        if (here := tuple(filter(concerns, found.get(place, ()))))
    ]
    return Score(unit_code, link, len(checked), tuple(flaws))


def _tasks(county: County, unit_code: str) -> Mapping[str, None]:
    """Return the tasks a unit has a volume of or has assigned, in row order."""
    volumes = rows_by("unit_code", county.volumes).get(unit_code, ())
    assignments = rows_by("unit_code", county.assignments).get(unit_code, ())
    return dict.fromkeys(
        (*(row.task_code for row in volumes), *(row.task_code for row in assignments))
    )


def _checked(
    county: County, figures: Figures, unit: Unit, tasks: Iterable[str]
) -> Iterator[tuple[Link, list[Place]]]:
    """Yield what is checked of a unit for every link; a duty may come more than once."""
    code = unit.unit_code
    duties = [county.tasks[(task,)].duty_code for task in tasks]
    if unit.kind.is_township:
        duties += [duty.duty_code for duty in county.duties.values() if duty.list in _LISTED]
    posts = rows_by("unit_code", county.posts).get(code, ())
    yield Link.DUTY_TASK, [Place(Table.DUTIES, (duty,)) for duty in duties]
    yield Link.TASK_WORKLOAD, [Place(Table.TASKS, (task,)) for task in tasks]
    yield (
        Link.WORKLOAD_HEADCOUNT,
        [
            Place(Table.UNITS, (code,)),
            *(Place(Table.POSTS, (post.post_code,)) for post in posts),
            *(Place(Table.ESTABLISHMENT, key) for key in figures.headcounts if key[0] == code),
        ],
    )


def _thing(county: County, link: Link, place: Place) -> Place:
    """Return what a finding at `place` weakens: a row of 任务量 or 分工 stands for its task."""
    match place.table, link:
        case (Table.TASKS, Link.DUTY_TASK):
            return Place(Table.DUTIES, (county.tasks[place.key].duty_code,))
        case (Table.VOLUMES | Table.ASSIGNMENTS, Link.DUTY_TASK):
            return Place(Table.DUTIES, (county.tasks[place.key[1:2]].duty_code,))
        case (Table.VOLUMES | Table.ASSIGNMENTS, Link.TASK_WORKLOAD):
            return Place(Table.TASKS, place.key[1:2])
        case (Table.ASSIGNMENTS, Link.WORKLOAD_HEADCOUNT):
            return Place(Table.POSTS, place.key[2:3])
        case _:
            return place
