"""The burden ledger: hours and people by kind, form, department, unit and task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.language import _, word
from app.method.burden.ledger import BurdenLedger, Effort, TopItems, arithmetic, top_items
from app.model.county import Task
from app.model.vocabulary import Burden, Form
from ui.look import number_format
from ui.look.theme import APART, NEAR, set_role
from ui.pages.page import Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.cards import Card, KeyFigure
from ui.work.jobs import Job
from ui.work.workspace import Workspace

TOP = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the ledger: what it is called, what it takes, and where its tasks are."""

    key: str
    name: str
    effort: Effort
    where: Where
    text: str = ""
    """What to look for in the tree."""


class LedgerView(QWidget):
    """Four figures, the hours grouped as the user likes, and the tasks to cut first."""

    asked = Signal(object, str)
    """A `Where`, and what to look for there."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._unit_code = ""
        self._ledger: BurdenLedger | None = None
        self._wanted: object = None
        self.kinds = {burden: KeyFigure() for burden in Burden}
        self.first = KeyFigure()
        self.grouping = QComboBox()
        self.parts: TableModel[Part] = TableModel(_part_columns(self), key=lambda row: row.key)
        self.top: TableModel[tuple[Task, Effort]] = TableModel(
            _top_columns(), key=lambda row: row[0].task_code
        )
        self.sentence = QLabel()
        self._lay_out()

    @property
    def total_hours(self) -> float:
        """Return all hours of the ledger shown."""
        return self._ledger.total.hours if self._ledger is not None else 0.0

    def show_unit(self, unit_code: str) -> None:
        """Show the ledger of a unit, '' being the county."""
        project = self._workspace.project
        assert project is not None
        self._unit_code, judging = unit_code, project.judging
        self._wanted = wanted = object()
        job = Job("", lambda job: judging.burden(unit_code or None))
        self._workspace.run(job, lambda ledger: self._show(ledger, wanted))

    def _show(self, ledger: BurdenLedger, wanted: object) -> None:
        if wanted is not self._wanted or not self._workspace.is_open:
            return
        self._ledger = ledger
        top = top_items(self._ledger, number=TOP)
        self._show_figures(self._ledger, top)
        self.top.set_rows(top.items)
        self.sentence.setText(
            _("Cutting these frees people: {arithmetic}").format(
                arithmetic=arithmetic(top.together)
            )
            if top.items
            else _("Nothing formalistic is in here; there is nothing to cut.")
        )
        self._show_parts()

    def _show_figures(self, ledger: BurdenLedger, top: TopItems) -> None:
        for burden, card in self.kinds.items():
            effort = ledger.by_burden.get(burden, Effort())
            share = effort.hours / ledger.total.hours if ledger.total.hours else None
            card.show_figure(
                number_format.whole(effort.hours),
                unit=_("h"),
                caption=word(burden)[:1].upper() + word(burden)[1:],
                detail=_("{share} of all hours · {people} people").format(
                    share=number_format.per_cent(share), people=number_format.tenths(effort.people)
                ),
            )
        self.first.show_figure(
            number_format.tenths(top.together.people),
            unit=_("people"),
            caption=_("Cutting the first {count}").format(
                count=number_format.whole(len(top.items))
            ),
            detail=_("{hours} h of formalistic work").format(
                hours=number_format.whole(top.together.hours)
            ),
        )

    def _show_parts(self) -> None:
        if self._ledger is not None:
            self.parts.set_rows(self._grouped(self._ledger, self.grouping.currentData()))

    def _grouped(self, ledger: BurdenLedger, grouping: str) -> Iterator[Part]:
        unit_code, county = self._unit_code, self._workspace.county
        here = partial(Where, "duties", unit_code=unit_code)
        if grouping == "kind":
            for burden, effort in ledger.by_burden.items():
                yield Part(burden.value, word(burden), effort, here(kind=burden))
        elif grouping == "form":
            for form, effort in ledger.by_form.items():
                name = word(form) if form is not None else _("no form")
                yield Part(name, name, effort, here(kind=form))
        elif grouping == "department":
            for name, effort in ledger.by_department.items():
                yield Part(name, name or _("no department"), effort, here(), name)
        elif grouping == "unit":
            for code, effort in ledger.by_unit.items():
                name = county.units[(code,)].name
                yield Part(code, name, effort, Where("duties", unit_code=code))
        else:
            for code, effort in ledger.by_task.items():
                yield Part(code, county.tasks[(code,)].name, effort, here(task_code=code))

    def _open_part(self, at: int) -> None:
        part = self.parts.row_at(at)
        self.asked.emit(part.where, part.text)

    def _open_top(self, at: int) -> None:
        task = self.top.row_at(at)[0]
        self.asked.emit(Where("duties", unit_code=self._unit_code, task_code=task.task_code), "")

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(APART)
        for burden, card in self.kinds.items():
            figures.addWidget(card, 1)
            card.clicked.connect(partial(self._open_kind, burden))
        figures.addWidget(self.first, 1)
        self.first.clicked.connect(partial(self._open_kind, Burden.FORMALISTIC))
        for text, data in (
            (_("By form"), "form"),
            (_("By kind"), "kind"),
            (_("By ordering department"), "department"),
            (_("By unit"), "unit"),
            (_("By task"), "task"),
        ):
            self.grouping.addItem(text, data)
        self.grouping.setAccessibleName(_("Group the hours"))
        self.grouping.currentIndexChanged.connect(self._show_parts)
        parts = TableView(self.parts, name=_("Where the hours come from"), key="burden")
        set_role(parts, "plain")
        parts.opened.connect(self._open_part)
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(NEAR)
        inside.addWidget(self.grouping)
        inside.addWidget(parts, 1)
        top = TableView(self.top, name=_("What to cut first"), key="burden.top")
        set_role(top, "plain")
        top.opened.connect(self._open_top)
        self.sentence.setWordWrap(True)
        set_role(self.sentence, "muted")
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(NEAR)
        inside.addWidget(top, 1)
        inside.addWidget(self.sentence)
        cards = QHBoxLayout()
        cards.setSpacing(APART)
        cards.addWidget(Card(_("Where the hours come from"), left), 1)
        cards.addWidget(Card(_("What to cut first"), right), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, NEAR, 0, 0)
        whole.setSpacing(APART)
        whole.addLayout(figures)
        whole.addLayout(cards, 1)

    def _open_kind(self, burden: Burden) -> None:
        self.asked.emit(Where("duties", unit_code=self._unit_code, kind=burden), "")


def _part_columns(view: LedgerView) -> tuple[ShownColumn[Part], ...]:
    def share(part: Part) -> float | None:
        return part.effort.hours / view.total_hours * 100 if view.total_hours else None

    return (
        ShownColumn(_("Group"), lambda part: part.name, most_digits=24),
        ShownColumn(_("h a year"), lambda part: part.effort.hours, number_format.whole),
        ShownColumn(_("Share %"), share, number_format.tenths),
        ShownColumn(
            _("People"),
            lambda part: part.effort.people,
            number_format.tenths,
            tip=_("Assigned × CAF ÷ AWT: the people who are busy with it"),
        ),
        ShownColumn(
            _("Pieces"),
            lambda part: part.effort.pieces,
            number_format.whole,
            tip=_("Volume of counted tasks in a year"),
        ),
    )


def _top_columns() -> tuple[ShownColumn[tuple[Task, Effort]], ...]:
    def form(row: tuple[Task, Effort]) -> str:
        found: Form | None = row[0].form
        return word(found) if found is not None else ""

    return (
        ShownColumn(_("Task"), lambda row: row[0].name, most_digits=22),
        ShownColumn(_("Form"), form),
        ShownColumn(_("h a year"), lambda row: row[1].hours, number_format.whole),
        ShownColumn(_("People"), lambda row: row[1].people, number_format.tenths),
        ShownColumn(_("Ordered by"), lambda row: row[0].ordered_by, most_digits=16),
    )
