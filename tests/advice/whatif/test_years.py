"""Years side by side: burden that came back or grew, by hand."""

from __future__ import annotations

import pytest

from app.advice.whatif.years import Movement, Rebound, Subject, Year, rebounds
from app.method.assessing import assess
from app.model.vocabulary import Burden, Form
from tests.builders import duty, small_county, task, volume

FORMALISTIC, FORMAL = Burden.FORMALISTIC, Burden.NECESSARY_FORMAL


def year(name: str, *hours: float) -> Year:
    """Return a year with so many hours of T1 (报表), T2 (报表) and T3 (real work)."""
    county = small_county(
        duty("D2"),
        task("T1", burden=FORMALISTIC, form=Form.REPORT),
        task("T2", "D2", burden=FORMAL, form=Form.REPORT),
        task("T3", "D2"),
        *(volume(task_code=f"T{i}", volume=number) for i, number in enumerate(hours, 1)),
    )
    return Year(name, county, assess(county))


def found(*years: Year, threshold: float = 0.1, least_hours: float = 40.0) -> dict[str, Rebound]:
    rows = rebounds(years, threshold=threshold, least_hours=least_hours)
    return {row.code: row for row in rows}


def test_what_went_down_and_came_up_again_is_a_rebound() -> None:
    rows = found(year("2024", 1000, 500, 0), year("2025", 400, 500, 0), year("2026", 700, 500, 0))
    assert rows["T1"] == Rebound(
        Subject.TASK, "T1", Movement.REBOUND, (1000.0, 400.0, 700.0), 400.0
    )
    assert rows["T1"].rise == pytest.approx(0.75)
    assert rows["T1"].more_hours == 300.0
    assert (rows["D1"].subject, rows["D1"].movement) == (Subject.DUTY, Movement.REBOUND)
    # 1,500 → 900 → 1,200 hours of reports.
    assert rows["REPORT"].hours == (1500.0, 900.0, 1200.0)
    assert set(rows) == {"T1", "D1", "REPORT"}


def test_two_years_can_only_show_growth() -> None:
    rows = found(year("2025", 400, 500, 0), year("2026", 400, 600, 0))
    assert rows["T2"].movement is Movement.GROWTH
    assert rows["T2"].rise == pytest.approx(0.2)
    # Reports: 900 → 1,000 h is 11 % up.
    assert set(rows) == {"T2", "D2", "REPORT"}


@pytest.mark.parametrize(
    ("hours", "threshold", "least_hours", "is_found"),
    [
        (550.0, 0.1, 40.0, False),
        (551.0, 0.1, 40.0, True),
        (551.0, 0.11, 40.0, False),
        (551.0, 0.1, 51.0, True),
        (551.0, 0.1, 51.5, False),
    ],
)
def test_small_rises_are_left_out(
    hours: float, threshold: float, least_hours: float, is_found: bool
) -> None:
    rows = found(
        year("2025", 0, 500, 0),
        year("2026", 0, hours, 0),
        threshold=threshold,
        least_hours=least_hours,
    )
    assert ("T2" in rows) is is_found


def test_more_real_work_is_no_rebound() -> None:
    assert found(year("2025", 0, 0, 100), year("2026", 0, 0, 900)) == {}


def test_what_was_not_there_before_has_grown_from_nothing() -> None:
    rows = found(year("2025", 0, 0, 0), year("2026", 100, 0, 0))
    assert rows["T1"].rise is None
    assert rows["T1"].more_hours == 100.0


def test_a_drop_that_stays_is_no_rebound() -> None:
    assert found(year("2024", 1000, 0, 0), year("2025", 400, 0, 0), year("2026", 430, 0, 0)) == {}


def test_rows_come_by_place_with_the_largest_rise_first() -> None:
    rows = rebounds(
        [year("2025", 100, 100, 0), year("2026", 200, 500, 0)], threshold=0.1, least_hours=1.0
    )
    assert [(row.subject, row.code) for row in rows] == [
        (Subject.DUTY, "D2"),
        (Subject.DUTY, "D1"),
        (Subject.FORM, "REPORT"),
        (Subject.TASK, "T2"),
        (Subject.TASK, "T1"),
    ]
