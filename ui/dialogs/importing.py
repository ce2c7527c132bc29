"""The import dialog: how files are read, what they would change, what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.language import _, ngettext, word
from app.model.findings import ImportFinding
from app.model.vocabulary import Severity
from app.workbooks.cells.places import RowPlace, SheetPlace
from app.workbooks.foreign.mappings import Choices, TableMapping
from app.workbooks.foreign.matching import Question
from app.workbooks.foreign.saved_mappings import keep_mapping, kept_mappings, proposed
from app.workbooks.importing import Import
from app.workbooks.previewing import preview, touched_lines
from ui.dialogs.mapping import TablesTab
from ui.dialogs.preview import NamesTab, RowsTab
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import APART, FAR, NEAR, set_role
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.work.jobs import Job

Reread = Callable[[Import, Choices, bool, Callable[[Import], None]], Job]
"""Reads the files again with other choices, without refused rows if asked to, and shows it."""

_LONGEST_TITLE = 100


class ImportDialog(QDialog):
    """Shows tables, rows, near names and findings; accepted when the user wants them stored."""

    def __init__(
        self,
        imported: Import,
        names: str,
        parent: QWidget | None = None,
        *,
        reread: Reread | None = None,
        categories: tuple[str, ...] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import"))
        self.resize(1040, 530)
        self.imported = imported
        self._reread = reread
        self._choices = imported.choices
        self._job: Job | None = None
        self._title = QLabel(
            names if len(names) <= _LONGEST_TITLE else names[:_LONGEST_TITLE] + "…"
        )
        self._title.setToolTip(names)
        set_role(self._title, "title")
        self._title.setWordWrap(True)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.rows, self.names, self.tables = RowsTab(), NamesTab(), TablesTab(categories)
        self._findings = TableModel(
            _columns(), key=lambda finding: (finding.sheet, finding.cell, finding)
        )
        self.findings = TableView(
            self._findings, name=_("Findings of the import"), key="import.findings"
        )
        self.mapping = QComboBox()
        self.keep = QPushButton(_("Keep this mapping…"))
        self.leave_out = QPushButton(_("Leave out refused rows"))
        self.bar = QProgressBar()
        self.stop = QPushButton(icons.icon(Icon.STOP), _("Stop"))
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._show(imported)
        if imported.is_blocked:
            self.tabs.setCurrentWidget(self.findings)

    def _make_buttons(self) -> None:
        self.buttons = QDialogButtonBox()
        self.store = self.buttons.addButton(_("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel = self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.buttons.addButton(self.leave_out, action)

    def _lay_out(self) -> None:
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.stop.setToolTip(_("Stop reading and go back to what was read before"))
        under_way = QHBoxLayout()
        under_way.setSpacing(NEAR)
        under_way.addWidget(self.bar, 1)
        under_way.addWidget(self.stop)
        self.mapping.setAccessibleName(_("Read by the mapping"))
        kept = QHBoxLayout()
        kept.setSpacing(NEAR)
        kept.addWidget(QLabel(_("Read by the mapping")))
        kept.addWidget(self.mapping)
        kept.addWidget(self.keep)
        kept.addStretch(1)
        reading = QWidget()
        page = QVBoxLayout(reading)
        page.setContentsMargins(0, NEAR, 0, 0)
        page.setSpacing(0)
        page.addLayout(kept)
        page.addWidget(self.tables, 1)
        self.tabs = QTabWidget()
        for widget in (self.rows, reading, self.names, self.findings):
            self.tabs.addTab(widget, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(FAR, APART, FAR, APART)
        column.setSpacing(NEAR)
        column.addWidget(self._title)
        column.addWidget(self.summary)
        column.addLayout(under_way)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.buttons)

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.rows.toggled.connect(self._toggle_rows)
        self.names.chosen.connect(self._answer)
        self.tables.corrected.connect(self._correct)
        self.mapping.activated.connect(self._use_mapping)
        self.keep.clicked.connect(self._ask_name)
        self.stop.clicked.connect(self._stop)
        self.leave_out.clicked.connect(lambda: self._read(self._choices, leaves_out=True))

    def _show(self, imported: Import) -> None:
        """Show a reading; it is what would be stored."""
        self.imported, self._choices, self._job = imported, imported.choices, None
        may_store = not imported.is_blocked and bool(imported.changes)
        self.summary.setText(summary_of(imported))
        self.summary.setToolTip("\n".join(touched_lines(imported)))
        self.store.setEnabled(may_store)
        self.store.setVisible(may_store or self._reread is not None)
        self.cancel.setText(_("Cancel") if may_store else _("Close"))
        (self.store if may_store else self.cancel).setDefault(True)
        self.leave_out.setVisible(bool(imported.refused) and self._reread is not None)
        self._show_under_way(is_reading=False)
        self.rows.show_rows(preview(imported))
        self.names.show_questions(imported.questions)
        self.tables.show_import(imported)
        self._findings.set_rows(imported.findings)
        self._fill_mappings()
        counts = (None, len(imported.tables), len(imported.questions), len(imported.findings))
        texts = (_("Rows of the files"), _("How they are read"), _("Like names"), _("Findings"))
        for at, (text, count) in enumerate(zip(texts, counts, strict=True)):
            self.tabs.setTabText(
                at, text if count is None else f"{text} {number_format.whole(count)}"
            )
            self.tabs.setTabVisible(at, count != 0)

    def _fill_mappings(self) -> None:
        used = {table.used for table in self.imported.tables if table.used}
        offered = {name for table in self.imported.tables for name in table.offers}
        self.mapping.clear()
        self.mapping.addItem(_("as proposed"), "")
        for name in sorted(offered | used):
            self.mapping.addItem(name, name)
        self.mapping.setCurrentIndex(max(self.mapping.findData(next(iter(used), "")), 0))

    def _toggle_rows(self, places: set[RowPlace]) -> None:
        """Leave rows out, or take them back in where all of them are out already."""
        skipped = self._choices.skipped
        now = skipped - places if places <= skipped else skipped | places
        self._read(replace(self._choices, skipped=frozenset(now)))

    def _answer(self, question: Question, code: str) -> None:
        matches = {**self._choices.matches, (question.table, question.key): code}
        self._read(replace(self._choices, matches=matches))

    def _correct(self, place: SheetPlace, tables: tuple[TableMapping, ...]) -> None:
        self._read(replace(self._choices, tables={**self._choices.tables, place: tables}))

    def _use_mapping(self, at: int) -> None:
        name = self.mapping.itemData(at)
        mappings = tuple(mapping for mapping in kept_mappings() if mapping.name == name)
        self._read(replace(self._choices, mappings=mappings, tables={}))

    def _ask_name(self) -> None:
        kinds = [word(table.mapping.kind) for table in self.imported.tables if table.mapping]
        name, is_given = QInputDialog.getText(
            self, _("Keep this mapping"), _("Its name"), text=next(iter(kinds), "")
        )
        if is_given and name.strip():
            self.keep_as(name.strip())

    def keep_as(self, name: str) -> None:
        """Keep how the tables are read, and which names stand for what, under a name."""
        mapping = replace(proposed(self.imported.tables, name), matches=self._choices.matches)
        keep_mapping(mapping)
        self._read(replace(self._choices, mappings=(mapping,), tables={}))

    def _read(self, choices: Choices, *, leaves_out: bool = False) -> None:
        """Read the files again with other choices; an earlier reading under way is dropped."""
        if self._reread is None:
            return
        if self._job is not None:
            self._job.cancel()
        self._choices = choices
        self.store.setEnabled(False)
        self._show_under_way(is_reading=True)
        self._job = self._reread(self.imported, choices, leaves_out, self._show)

    def _stop(self) -> None:
        """Give up the reading under way and its choice."""
        if self._job is not None:
            self._job.cancel()
        self._show(self.imported)

    def _show_under_way(self, *, is_reading: bool) -> None:
        for widget in (self.bar, self.stop):
            widget.setVisible(is_reading)

    def done(self, result: int) -> None:  # noqa: D102
        if self._job is not None:
            self._job.cancel()
        super().done(result)


def summary_of(imported: Import) -> str:
    """Return what an import would do, and whether it can, in sentences."""
    errors = sum(finding.severity is Severity.ERROR for finding in imported.findings)
    if errors:
        return ngettext(
            "{count} error keeps this from being imported. Mend it in the workbook and import it "
            "again, correct how it is read, or leave the row out; nothing has been stored.",
            "{count} errors keep this from being imported. Mend them in the workbook and import it "
            "again, correct how it is read, or leave the rows out; nothing has been stored.",
            errors,
        ).format(count=number_format.whole(errors))
    if not imported.changes:
        return _("Everything in it is in the plan already: nothing would change.")
    return _(
        "{added} rows would be added, {changed} changed and {removed} removed; {unchanged} are in "
        "the plan already. One undo takes all of it back."
    ).format(
        added=number_format.whole(imported.added),
        changed=number_format.whole(imported.changed),
        removed=number_format.whole(imported.removed),
        unchanged=number_format.whole(imported.unchanged),
    )


def _columns() -> tuple[ShownColumn[ImportFinding], ...]:
    return (
        ShownColumn(_("Severity"), lambda finding: word(finding.severity)),
        ShownColumn(_("File"), lambda finding: finding.file),
        ShownColumn(_("Sheet"), lambda finding: finding.sheet),
        ShownColumn(_("Cell"), lambda finding: finding.cell),
        ShownColumn(_("What is wrong"), lambda finding: finding.message, most_digits=44),
        ShownColumn(_("How to mend it"), lambda finding: finding.remedy, most_digits=44),
    )
