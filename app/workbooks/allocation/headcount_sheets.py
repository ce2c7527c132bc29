"""The sheets of headcount: 核定 / 实有 / 在岗 / 测算 / 调整后 by unit, and by unit and category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.language import _
from app.model.accounts import HeadcountRow, headcount_rows, headcount_total
from app.model.vocabulary import OUTSIDE_ESTABLISHMENT
from app.workbooks.allocation.allocation_rows import Showing
from app.workbooks.allocation.headed_tables import Field, HeadedTable, Sheets
from app.workbooks.allocation.layouts import Layout
from app.workbooks.standard.style import COUNT, HEADCOUNT, Formula, WrittenCell

SUMMED = ("authorised", "in_post", "on_duty", "on_posts", "vacancies", "after")
INSIDE = frozenset({"authorised", "in_post", "vacancies"})
"""What 编外 is no part of: it is outside the establishment."""


@dataclass(frozen=True, slots=True)
class Headcounts:
    """What the two sheets of headcount share."""

    sheets: Sheets
    showing: Showing
    layouts: Mapping[str, Layout]
    units: HeadedTable
    """The summary of units, whose required headcount they show."""

    def write(self, title: str, detail: str) -> HeadedTable:
        """Write the sheet of units, whose sums are live, and the one of categories below it.

        Returns:
            the table of units, as charts show it.
        """
        rows = headcount_rows(self.showing.figures, self.showing.plan, self.showing.unit_codes)
        tab, table = self.sheets.add(title, self._unit_fields())
        detail_tab, details = self.sheets.add(detail, self._detail_fields())
        for found in rows.values():
            first = len(details.rows)
            details.rows.extend(map(self._detail, found[:-1]))
            table.rows.append(self._unit(table, details, first, found))
        self._add_total(table, [found[-1] for found in rows.values()])
        self.sheets.finish(tab, table)
        self.sheets.finish(detail_tab, details, frozen=2)
        return table

    @property
    def _has_plan(self) -> bool:
        return self.showing.plan is not None

    def _unit_fields(self) -> dict[str, Field]:
        fields = {"unit": Field(_("Unit"), width=20)} | _people_fields()
        fields |= {
            "required": Field(_("Required (测算)"), HEADCOUNT),
            "rounded": Field(_("Required, rounded"), COUNT),
        }
        if self._has_plan:
            fields["after"] = Field(_("After the plan (调整后)"), COUNT)
        fields["gap"] = Field(
            _("After the plan − required") if self._has_plan else _("On posts − required"),
            HEADCOUNT,
            13,
        )
        return fields

    def _detail_fields(self) -> dict[str, Field]:
        fields = {
            "unit": Field(_("Unit"), width=20),
            "category": Field(_("Staff category"), width=12),
        } | _people_fields()
        if self._has_plan:
            fields["after"] = Field(_("After the plan (调整后)"), COUNT)
            fields["change"] = Field(_("Change by the plan"), COUNT)
        return fields

    def _detail(self, row: HeadcountRow) -> dict[str, WrittenCell]:
        cells: dict[str, WrittenCell] = {
            "unit": self.showing.unit_name(row.unit_code),
            "category": row.category,
        }
        cells |= {name: getattr(row, name) for name in SUMMED}
        linked = "after" if self._has_plan else "on_posts"
        layout = self.layouts[row.unit_code]
        if row.category in layout.categories:
            line = layout.people_row + 1 + list(layout.categories).index(row.category)
            cells[linked] = Formula(f"={layout.total(line)}", getattr(row, linked))
        if row.after is not None:
            cells["change"] = row.after - row.on_posts or None
        return cells

    def _unit(
        self, table: HeadedTable, details: HeadedTable, first: int, found: list[HeadcountRow]
    ) -> dict[str, WrittenCell]:
        place, total = len(table.rows), found[-1]
        cells: dict[str, WrittenCell] = {"unit": self.showing.unit_name(total.unit_code)}
        for name in self._summed():
            parts = [
                details.link(name, first + number)
                for number, row in enumerate(found[:-1])
                if name not in INSIDE or row.category != OUTSIDE_ESTABLISHMENT
            ]
            cells[name] = _added(parts, getattr(total, name))
        for name, number in (("required", total.required), ("rounded", total.required_rounded)):
            cells[name] = number
        assert total.required is not None
        cells["required"] = Formula(f"={self.units.link('required', place)}", total.required)
        cells["gap"] = self._gap(table, place, total)
        return cells

    def _add_total(self, table: HeadedTable, sums: list[HeadcountRow]) -> None:
        total = headcount_total(sums)
        table.total["unit"] = _("Total")
        for name in (*self._summed(), "required", "rounded"):
            value = getattr(total, "required_rounded" if name == "rounded" else name)
            table.total[name] = _added(
                [table.cell(name, row) for row in range(len(sums))], value, is_range=True
            )
        if sums:
            table.total["gap"] = self._gap(table, len(sums), total)

    def _gap(self, table: HeadedTable, row: int, counted: HeadcountRow) -> Formula:
        name = "after" if self._has_plan else "on_posts"
        people = getattr(counted, name) or 0.0
        text = f"={table.cell(name, row)}-{table.cell('required', row)}"
        return Formula(text, people - (counted.required or 0.0))

    def _summed(self) -> Iterable[str]:
        return (name for name in SUMMED if name != "after" or self._has_plan)


def _people_fields() -> dict[str, Field]:
    return {
        "authorised": Field(_("Authorised (核定)"), COUNT),
        "in_post": Field(_("In post (实有)"), COUNT),
        "on_duty": Field(_("On duty (在岗)"), COUNT),
        "on_posts": Field(_("On posts"), COUNT),
        "vacancies": Field(_("Vacancies (空编)"), COUNT),
    }


def _added(cells: list[str], value: float | None, *, is_range: bool = False) -> WrittenCell:
    """Return the live sum of cells; nothing where a part of it is missing."""
    if value is None or not cells:
        return value
    return Formula(f"=SUM({cells[0]}:{cells[-1]})" if is_range else f"={'+'.join(cells)}", value)
