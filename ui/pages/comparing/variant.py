"""One scenario beside the baseline: figures, the cells that differ, and adding another."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.advice.whatif.scenarios import Comparison, FigureDifference, FigureLevel, figure_word
from app.errors import UserError
from app.judging import Judging
from app.language import _, ngettext, word
from app.model.scenario import Scenario
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import NEAR, set_role
from ui.pages.comparing.adding import Adder
from ui.pages.comparing.differences import (
    CellRow,
    cell_rows,
    change_column,
    figure_place,
    figure_text,
    with_cell,
    without_cell,
)
from ui.pages.page import Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.work.workspace import Workspace


class VariantView(QWidget):
    """A heading, what the scenario is for, and in tabs its figures and its cells."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.scenario: Scenario | None = None
        self._judging: Judging | None = None
        self.title, self.sentence = QLabel(), QLabel()
        self.note, self.level = QLineEdit(), QComboBox()
        self.figures: TableModel[FigureDifference] = TableModel(
            self._figure_columns(), key=lambda row: (row.level, row.code, row.figure)
        )
        self.cells: TableModel[CellRow] = TableModel(self._cell_columns(), key=lambda row: row.key)
        self.cells.refused.connect(workspace.tell_error)
        self.adder = Adder(workspace)
        self.take_back = QPushButton(icons.icon(Icon.UNDO), _("As in the plan"))
        self.tabs = QTabWidget()
        self._lay_out()
        self._connect()

    def show_variant(
        self,
        scenario: Scenario,
        judging: Judging | None,
        found: Comparison | None,
        *,
        fault: str,
    ) -> None:
        """Show a scenario; without figures, what is wrong with it."""
        is_other = self.scenario is None or self.scenario.name != scenario.name
        self.scenario, self._judging = scenario, judging
        self.title.setText(scenario.name)
        if is_other or not self.note.isModified():
            self.note.setText(scenario.note)
            self.note.setModified(False)
        may_edit = self._workspace.may_edit
        self.note.setEnabled(may_edit)
        self.cells.may_edit = may_edit
        self.adder.setEnabled(may_edit)
        self.take_back.setEnabled(may_edit)
        county = judging.county if judging is not None else self._workspace.county
        self.figures.set_rows(found.figures if found is not None else ())
        self.cells.set_rows(cell_rows(found, county) if found is not None else ())
        self._filter()
        self.adder.refresh(county)
        self.sentence.setText(fault or self._said(found))

    def _said(self, found: Comparison | None) -> str:
        if found is None or not found.rows:
            return _("Nothing differs yet. State below what would be otherwise.")
        rows = ngettext("{count} row differs", "{count} rows differ", len(found.rows)).format(
            count=number_format.whole(len(found.rows))
        )
        figures = ngettext(
            "{count} figure with it", "{count} figures with them", len(found.figures)
        ).format(count=number_format.whole(len(found.figures)))
        return _("{rows}, {figures}.").format(rows=rows, figures=figures)

    def _filter(self) -> None:
        level = self.level.currentData()
        self.figures.set_filter(lambda row: level in (None, row.level))

    def _keep(self, scenario: Scenario) -> None:
        project = self._workspace.project
        assert project is not None
        if scenario != self.scenario:
            self._workspace.change_widely(
                _("Keeping the scenario…"), partial(project.keep_scenario, scenario)
            )

    def _set_cell(self, row: CellRow, text: str) -> None:
        assert self.scenario is not None
        if row.is_removed:
            raise UserError(
                _("This row is gone in the scenario."),
                remedy=_("Press “As in the plan” to bring it back first."),
            )
        self._keep(with_cell(self.scenario, row.record, row.field, text))

    def _add(self) -> None:
        record, field = self.adder.record, self.adder.field
        if self.scenario is None or record is None or not field:
            return
        try:
            scenario = with_cell(self.scenario, record, field, self.adder.value.text())
        except UserError as error:
            self._workspace.tell_error(error)
            return
        self._keep(scenario)

    def _take_back(self) -> None:
        scenario, baseline = self.scenario, self._workspace.county
        if scenario is None:
            return
        for at in self._cell_table.rows_chosen():
            scenario = without_cell(scenario, baseline, self.cells.row_at(at))
        self._keep(scenario)

    def _keep_note(self) -> None:
        if self.scenario is not None and self.note.isModified():
            self.note.setModified(False)
            self._keep(replace(self.scenario, note=self.note.text().strip()))

    def _open_figure(self, at: int) -> None:
        row, figures = self.figures.row_at(at), self._workspace.figures
        if row.level is FigureLevel.POST and row.code in figures.posts:
            unit = figures.posts[row.code].unit_code
            self.asked.emit(Where("posts", unit_code=unit, post_code=row.code))
        elif row.level is FigureLevel.UNIT and row.code in figures.units:
            self.asked.emit(Where("units", unit_code=row.code))

    def _figure_columns(self) -> tuple[ShownColumn[FigureDifference], ...]:
        def place(row: FigureDifference) -> str:
            after = self._judging.figures if self._judging is not None else None
            return figure_place(row, self._workspace.figures, after or self._workspace.figures)

        return (
            ShownColumn(_("Level"), lambda row: word(row.level)),
            ShownColumn(_("Where"), place, most_digits=20),
            ShownColumn(_("Figure"), lambda row: figure_word(row.figure)),
            ShownColumn(_("In the plan"), lambda row: figure_text(row.figure, row.before), str),
            ShownColumn(_("In the scenario"), lambda row: figure_text(row.figure, row.after), str),
            change_column(),
        )

    def _cell_columns(self) -> tuple[ShownColumn[CellRow], ...]:
        return (
            ShownColumn(_("Table"), lambda row: word(row.table).replace("_", " ")),
            ShownColumn(_("Row"), lambda row: row.name, most_digits=26),
            ShownColumn(_("Field"), lambda row: row.heading),
            ShownColumn(_("In the plan"), lambda row: row.before, most_digits=16),
            ShownColumn(
                _("In the scenario"),
                lambda row: row.after,
                most_digits=16,
                tip=_("Type to change what differs"),
                edit=self._set_cell,
            ),
            ShownColumn(_("Kind"), lambda row: row.change),
        )

    def _connect(self) -> None:
        self.level.currentIndexChanged.connect(self._filter)
        self.note.editingFinished.connect(self._keep_note)
        self.adder.added.connect(self._add)
        self.take_back.clicked.connect(self._take_back)

    def _lay_out(self) -> None:
        set_role(self.title, "heading")
        set_role(self.sentence, "muted")
        self.sentence.setWordWrap(True)
        self.note.setPlaceholderText(_("What this scenario is for"))
        self.note.setAccessibleName(_("What this scenario is for"))
        self.level.setAccessibleName(_("Level"))
        self.level.addItem(_("All levels"), None)
        for level in FigureLevel:
            self.level.addItem(word(level), level)
        figures = TableView(self.figures, name=_("Figures that differ"), key="variant.figures")
        figures.opened.connect(self._open_figure)
        self._cell_table = TableView(self.cells, name=_("Cells that differ"), key="variant.cells")
        first, second = QWidget(), QWidget()
        for tab in (first, second):
            inside = QVBoxLayout(tab)
            inside.setContentsMargins(0, NEAR, 0, 0)
            inside.setSpacing(NEAR)
            above = QHBoxLayout()
            if tab is first:
                above.addWidget(self.level)
            else:
                above.addWidget(self.adder, 1)
            if tab is first:
                above.addStretch(1)
            inside.addLayout(above)
            inside.addWidget(figures if tab is first else self._cell_table, 1)
        inside.addWidget(self.take_back, 0, Qt.AlignmentFlag.AlignRight)
        self.tabs.addTab(first, _("Figures"))
        self.tabs.addTab(second, _("What differs"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(NEAR)
        for widget in (self.title, self.note, self.sentence):
            whole.addWidget(widget)
        whole.addWidget(self.tabs, 1)
