"""The check-up list: what is wrong, where, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtWidgets import QComboBox

from app.language import _, word
from app.method.checks.checkup import aspect_of
from app.model.county import County
from app.model.findings import Finding
from app.model.vocabulary import Aspect, Severity, Table
from ui.look import number_format
from ui.look.messages import Message
from ui.pages.page import Page, Where
from ui.tables.details import Details
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.head_fields import SearchField
from ui.work.workspace import Workspace

RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


class CheckupPage(Page):
    """One row a finding, errors first; a double click goes to its place."""

    NAME = "checkup"
    WATCHES = frozenset({Table.UNITS})

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Check-up"))
        self.rows = TableModel(_columns(workspace), key=_identity)
        self.table = TableView(self.rows, name=_("Findings"), key="findings")
        self.table.opened.connect(self._open)
        self.severity, self.search = QComboBox(), SearchField(_("Find in the findings"))
        self.severity.setAccessibleName(_("Severity"))
        self.severity.addItem(_("All findings"), None)
        for severity in Severity:
            self.severity.addItem(word(severity), severity)
        self.search.setFixedWidth(220)
        self.aspect = QComboBox()
        self.aspect.setAccessibleName(_("What is checked"))
        self.head.addWidget(self.aspect)
        self.head.addWidget(self.severity)
        self.head.addWidget(self.search)
        self._details = Details((_("How to mend it"),))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._details)
        self.body.addWidget(self.nothing, 1)
        self.table.selectionModel().selectionChanged.connect(self._show_details)
        self.aspect.currentIndexChanged.connect(self._filter)
        self.severity.currentIndexChanged.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        workspace.found.connect(self._follow_findings)

    def refresh(self) -> None:
        """Show the findings as they are known now."""
        self.rows.set_rows(sorted(self.workspace.findings, key=lambda row: RANK[row.severity]))
        self._offer_aspects()
        self._filter()

    def _offer_aspects(self) -> None:
        """Offer every aspect in which something was found, with how much; the choice stays."""
        count = Counter(aspect_of(finding.rule) for finding in self.workspace.findings)
        chosen = self.aspect.currentData()
        self.aspect.blockSignals(True)
        self.aspect.clear()
        self.aspect.addItem(_("All aspects"), None)
        for aspect in Aspect:
            if count[aspect]:
                text = _("{aspect} ({count})").format(
                    aspect=word(aspect), count=number_format.whole(count[aspect])
                )
                self.aspect.addItem(text, aspect)
        self.aspect.setCurrentIndex(max(0, self.aspect.findData(chosen)))
        self.aspect.blockSignals(False)

    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.search.setFocus()

    def _follow_findings(self) -> None:
        if self.workspace.is_open:
            self.refresh()

    def _filter(self) -> None:
        severity, aspect = self.severity.currentData(), self.aspect.currentData()
        wanted = self.search.text().strip().casefold()
        self.rows.set_filter(
            lambda row: (
                severity in (None, row.severity)
                and aspect in (None, aspect_of(row.rule))
                and wanted in f"{row.subject} {row.message} {row.remedy}".casefold()
            )
        )
        self.table.select_something()
        self._show_details()
        findings = self.workspace.findings
        if self.offer_import(self.table, self.aspect, self.severity, self.search):
            return
        self.table.setVisible(bool(findings))
        self.nothing.setVisible(not findings)
        self.nothing.say(_("Nothing to mend: duties, tasks, workload and headcount agree."))
        self.hint.setText(
            ""
            if not findings
            else _("{shown} of {all} findings; double-click one to go to its place").format(
                shown=number_format.whole(len(self.rows.shown)),
                all=number_format.whole(len(findings)),
            )
        )

    def _show_details(self) -> None:
        row, shown = self.table.currentIndex().row(), self.rows.shown
        finding = shown[row] if 0 <= row < len(shown) else None
        self._details.show_texts((finding.message, finding.remedy) if finding is not None else None)

    def _open(self, row: int) -> None:
        finding = self.rows.row_at(row)
        where = place_of(finding, self.workspace.county)
        if where is not None:
            self.asked.emit(where)
        else:
            self.workspace.told.emit(Message(finding.message, finding.remedy))


def place_of(finding: Finding, county: County) -> Where | None:
    """Return where in the window a finding can be mended, None if only in its workbook."""
    place = finding.place
    if place is None:
        return Where("units", unit_code=finding.unit_code) if finding.unit_code else None
    find = _PLACES.get(place.table)
    return find(finding, place.key, county) if find is not None else None


def _assignment_place(finding: Finding, key: tuple[str, ...], county: County) -> Where:
    unit_code, task_code, *post = key
    return Where("matrix", unit_code, task_code=task_code, post_code=post[0] if post else "")


def _post_place(finding: Finding, key: tuple[str, ...], county: County) -> Where:
    return Where("posts", county.posts[key[:1]].unit_code, post_code=key[0])


def _unit_place(finding: Finding, key: tuple[str, ...], county: County) -> Where:
    return Where("units", unit_code=key[0])


def _task_place(finding: Finding, key: tuple[str, ...], county: County) -> Where | None:
    return _matrix_place(finding.unit_code, key, county) or Where("duties", task_code=key[0])


def _duty_place(finding: Finding, key: tuple[str, ...], county: County) -> Where | None:
    tasks = [code for code, task in county.tasks.items() if (task.duty_code,) == key]
    where = _matrix_place(finding.unit_code, tasks[0], county) if tasks else None
    return where or Where("duties", duty_code=key[0])


def _matrix_place(unit_code: str, task_key: tuple[str, ...], county: County) -> Where | None:
    units = [unit for unit, task in county.volumes if (task,) == task_key]
    unit = unit_code if unit_code in units else next(iter(units), "")
    return Where("matrix", unit, task_code=task_key[0]) if unit else None


_PLACES: dict[Table, Callable[[Finding, tuple[str, ...], County], Where | None]] = {
    Table.UNITS: _unit_place,
    Table.ESTABLISHMENT: _unit_place,
    Table.POSTS: _post_place,
    Table.STAFFING: _post_place,
    Table.VOLUMES: _assignment_place,
    Table.ASSIGNMENTS: _assignment_place,
    Table.TASKS: _task_place,
    Table.DUTIES: _duty_place,
}


def _identity(finding: Finding) -> tuple[str, str, str, str]:
    return finding.rule, finding.unit_code, finding.subject, finding.message


def _columns(workspace: Workspace) -> tuple[ShownColumn[Finding], ...]:
    def unit_name(finding: Finding) -> str:
        unit = workspace.county.units.get((finding.unit_code,))
        return unit.name if unit is not None else ""

    return (
        ShownColumn(_("Severity"), lambda finding: word(finding.severity)),
        ShownColumn(_("Aspect"), lambda finding: word(aspect_of(finding.rule))),
        ShownColumn(_("Unit"), unit_name),
        ShownColumn(_("Subject"), lambda finding: finding.subject),
        ShownColumn(_("What is wrong"), lambda finding: finding.message, most_digits=52),
        ShownColumn(_("How to mend it"), lambda finding: finding.remedy, most_digits=46),
    )
