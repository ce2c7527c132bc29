"""The import preview: what a workbook would change and what is wrong with it, before storing."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.findings import ImportFinding
from app.language import _, ngettext, word
from app.vocabulary import Severity
from app.workbooks.importing import Import
from ui import figuring
from ui.tables import Column, TableModel, TableView
from ui.theme import APART, FAR, set_role


class ImportDialog(QDialog):
    """Shows counts and findings; accepted when the user wants the import stored."""

    def __init__(self, imported: Import, names: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Import"))
        self.resize(880, 520)
        title = QLabel(names)
        set_role(title, "title")
        title.setWordWrap(True)
        self.summary = QLabel(summary_of(imported))
        self.summary.setWordWrap(True)
        rows = TableModel(_columns(), key=lambda finding: (finding.sheet, finding.cell, finding))
        rows.set_rows(imported.findings)
        table = TableView(rows, name=_("Findings of the import"))
        self.buttons = QDialogButtonBox()
        if imported.is_blocked or not imported.changes:
            close = self.buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
            close.setDefault(True)
        else:
            store = self.buttons.addButton(_("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
            store.setDefault(True)
            self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(FAR, FAR, FAR, APART)
        column.setSpacing(APART)
        column.addWidget(title)
        column.addWidget(self.summary)
        column.addWidget(table, 1)
        column.addWidget(self.buttons)
        table.setVisible(bool(imported.findings))
        if not imported.findings:
            column.addStretch(1)


def summary_of(imported: Import) -> str:
    """Return what an import would do, and whether it can, in sentences."""
    errors = sum(finding.severity is Severity.ERROR for finding in imported.findings)
    if errors:
        return ngettext(
            "{count} error keeps this from being imported. Mend it in the workbook, save it there "
            "and import it again; nothing has been stored.",
            "{count} errors keep this from being imported. Mend them in the workbook, save it "
            "there and import it again; nothing has been stored.",
            errors,
        ).format(count=figuring.whole(errors))
    if not imported.changes:
        return _("Everything in it is in the plan already: nothing would change.")
    return _(
        "{added} rows would be added, {changed} changed and {removed} removed; {unchanged} are in "
        "the plan already. One undo takes all of it back."
    ).format(
        added=figuring.whole(imported.added),
        changed=figuring.whole(imported.changed),
        removed=figuring.whole(imported.removed),
        unchanged=figuring.whole(imported.unchanged),
    )


def _columns() -> tuple[Column[ImportFinding], ...]:
    return (
        Column(_("Severity"), lambda finding: word(finding.severity)),
        Column(_("File"), lambda finding: finding.file),
        Column(_("Sheet"), lambda finding: finding.sheet),
        Column(_("Cell"), lambda finding: finding.cell),
        Column(_("What is wrong"), lambda finding: finding.message, most_digits=44),
        Column(_("How to mend it"), lambda finding: finding.remedy, most_digits=44),
    )
