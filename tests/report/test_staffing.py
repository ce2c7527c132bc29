"""The headcount of a report shows where a plan starts from, beside where it leads."""

from __future__ import annotations

from app.method.assessing import assess
from app.report.pages.document import ReportTable
from app.report.pages.staffing import headcount_part
from tests import builders
from tests.report.plans import small_plan


def test_people_after_the_plan_stand_beside_those_on_the_posts() -> None:
    # Two people are in post, one of them lent out; both still stand on posts.
    lent = builders.establishment(category="行政", authorised=2.0, in_post=1.0, lent_out=1.0)
    figures = assess(builders.small_county(lent))
    _heading, table, _caption = headcount_part(figures, small_plan(figures))
    assert isinstance(table, ReportTable)
    titles = [column.title for column in table.columns]
    whole = dict(zip(titles, table.rows[-1], strict=True))
    assert whole["On duty (在岗)"] == "—"
    assert (whole["On posts"], whole["After the plan (调整后)"]) == ("2", "2")
    officers = dict(zip(titles, table.rows[0], strict=True))
    assert (officers["On duty (在岗)"], officers["On posts"]) == ("0", "1")
