"""The inspector: one post beside the table, its load in parts and its required headcount."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from app.model.figures import Load, PostFigures
from ui.look import icons, number_format
from ui.look.help_texts import tip
from ui.look.icons import Icon
from ui.look.theme import APART, NEAR, TIGHT, set_role
from ui.pages.page import Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.work.workspace import Workspace

WIDTH = 332
LEAST_TASKS = 5
"""Lines of the table of tasks that are there in a low window; the whole is scrolled then."""
LoadLine = tuple[str, str, str]
"""What a figure is, the figure, and the term of the help that explains it, '' for none."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One task that the post carries, with its hours."""

    task_code: str
    name: str
    hours: float


class PostInspector(QFrame):
    """Says where a post's load comes from and how its required headcount is reckoned."""

    asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._post: PostFigures | None = None
        set_role(self, "card")
        self.setFixedWidth(WIDTH)
        self._title, self._place = QLabel(), QLabel()
        set_role(self._title, "heading")
        set_role(self._place, "caption")
        self._lines = QGridLayout()
        self._lines.setVerticalSpacing(TIGHT)
        self._lines.setColumnStretch(0, 1)
        self._tasks = TableModel(_columns(), key=lambda task: task.task_code)
        self._table = TableView(self._tasks, name=_("Tasks of this post"), key="post.tasks")
        set_role(self._table, "plain")
        self._table.opened.connect(self._open_task)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._open = QPushButton(icons.icon(Icon.MATRIX), _("Open in the matrix"))
        self._open.clicked.connect(self._open_post)
        self._filled = QWidget()
        self._empty = QLabel(_("Select a post to see where its load comes from."))
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._empty, "muted")
        self._lay_out()
        self.show_post(None)

    def show_post(self, post: PostFigures | None) -> None:
        """Show a post, or what to do to see one."""
        self._post = post
        self._filled.setVisible(post is not None)
        self._empty.setVisible(post is None)
        if post is None:
            return
        figures = self._workspace.figures
        self._title.setText(post.title)
        unit = figures.units[post.unit_code].name
        self._place.setText(f"{unit} · {post.office}" if post.office else unit)
        self._show_lines(_load_lines(post, figures.band_scheme))
        self._tasks.set_rows(self._carried(post))

    def _carried(self, post: PostFigures) -> list[Carried]:
        county = self._workspace.county
        carried = [
            Carried(task_code, county.tasks[(task_code,)].name, hours)
            for (_unit, task_code, code), hours in self._workspace.figures.hours.items()
            if code == post.post_code
        ]
        return sorted(carried, key=lambda task: -task.hours)

    def _show_lines(self, lines: list[LoadLine]) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for row, (name, value, term) in enumerate(lines):
            label, figure = QLabel(name), QLabel(value)
            for one in (label, figure):
                one.setToolTip(tip(term) if term else "")
            set_role(label, "muted")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._lines.addWidget(label, row, 0)
            self._lines.addWidget(figure, row, 1)

    def _open_post(self) -> None:
        if self._post is not None:
            self.asked.emit(
                Where("matrix", unit_code=self._post.unit_code, post_code=self._post.post_code)
            )

    def _open_task(self, row: int) -> None:
        if self._post is not None:
            self.asked.emit(
                Where(
                    "matrix",
                    unit_code=self._post.unit_code,
                    post_code=self._post.post_code,
                    task_code=self._tasks.row_at(row).task_code,
                )
            )

    def _lay_out(self) -> None:
        facts = QWidget()
        shown = QVBoxLayout(facts)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(NEAR)
        shown.addLayout(self._lines)
        shown.addWidget(self._table, 1)
        self._table.setMinimumHeight(
            LEAST_TASKS * self._table.verticalHeader().defaultSectionSize()
        )
        area = QScrollArea()
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(facts)
        inside = QVBoxLayout(self._filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(NEAR)
        inside.addWidget(self._title)
        inside.addWidget(self._place)
        inside.addWidget(area, 1)
        inside.addWidget(self._open)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(APART, NEAR + TIGHT, APART, APART)
        outside.addWidget(self._filled)
        outside.addWidget(self._empty)


def _load_lines(post: PostFigures, scheme: str) -> list[LoadLine]:
    load = post.load
    return [
        (_("Assigned tasks h"), number_format.tenths(load.assigned_hours), "assigned"),
        (_("What everybody does h"), number_format.tenths(load.category_hours), "caf"),
        (_("Single allowances h"), number_format.tenths(load.individual_hours), ""),
        (_("Workload h"), number_format.tenths(load.workload_hours), "workload"),
        (
            _("Capacity h ({awt} each)").format(awt=number_format.whole(post.awt_hours)),
            number_format.tenths(load.capacity_hours),
            "capacity",
        ),
        (
            _("Saturation"),
            f"{number_format.per_cent(load.saturation)} · {number_format.band_word(load, scheme)}",
            "saturation",
        ),
        *_peak_line(load),
        (_("Required: A × B + C"), number_format.hundredths(load.required), "required"),
        ("", f"{load.a:.2f} × {load.b:.2f} + {load.c:.2f}", ""),
        (_("Required, rounded"), number_format.people(load.required_rounded), ""),
        (_("On duty"), number_format.people(load.existing), "on_duty"),
    ]


def _peak_line(load: Load) -> list[LoadLine]:
    if load.peak_month is None:
        return []
    month = _("Peak month: {month}").format(month=load.peak_month)
    return [(month, number_format.per_cent(load.peak_saturation), "")]


def _columns() -> tuple[ShownColumn[Carried], ...]:
    return (
        ShownColumn(_("Task"), lambda task: task.name),
        ShownColumn(_("h"), lambda task: task.hours, number_format.tenths),
    )
