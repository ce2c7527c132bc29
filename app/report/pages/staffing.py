"""Staffing: headcount and burden in the report of a county, and what its numbers rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.language import _, word
from app.method.burden.ledger import BurdenLedger, Effort
from app.model.accounts import (
    BurdenRow,
    Cut,
    HeadcountRow,
    evidence_rows,
    headcount_by_category,
    headcount_rows,
    headcount_total,
)
from app.model.county import County
from app.model.figures import Figures
from app.model.findings import Score
from app.model.plan import Plan
from app.model.soundness import assumptions, limitations, sources
from app.model.vocabulary import Link
from app.report.pages.document import (
    Block,
    Facts,
    ReportCell,
    ReportColumn,
    ReportTable,
    Style,
    Text,
)
from app.report.wording import amount, percent

MOST_DEPARTMENTS = 5


def headcount_part(figures: Figures, plan: Plan | None) -> Iterator[Block]:
    """Yield 核定 / 实有 / 在岗 / on posts / 测算 / 调整后 by category and for the whole county."""
    by_unit = headcount_rows(figures, plan, list(figures.units))
    categories = headcount_by_category(row for rows in by_unit.values() for row in rows)
    total = headcount_total(rows[-1] for rows in by_unit.values())
    columns = [
        ReportColumn(_("Staff category"), 2.4),
        ReportColumn(_("Authorised (核定)"), 1.6, is_number=True),
        ReportColumn(_("In post (实有)"), 1.6, is_number=True),
        ReportColumn(_("On duty (在岗)"), 1.6, is_number=True),
        ReportColumn(_("On posts"), 1.4, is_number=True),
        ReportColumn(_("Vacancies (空编)"), 1.6, is_number=True),
        ReportColumn(_("Required (测算)"), 1.6, is_number=True),
    ]
    if plan is not None:
        columns.append(ReportColumn(_("After the plan (调整后)"), 1.8, is_number=True))
    yield Text(_("Headcount"), Style.HEADING)
    yield ReportTable(
        columns,
        [
            *(_headcount_cells(row, row.category, len(columns)) for row in categories),
            _headcount_cells(total, _("Whole county"), len(columns)),
        ],
    )
    yield Text(
        _("Sums of 核定, 实有 and 空编 leave out 编外; people are required of posts."),
        Style.CAPTION,
    )


def _headcount_cells(row: HeadcountRow, name: str, count: int) -> list[ReportCell]:
    numbers = (
        row.authorised,
        row.in_post,
        row.on_duty,
        row.on_posts,
        row.vacancies,
        row.required,
        row.after,
    )
    cells = ["—" if number is None else amount(number) for number in numbers]
    return [name, *cells[: count - 1]]


def burden_rows(ledger: BurdenLedger) -> list[BurdenRow]:
    """Return the burden ledger as rows: by kind, by form, by ordering department, by task."""
    tasks = {entry.task.task_code: entry.task.name for entry in ledger.entries}
    whole = ledger.total.hours

    def row(cut: Cut, name: str, effort: Effort) -> BurdenRow:
        share = effort.hours / whole if whole else 0.0
        return BurdenRow(
            cut, name, effort.hours, effort.assigned_hours, effort.people, effort.tasks, share
        )

    return [
        *(row(Cut.KIND, word(burden), effort) for burden, effort in ledger.by_burden.items()),
        *(
            row(Cut.FORM, word(form) if form is not None else "", effort)
            for form, effort in ledger.by_form.items()
        ),
        *(row(Cut.DEPARTMENT, name, effort) for name, effort in ledger.by_department.items()),
        *(row(Cut.TASK, tasks[code], effort) for code, effort in ledger.by_task.items()),
    ]


def burden_part(rows: Sequence[BurdenRow]) -> Iterator[Block]:
    """Yield what kind of work it is, in what form, and who orders most of it."""
    yield Text(_("Burden"), Style.HEADING)
    for cut, title in (
        (Cut.KIND, _("Kind of burden")),
        (Cut.FORM, _("Form")),
        (Cut.DEPARTMENT, _("Ordered by")),
    ):
        columns = (
            ReportColumn(title, 4),
            ReportColumn(_("Number of tasks"), 1.4, is_number=True),
            ReportColumn(_("Hours a year"), 2, is_number=True),
            ReportColumn(_("Share"), 1.4, is_number=True),
            ReportColumn(_("People busy with it"), 2, is_number=True),
        )
        found = [row for row in rows if row.cut is cut][:MOST_DEPARTMENTS]
        yield ReportTable(
            columns,
            [
                [
                    row.name or _("not stated"),
                    f"{row.tasks:,}",
                    f"{row.hours:,.0f}",
                    percent(row.share),
                    amount(row.people),
                ]
                for row in found
            ],
        )


def scores_part(scores: Sequence[Score], figures: Figures) -> Iterator[Block]:
    """Yield how far the elements agree in every unit: shares checked without a finding."""
    if not scores:
        return
    found = {(score.unit_code, score.link): score.score for score in scores}
    columns = [
        ReportColumn(_("Unit"), 3),
        *(ReportColumn(word(link), 2, is_number=True) for link in Link),
    ]
    yield ReportTable(
        columns,
        [
            [unit.name, *(percent(found.get((code, link))) for link in Link)]
            for code, unit in figures.units.items()
        ],
    )


def soundness_part(county: County, figures: Figures) -> Iterator[Block]:
    """Yield how well the hours are known, what was assumed, what is not said, and the sources."""
    yield Text(_("What the numbers rest on"), Style.HEADING)
    yield ReportTable(
        (
            ReportColumn(_("Evidence of unit times"), 4),
            ReportColumn(_("Number of tasks"), 2, is_number=True),
            ReportColumn(_("Hours a year"), 2, is_number=True),
            ReportColumn(_("Share"), 2, is_number=True),
        ),
        [
            [
                word(row.grade) if row.grade is not None else _("not stated"),
                f"{row.tasks:,}",
                f"{row.hours:,.0f}",
                percent(row.share),
            ]
            for row in evidence_rows(county, figures, list(figures.units))
        ],
    )
    said = [(_("Assumed"), sentence) for sentence in assumptions(county)]
    said += [(_("Not said"), sentence) for sentence in limitations()]
    yield Facts([*said, *sources()])
