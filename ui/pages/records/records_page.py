"""The inputs, kind by kind: a table and a form in which everything can be made and changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.language import _, word
from app.model.county import (
    Allowance,
    Change,
    County,
    Duty,
    Establishment,
    PolicyValue,
    Post,
    Profile,
    Record,
    StaffCategory,
    Task,
    Unit,
    WorkingTime,
)
from app.model.editing.hanging import removal, renamed
from app.model.editing.making import additions, copies, moved_posts, new_record, renamed_office
from app.model.vocabulary import Table
from app.workbooks.standard.typed import column_of
from ui.dialogs import questions
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import APART, NEAR, set_role
from ui.pages.page import Page, Where
from ui.pages.records.record_columns import code_of, form_fields, record_columns, written
from ui.pages.records.row_pasting import pasted_rows
from ui.pages.records.row_words import hanging_lines, name_of, names_of, written_key
from ui.pages.records.settings_rows import setting_columns, setting_rows
from ui.tables.clipping import clipboard_block
from ui.tables.table import TableModel, TableView, shown_text
from ui.widgets.form import RecordForm, Shown
from ui.widgets.head_fields import SearchField
from ui.widgets.own_actions import add_action
from ui.work.workspace import Workspace

KINDS: tuple[type[Record], ...] = (
    Unit,
    StaffCategory,
    Establishment,
    Post,
    Duty,
    Task,
    WorkingTime,
    Allowance,
    Profile,
    PolicyValue,
)
"""The kinds in the order in which a plan is set up."""
LIST_WIDTH, FORM_WIDTH = 128, 290
LEAST_WITH_FORM = 860
"""Logical pixels of the page below which the table has the place of the form."""


class RecordsPage(Page):
    """Left the kinds of rows, in the middle one kind as a table, right the selected rows."""

    NAME = "records"
    WATCHES = frozenset(Table) - {Table.PLANS, Table.SCENARIOS}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Basic data"))
        self.kinds = QListWidget()
        self.search = SearchField(_("Find a row"))
        self.rows: TableModel[Any] = TableModel(
            [], key=lambda row: row.key, store=workspace.change, name_of=name_of
        )
        self.table = TableView(self.rows, name=_("Rows of this kind"))
        self.add = _button(Icon.INTAKE, _("Add"), self.add_row)
        self.copy_rows = _button(Icon.COPY, _("Duplicate"), self.duplicate)
        self.remove = _button(Icon.REMOVE, _("Delete"), self.delete)
        self.paste = _button(Icon.IMPORT, _("Paste rows"), self.paste_rows)
        self.forms: dict[type[Record], RecordForm] = {}
        self._form_place = QVBoxLayout()
        self._shown: tuple[object, ...] = ()
        self._to_show: object = None
        self._has_form = False
        self._lay_out()
        self._connect()

    @property
    def kind(self) -> type[Record]:
        """Return the kind of rows that is shown."""
        return KINDS[max(0, self.kinds.currentRow())]

    @property
    def county(self) -> County:
        """Return the inputs as they are now."""
        return self.workspace.county

    def refresh(self) -> None:
        """Show the rows of the kind chosen as they are now."""
        for at, kind in enumerate(KINDS):
            count = len(self.county.rows(kind.TABLE))
            self.kinds.item(at).setText(f"{word(kind.TABLE).capitalize()}  {count:,}")
        shown = self.kind, tuple(self.county.categories) if self.kind is Post else ()
        self.rows.may_edit = self.workspace.may_edit
        is_other = shown != self._shown
        if is_other:
            self._shown = shown
            self.rows.set_rows(())
            self.rows.set_filter(lambda row: True)
            self.rows.set_columns(self._columns())
        is_policy = self.kind is PolicyValue
        rows = (
            setting_rows(self.county) if is_policy else self.county.rows(self.kind.TABLE).values()
        )
        self.rows.set_rows(rows)
        if is_other:
            self.table.fit_columns()
        for button in (self.add, self.copy_rows, self.remove, self.paste):
            button.setVisible(not is_policy)
            button.setEnabled(self.workspace.may_edit)
        if self._to_show is not None and self.table.show_key(self._to_show):
            self._to_show = None
        self._filter()

    def go_to(self, where: Where) -> None:
        """Show the units, or the kind that a post or a task to select is of."""
        for kind, key in (
            (Post, where.post_code),
            (Task, where.task_code),
            (Unit, where.unit_code),
        ):
            if key:
                self.search.clear()
                self.kinds.setCurrentRow(KINDS.index(kind))
                self.table.show_key((key,))
                return

    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.search.setFocus()

    def chosen(self) -> list[Record]:
        """Return the selected rows."""
        return [self.rows.row_at(at) for at in self.table.rows_chosen()]

    def add_row(self) -> None:
        """Add a row that stands where the selected one stands, and select it."""
        chosen = self.chosen()
        try:
            row = new_record(self.county, self.kind, chosen[0] if chosen else None)
        except UserError as error:
            self.workspace.tell_error(error)
            return
        self.search.clear()
        self._store(
            _("Add “{name}”").format(name=name_of(row)), additions(self.county, [row]), shows=row
        )

    def duplicate(self) -> None:
        """Set a copy beside each selected row, with what belongs to it."""
        chosen = self.chosen()
        if not chosen:
            return
        try:
            changes = copies(self.county, chosen)
        except UserError as error:
            self.workspace.tell_error(error)
            return
        made = next(c.after for c in changes if isinstance(c.after, self.kind))
        self._store(_("Duplicate {names}").format(names=names_of(chosen)), changes, shows=made)

    def delete(self) -> None:
        """Take the selected rows away, with what hangs on them, once that was said."""
        chosen = self.chosen()
        if not chosen:
            return
        found = removal(self.county, chosen)
        title = _("Delete {names}?").format(names=names_of(chosen))
        if found.hanging and not questions.ask_to_remove(self, title, hanging_lines(found)):
            return
        self._store(_("Delete {names}").format(names=names_of(chosen)), list(found.changes))

    def paste_rows(self) -> None:
        """Add the rows that were copied in a spreadsheet, all of them or none."""
        titles = [self.rows.columns[at].title for at in self.table.columns_shown()]
        try:
            changes = pasted_rows(self.county, self.kind, clipboard_block(), titles)
        except UserError as error:
            self.workspace.tell_error(error)
            return
        rows = [change.after for change in changes if isinstance(change.after, self.kind)]
        if rows:
            text = _("Paste {count} rows of {kind}").format(
                count=number_format.whole(len(rows)), kind=word(self.kind.TABLE)
            )
            self._store(text, changes, shows=rows[0])

    def _store(self, label: str, changes: list[Change], shows: Record | None = None) -> None:
        if changes and self.workspace.may_edit:
            self._to_show = shows.key if shows is not None else None
            self.workspace.change(label, changes)

    def _rename(self, row: Record, text: str) -> None:
        after = written_key(row, text)
        if after.key in self.county.rows(row.TABLE):
            raise UserError(
                _("“{key}” is there already.").format(key=text), remedy=_("Take another name.")
            )
        label = _("Rename “{old}” to “{new}”").format(old=row.key[0], new=after.key[0])
        self._store(label, renamed(self.county, row, after), shows=after)

    def _move(self, row: Record, text: str) -> None:
        """Put a post, and with it the other selected ones, into another unit."""
        unit_code = code_of(self.county, Table.UNITS, text.strip())
        posts = list({one.key: one for one in (row, *self.chosen())}.values())
        unit = self.county.units[(unit_code,)].name
        label = _("Move {names} to {unit}").format(names=names_of(posts), unit=unit)
        moved = moved_posts(
            self.county, [p for p in posts if isinstance(p, Post)], unit_code=unit_code
        )
        self._store(label, moved, shows=row)

    def rename_office(self) -> None:
        """Ask for another name of the office in which the selected post stands."""
        post = next((row for row in self.chosen() if isinstance(row, Post)), None)
        if post is None or not post.office:
            return
        title = _("Rename an office")
        text, is_given = QInputDialog.getText(
            self, title, _("New name of “{name}”:").format(name=post.office), text=post.office
        )
        if is_given and text.strip() and text.strip() != post.office:
            label = _("Rename “{old}” to “{new}”").format(old=post.office, new=text.strip())
            self._store(
                label, renamed_office(self.county, post.unit_code, post.office, text.strip())
            )

    def _columns(self) -> list[Any]:
        if self.kind is PolicyValue:
            return setting_columns(lambda: self.county)
        return record_columns(lambda: self.county, self.kind, self._rename, self._move)

    def _edit(self, field: str, text: str) -> None:
        column = column_of(self.kind, field)
        try:
            changes = [
                Change(before=row, after=written(self.county, row, column, text))
                for row in self.chosen()
            ]
        except UserError as error:
            self.workspace.tell_error(error)
            self._show_form()
            return
        names = names_of([change.record for change in changes])
        self._store(_("Change {names}").format(names=names), changes)

    def _show_form(self) -> None:
        kind, chosen = self.kind, self.chosen()
        fields = [Shown(name) for name in form_fields(kind)] if kind is not PolicyValue else []
        if fields and kind not in self.forms:
            form = self.forms[kind] = RecordForm(kind, fields)
            form.edited.connect(self._edit)
            self._form_place.insertWidget(0, form)
        for one, form in self.forms.items():
            form.setVisible(one is kind and bool(chosen))
        self._has_form = bool(fields)
        self._fit_form()
        if fields and chosen:
            self.forms[kind].show_records(chosen, may_edit=self.workspace.may_edit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802
        super().resizeEvent(event)
        self._fit_form()

    def _fit_form(self) -> None:
        """Leave a narrow window to the table, in whose cells all of the form can be typed."""
        self.inspector.setVisible(self._has_form and self.width() >= LEAST_WITH_FORM)

    def _filter(self) -> None:
        wanted = self.search.text().strip().casefold()
        columns = self.rows.columns
        self.rows.set_filter(
            lambda row: (
                not wanted
                or any(wanted in shown_text(column, row).casefold() for column in columns)
            )
        )
        self.table.select_something()
        self._show_form()
        shown, count = len(self.rows.shown), len(self.county.rows(self.kind.TABLE))
        self.hint.setText(
            _("{shown} of {all} rows").format(
                shown=number_format.whole(shown), all=number_format.whole(max(shown, count))
            )
            if wanted
            else _("Double-click a cell to change it; several rows at once in the form.")
        )

    def _connect(self) -> None:
        self.kinds.currentRowChanged.connect(self._follow_kind)
        self.search.textChanged.connect(self._filter)
        self.rows.refused.connect(self.workspace.tell_error)
        self.table.selectionModel().selectionChanged.connect(lambda *_parts: self._show_form())
        add_action(self.table, _("Add"), self.add_row, "Ins")
        add_action(self.table, _("Duplicate"), self.duplicate, "Ctrl+D")
        add_action(self.table, _("Delete"), self.delete, "Del")
        add_action(self.table, _("Paste rows"), self.paste_rows, "Ctrl+Shift+V")
        add_action(self.table, _("Rename the office…"), self.rename_office)

    def _follow_kind(self) -> None:
        if self.workspace.is_open:
            self.search.clear()
            self.refresh()

    def _lay_out(self) -> None:
        self.kinds.setAccessibleName(_("Kinds of rows"))
        self.kinds.setFixedWidth(LIST_WIDTH)
        self.kinds.addItems([word(kind.TABLE) for kind in KINDS])
        self.kinds.setCurrentRow(0)
        self.search.setFixedWidth(180)
        self.head.addWidget(self.search)
        buttons = QHBoxLayout()
        buttons.setSpacing(NEAR)
        for button in (self.add, self.copy_rows, self.remove, self.paste):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        inside = QWidget()
        inside.setLayout(self._form_place)
        self._form_place.setContentsMargins(APART, APART, APART, APART)
        self._form_place.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.inspector = QFrame()
        set_role(self.inspector, "card")
        self.inspector.setFixedWidth(FORM_WIDTH)
        place = QVBoxLayout(self.inspector)
        place.setContentsMargins(1, 1, 1, 1)
        place.addWidget(area)
        row = QHBoxLayout()
        row.setSpacing(NEAR)
        row.addWidget(self.kinds)
        row.addWidget(self.table, 1)
        row.addWidget(self.inspector)
        self.body.addLayout(row, 1)
        self.nothing.hide()


def _button(icon: Icon, text: str, do: Callable[[], None]) -> QPushButton:
    button = QPushButton(icons.icon(icon), text)
    button.clicked.connect(do)
    return button
