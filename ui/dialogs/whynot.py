"""Why not: the user names another move, it is forced and planned anew, and the answer is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.language import _, word
from app.model.plan import Measure
from app.model.vocabulary import MeasureKind, Wish
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.messages import explained
from ui.look.theme import APART, FAR, NEAR, set_role
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.number_box import NumberBox
from ui.work.jobs import Job
from ui.work.workspace import Workspace

if TYPE_CHECKING:
    from app.advice.whatif.whynot import GoalChange, PostChange, WhyNot

WIDTH, HEIGHT = 760, 540


class WhyNotDialog(QDialog):
    """Above the move in question, below what becomes better and worse if it is made."""

    def __init__(
        self, workspace: Workspace, measure: Measure | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Why not?"))
        self._workspace = workspace
        self._job: Job | None = None
        self.wish, self.unit, self.task = QComboBox(), _picker(), _picker()
        self.giver, self.taker, self.category = _picker(), _picker(), QComboBox()
        self.people, self.hours = NumberBox(), NumberBox()
        self.ask = QPushButton(icons.icon(Icon.RUN, is_on_accent=True), _("Try it"))
        self.hint, self.answer, self.objections = QLabel(), QLabel(), QLabel()
        self.goals = TableModel(_goal_columns(), key=lambda row: row.goal)
        self.posts = TableModel(self._post_columns(), key=lambda row: row.post_code)
        self._bar = QProgressBar()
        self._form = QFormLayout()
        self._result = QWidget()
        self._fill()
        self._lay_out()
        self.wish.currentIndexChanged.connect(self._follow_wish)
        self.unit.currentIndexChanged.connect(self._fill_unit)
        self.ask.clicked.connect(self.start)
        self._fill_unit()
        self._follow_wish()
        if measure is not None:
            self._begin_with(measure)

    def start(self) -> Job:
        """Force the move and plan the rest anew, in a worker."""
        from app.advice.whatif.asked_move import Asked  # noqa: PLC0415 - brings the solver

        wish = Wish(self.wish.currentData())
        is_task = wish in {Wish.MOVE_TASK, Wish.KEEP_TASK}
        asked = Asked(
            wish,
            unit_code=self.unit.currentData() or "",
            post_code=self.giver.currentData() or "",
            to_post_code=self.taker.currentData() or "",
            task_code=self.task.currentData() or "" if is_task else "",
            category=self.category.currentData() or "",
            people=self.people.value(),
            hours=self.hours.value() or None,
        )
        project = self._workspace.project
        assert project is not None
        advising = project.advising

        def work(job: Job) -> WhyNot:
            return advising.why_not(asked, on_progress=job.report, should_stop=job.should_stop)

        job = Job(_("Trying another move…"), work, may_cancel=True)
        self._job = job
        job.ended.connect(self._end)
        job.failed.connect(self._show_refusal)
        job.succeeded.connect(self.show_answer)
        self._show_running(True)
        return self._workspace.jobs.start(job)

    def show_answer(self, answer: WhyNot) -> None:
        """Show what becomes better and worse."""
        self.answer.setText(answer.sentence)
        self.objections.setText("\n".join(answer.objections))
        self.objections.setVisible(bool(answer.objections))
        self.goals.set_rows(answer.goals)
        self.posts.set_rows(answer.posts)
        self._result.setVisible(bool(answer.goals or answer.posts))

    def done(self, result: int) -> None:
        """Close; a run under way is stopped, since nobody waits for it any more."""
        if self._job is not None:
            self._job.cancel()
        super().done(result)

    def _fill(self) -> None:
        county = self._workspace.county
        for wish in Wish:
            self.wish.addItem(word(wish), wish.value)
        for unit in county.units.values():
            self.unit.addItem(unit.name, unit.unit_code)
        self.category.addItem(_("the most frequent"), "")
        for category in county.categories.values():
            self.category.addItem(category.category, category.category)
        self.people.setRange(0.5, 999)
        self.people.setDecimals(1)
        self.people.setValue(1)
        self.hours.setRange(0, 9_999_999)
        self.hours.setDecimals(0)
        self.hours.setSpecialValueText(_("all"))
        self.hours.setSuffix(_(" h"))

    def _fill_unit(self) -> None:
        county, unit_code = self._workspace.county, self.unit.currentData()
        self.task.clear()
        for task_unit, task_code in county.volumes:
            if task_unit == unit_code:
                self.task.addItem(county.tasks[(task_code,)].name, task_code)
        is_person = Wish(self.wish.currentData()) is Wish.MOVE_PEOPLE
        self.giver.clear()
        self.taker.clear()
        if not is_person:
            self.giver.addItem(_("whoever carries most of it"), "")
        for post in county.posts.values():
            if post.unit_code == unit_code:
                for box in (self.giver, self.taker):
                    box.addItem(_post_name(post.office, post.title), post.post_code)
        if is_person:
            self._add_far_posts(unit_code)

    def _add_far_posts(self, unit_code: str) -> None:
        county = self._workspace.county
        for post in county.posts.values():
            if post.unit_code != unit_code:
                unit = county.units[(post.unit_code,)].name
                self.taker.addItem(_post_name(unit, post.title), post.post_code)

    def _follow_wish(self) -> None:
        wish = Wish(self.wish.currentData())
        self._fill_unit()
        shown = {
            self.giver: wish in {Wish.MOVE_PEOPLE, Wish.MOVE_TASK},
            self.category: wish is Wish.MOVE_PEOPLE,
            self.people: wish is Wish.MOVE_PEOPLE,
            self.task: wish in {Wish.MOVE_TASK, Wish.KEEP_TASK},
            self.hours: wish is Wish.MOVE_TASK,
            self.taker: wish in {Wish.MOVE_PEOPLE, Wish.MOVE_TASK},
        }
        for widget, is_shown in shown.items():
            self._form.setRowVisible(widget, is_shown)

    def _begin_with(self, measure: Measure) -> None:
        """Begin with the move that a measure proposes otherwise."""
        wish = {
            MeasureKind.REASSIGN: Wish.MOVE_TASK,
            MeasureKind.CUT: Wish.KEEP_TASK,
        }.get(measure.kind, Wish.MOVE_PEOPLE)
        part = next(iter(measure.parts), None)
        unit_code = measure.unit_code or (part.unit_code if part else "") or measure.to_unit_code
        _choose(self.wish, wish.value)
        _choose(self.unit, unit_code)
        _choose(self.task, next(iter(measure.task_codes), ""))
        _choose(self.giver, measure.post_code)
        _choose(self.taker, next(iter(measure.to_post_codes), ""))
        _choose(self.category, measure.category)

    def _end(self) -> None:
        self._job = None
        self._show_running(False)

    def _show_running(self, is_running: bool) -> None:
        self._bar.setVisible(is_running)
        self.ask.setEnabled(not is_running)
        if is_running:
            self.hint.setText(
                _("Trying: this may take as long as finding the plan did. Closing stops it.")
            )
        self.hint.setVisible(is_running)

    def _show_refusal(self, error: BaseException) -> None:
        message = explained(error)
        if message is None:
            self._workspace.crashed.emit(error)
            return
        self._result.hide()
        self.objections.hide()
        self.answer.setText(str(error))
        self.answer.show()

    def _lay_out(self) -> None:
        self.resize(WIDTH, HEIGHT)
        self._form.setHorizontalSpacing(APART)
        self._form.setVerticalSpacing(NEAR)
        rows: tuple[tuple[str, QWidget], ...] = (
            (_("The move"), self.wish),
            (_("Unit"), self.unit),
            (_("Task"), self.task),
            (_("From post"), self.giver),
            (_("To post"), self.taker),
            (_("Staff category"), self.category),
            (_("People"), self.people),
            (_("Hours"), self.hours),
        )
        for name, widget in rows:
            widget.setAccessibleName(name)
            self._form.addRow(name, widget)
        set_role(self.ask, "primary")
        set_role(self.answer, "heading")
        set_role(self.objections, "muted")
        for label in (self.answer, self.objections):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.objections.hide()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.hide()
        self.hint.setText(
            _(
                "“Try it” does this move for certain, plans all the rest anew, and says which "
                "goals become better and which worse. Nothing in the plan changes."
            )
        )
        self.hint.setWordWrap(True)
        set_role(self.hint, "muted")
        goals, posts = (
            TableView(self.goals, name=_("Goals")),
            TableView(self.posts, name=_("Posts")),
        )
        inside = QVBoxLayout(self._result)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(NEAR)
        inside.addWidget(goals, 3)
        inside.addWidget(posts, 2)
        self._result.hide()
        buttons = QDialogButtonBox()
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.addButton(self.ask, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(FAR, FAR, FAR, APART)
        column.setSpacing(NEAR)
        column.addLayout(self._form)
        for widget in (self._bar, self.hint, self.answer, self.objections):
            column.addWidget(widget)
        column.addWidget(self._result, 1)
        column.addStretch(0)
        column.addWidget(buttons)

    def _post_columns(self) -> tuple[ShownColumn[PostChange], ...]:
        def name(row: PostChange) -> str:
            post = self._workspace.county.posts[(row.post_code,)]
            return _post_name(self._workspace.county.units[(post.unit_code,)].name, post.title)

        return (
            ShownColumn(_("Post"), name),
            ShownColumn(
                _("Today %"), lambda row: number_format.hundred(row.today), number_format.tenths
            ),
            ShownColumn(
                _("In the plan %"),
                lambda row: number_format.hundred(row.plan),
                number_format.tenths,
            ),
            ShownColumn(
                _("With the move %"),
                lambda row: number_format.hundred(row.wished),
                number_format.tenths,
            ),
        )


def _goal_columns() -> tuple[ShownColumn[GoalChange], ...]:
    return (
        ShownColumn(_("Goal"), lambda row: word(row.goal)),
        ShownColumn(_("In the plan"), lambda row: row.plan, number_format.tenths),
        ShownColumn(_("With the move"), lambda row: row.wished, number_format.tenths),
        ShownColumn(_("Change"), lambda row: row.change, number_format.signed),
        ShownColumn(_("That is"), lambda row: _judgement(row.change)),
    )


def _judgement(change: float) -> str:
    if not change:
        return _("the same")
    return _("worse") if change > 0 else _("better")


def _picker() -> QComboBox:
    """Return a list that is searched by typing any part of a name."""
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    completer = box.completer()
    assert completer is not None
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    return box


def _choose(box: QComboBox, data: object) -> None:
    at = box.findData(data) if data else -1
    if at >= 0:
        box.setCurrentIndex(at)


def _post_name(place: str, title: str) -> str:
    return f"{place} · {title}" if place else title
