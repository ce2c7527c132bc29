"""The overview: four figures, what to do next, and where the load lies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.language import _, ngettext
from app.model.figures import Figures, PostFigures, count_in
from app.model.vocabulary import OVERLOADED, Band, Burden, Severity
from app.report.chart_rows import heat_places, scale_of, unit_bars
from app.report.wording import overloaded_posts
from ui.look import number_format
from ui.look.help_texts import tip
from ui.look.theme import APART, NEAR, TIGHT, is_dark, set_role
from ui.pages.page import Page, Where
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.widgets.buttons import StepButton
from ui.widgets.cards import Card, KeyFigure
from ui.widgets.figure import FigureView
from ui.work.workspace import Workspace

MOST_OVERLOADED = 16

NextStep = tuple[str, Where]


class OverviewPage(Page):
    """What a leader sees first; every figure opens the rows behind it."""

    NAME = "overview"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Overview"))
        self.saturation, self.overloaded = KeyFigure(), KeyFigure()
        self.difference, self.unassigned = KeyFigure(), KeyFigure()
        self.saturation.setToolTip(tip("saturation"))
        self.overloaded.setToolTip(tip("band"))
        self.difference.setToolTip(tip("difference"))
        self.unassigned.setToolTip(tip("unassigned"))
        self.chart, self.heat = FigureView(workspace.jobs), FigureView(workspace.jobs)
        self.months, self.forms = FigureView(workspace.jobs), FigureView(workspace.jobs)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        self._posts = TableModel(_columns(workspace), key=lambda post: post.post_code)
        self._heat_card = Card("", self.heat, is_at_top=True)
        self._month_card = Card("", self.months, is_at_top=True)
        self._form_card = Card("", self.forms, is_at_top=True)
        self._area = QScrollArea()
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._link_figures()
        self._lay_out()
        workspace.found.connect(self._follow_findings)

    def refresh(self) -> None:
        """Show the county's figures, what follows from them, and the loads."""
        if self.offer_import(self._area):
            return
        figures = self.workspace.figures
        self.hint.setText(
            _("{units} units · {posts} posts · {tasks} tasks").format(
                units=number_format.whole(len(figures.units)),
                posts=number_format.whole(len(figures.posts)),
                tasks=number_format.whole(len(self.workspace.county.tasks)),
            )
        )
        self._show_figures(figures)
        self._show_steps()
        worst = [post for post in figures.posts.values() if post.load.band in OVERLOADED]
        worst.sort(key=lambda post: -(post.load.saturation or float("inf")))
        self._posts.set_rows(worst[:MOST_OVERLOADED])
        self._show_charts(figures)

    def take_focus(self) -> None:
        """Put the focus on the first figure, at the top of the page."""
        self.saturation.setFocus()

    def _show_charts(self, figures: Figures) -> None:
        is_now_dark, rows = is_dark(), unit_bars(figures)

        def draw(width: float) -> Any:
            from app.report.charts.bars import saturation_chart  # noqa: PLC0415 - slow, so in a worker
            from app.report.theme import DARK, LIGHT  # noqa: PLC0415 - slow, so in a worker

            return saturation_chart(
                rows,
                title=_("Saturation of each unit"),
                scale=scale_of(figures),
                most=max(1, len(rows)),
                width=width,
                ground=DARK if is_now_dark else LIGHT,
            )

        def draw_heat(width: float) -> Any:
            from app.report.charts.pictures import offices_chart  # noqa: PLC0415 - slow, so in a worker
            from app.report.theme import DARK, LIGHT  # noqa: PLC0415 - slow, so in a worker

            ground = DARK if is_now_dark else LIGHT
            return offices_chart(figures, most=max(1, len(rows)), width=width, ground=ground)

        self.chart.show_figure(draw, description=_("Saturation of each unit as bars"))
        has_offices = any(office.office for office in figures.offices.values())
        self._heat_card.setVisible(has_offices)
        if has_offices:
            self.heat.show_figure(draw_heat, description=_("Saturation by unit and office"))
        self._show_year(figures)

    def _show_year(self, figures: Figures) -> None:
        """Show the months of the year and the burden by form, where there is any work."""
        county, is_now_dark = self.workspace.county, is_dark()
        has_forms = any(task.burden is not Burden.SUBSTANTIVE for task in county.tasks.values())
        for card, has_any in (
            (self._month_card, figures.county.load.workload_hours > 0),
            (self._form_card, has_forms and figures.county.demand_hours > 0),
        ):
            card.setVisible(has_any)

        def draw(width: float, *, is_of_forms: bool) -> Any:
            from app.report.charts import showing  # noqa: PLC0415 - slow, so in a worker
            from app.report.theme import DARK, LIGHT  # noqa: PLC0415 - slow, so in a worker

            ground = DARK if is_now_dark else LIGHT
            make = showing.forms_chart if is_of_forms else showing.months_chart
            chart = make(county, figures, width=width, ground=ground)
            return chart or showing.months_chart(county, figures, width=width, ground=ground)

        if self._month_card.isVisibleTo(self):
            of_year = partial(draw, is_of_forms=False)
            self.months.show_figure(of_year, description=_("Month by month"))
        if self._form_card.isVisibleTo(self):
            of_forms = partial(draw, is_of_forms=True)
            self.forms.show_figure(of_forms, description=_("Burden by form"))

    def _show_figures(self, figures: Figures) -> None:
        county, posts = figures.county, list(figures.posts.values())
        load = county.load
        self.saturation.show_figure(
            number_format.per_cent(load.saturation),
            unit="",
            caption=_("Saturation of the county"),
            detail=number_format.band_word(load, figures.band_scheme),
            band=load.band,
        )
        severe = count_in(posts, {Band.SEVERE})
        self.overloaded.show_figure(
            number_format.whole(count_in(posts, OVERLOADED)),
            unit=_("posts"),
            caption=_("Overloaded posts"),
            detail=_("of {all}; {severe} severely").format(
                all=number_format.whole(len(posts)), severe=number_format.whole(severe)
            ),
        )
        self.difference.show_figure(
            number_format.signed(load.difference),
            unit=_("people"),
            caption=_("On duty less required"),
            detail=_("{existing} on duty, {required} required").format(
                existing=number_format.people(load.existing),
                required=number_format.tenths(load.required),
            ),
        )
        self.unassigned.show_figure(
            number_format.whole(county.unassigned_hours),
            unit=_("h"),
            caption=_("Hours nobody carries"),
            detail=_("of {all} h of all tasks").format(
                all=number_format.whole(county.demand_hours)
            ),
        )

    def _show_steps(self) -> None:
        while self._steps.count():
            item = self._steps.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for text, where in self._next_steps():
            link = StepButton(text)
            link.clicked.connect(partial(self.asked.emit, where))
            self._steps.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _next_steps(self) -> Iterator[NextStep]:
        figures, plan = self.workspace.figures, self.workspace.plan
        if not figures.posts:
            yield _("There are no posts in this plan yet: import them."), Where("import")
            return
        errors = sum(item.severity is Severity.ERROR for item in self.workspace.findings)
        if errors:
            yield (
                ngettext(
                    "The check-up found {count} error in the data; mend it first.",
                    "The check-up found {count} errors in the data; mend them first.",
                    errors,
                ).format(count=number_format.whole(errors)),
                Where("checkup"),
            )
        yield from self._unassigned_step(figures)
        yield from self._worst_step(figures)
        if plan is None:
            yield (
                _("There is no plan yet: let the program look for measures."),
                Where("plan"),
            )
            return
        if plan.measures:
            now, then = overloaded_posts(figures, plan)
            yield (
                _("{count} measures bring the overloaded posts from {now} to {then}.").format(
                    count=number_format.whole(len(plan.measures)),
                    now=number_format.whole(now),
                    then=number_format.whole(then),
                ),
                Where("plan"),
            )

    def _unassigned_step(self, figures: Figures) -> Iterator[NextStep]:
        open_tasks = [task for task in figures.tasks.values() if task.unassigned_hours >= 0.5]
        if not open_tasks:
            return
        worst = max(figures.units.values(), key=lambda unit: unit.unassigned_hours)
        yield (
            _("{count} tasks have hours that no post carries, most of them in {unit}.").format(
                count=number_format.whole(len(open_tasks)), unit=worst.name
            ),
            Where("matrix", unit_code=worst.unit_code, is_open_only=True),
        )

    def _worst_step(self, figures: Figures) -> Iterator[NextStep]:
        posts = [post for post in figures.posts.values() if post.load.saturation is not None]
        worst = max(posts, key=lambda post: post.load.saturation or 0.0, default=None)
        if worst is None or worst.load.band not in OVERLOADED:
            return
        yield (
            _("{post} in {unit} is loaded to {saturation}: see what it carries.").format(
                post=worst.title,
                unit=figures.units[worst.unit_code].name,
                saturation=number_format.per_cent(worst.load.saturation),
            ),
            Where("matrix", unit_code=worst.unit_code, post_code=worst.post_code),
        )
        units = [unit for unit in figures.units.values() if unit.load.saturation is not None]
        heaviest = max(units, key=lambda unit: unit.load.saturation or 0.0, default=None)
        if heaviest is not None:
            yield (
                _("{unit} on a page: what its leader asks first.").format(unit=heaviest.name),
                Where("township", unit_code=heaviest.unit_code),
            )

    def _follow_findings(self) -> None:
        if self.isVisible() and self.workspace.is_open:
            self._show_steps()

    def _link_figures(self) -> None:
        self.heat.chosen.connect(self._open_cell)
        for card, where in (
            (self.saturation, Where("units")),
            (self.overloaded, Where("posts", bands=frozenset(OVERLOADED))),
            (self.difference, Where("units")),
            (self.unassigned, Where("checkup")),
        ):
            card.clicked.connect(partial(self.asked.emit, where))

    def _open_cell(self, name: str) -> None:
        """Open the matrix of a unit, where the most loaded post of the office stands."""
        figures = self.workspace.figures
        unit_code, office = heat_places(figures).get(name, ("", ""))
        inside = [
            post
            for post in figures.posts.values()
            if office and (post.unit_code, post.office) == (unit_code, office)
        ]
        worst = max(inside, key=lambda post: post.load.saturation or 0.0, default=None)
        if unit_code:
            post_code = worst.post_code if worst is not None else ""
            self.asked.emit(Where("matrix", unit_code=unit_code, post_code=post_code))

    def _open_post(self, row: int) -> None:
        post = self._posts.row_at(row)
        self.asked.emit(Where("matrix", unit_code=post.unit_code, post_code=post.post_code))

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setSpacing(APART)
        for card in (self.saturation, self.overloaded, self.difference, self.unassigned):
            figures.addWidget(card, 1)
        table = TableView(self._posts, name=_("Most overloaded posts"), key="overview.posts")
        set_role(table, "plain")
        table.opened.connect(self._open_post)
        header = table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setMinimumHeight(table.verticalHeader().defaultSectionSize() * (MOST_OVERLOADED + 2))
        steps = QWidget()
        steps.setLayout(self._steps)
        self._steps.setContentsMargins(0, 0, 0, 0)
        hint = _("Double-click a post to see its tasks in the matrix.")
        right = QVBoxLayout()
        right.setSpacing(APART)
        right.addWidget(Card(_("What to do next"), steps))
        right.addWidget(Card(_("Most overloaded posts"), table, hint=hint), 1)
        lists = QHBoxLayout()
        lists.setSpacing(APART)
        lists.addWidget(Card("", self.chart, is_at_top=True), 4)
        lists.addLayout(right, 5)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, NEAR + TIGHT, 0)
        column.setSpacing(APART)
        column.addLayout(figures)
        column.addLayout(lists)
        year = QHBoxLayout()
        year.setSpacing(APART)
        year.addWidget(self._month_card, 1)
        year.addWidget(self._form_card, 1)
        column.addLayout(year)
        column.addWidget(self._heat_card)
        column.addStretch(1)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(content)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.nothing, 1)


def _columns(workspace: Workspace) -> tuple[ShownColumn[PostFigures], ...]:
    return (
        ShownColumn(_("Unit"), lambda post: workspace.unit_name(post.unit_code)),
        ShownColumn(_("Post"), lambda post: post.title, most_digits=15),
        ShownColumn(
            _("Saturation %"),
            lambda post: number_format.hundred(post.load.saturation),
            show=number_format.tenths,
            band=lambda post: post.load.band,
            bar=lambda post: post.load.saturation,
        ),
        ShownColumn(
            _("Band"),
            lambda post: number_format.band_word(post.load, workspace.figures.band_scheme),
            band=lambda post: post.load.band,
        ),
    )
