"""One unit on one page: what its leader asks first, in large figures, to be read in a minute."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from app.model.accounts import HeadcountRow, headcount_rows
from app.model.figures import Figures, Load, PostFigures, UnitFigures
from app.model.vocabulary import Band
from app.report.chart_rows import most_loaded, post_name
from app.report.wording import measure_sentence
from ui.look import icons, number_format
from ui.look.icons import Icon
from ui.look.theme import APART, NEAR, TIGHT, is_dark, set_role
from ui.pages.page import Page, Where
from ui.widgets.cards import Card, KeyFigure
from ui.widgets.figure import FigureView
from ui.widgets.links import Links, PageLink
from ui.widgets.number_box import NumberBox
from ui.work import unit_page
from ui.work.workspace import Workspace

FEW = 3
"""As many posts and measures as a leader reads."""
USUAL_ORDER = 500.0
MOST_ORDER = 100_000.0
MOST_SHIFTS = 8


class TownshipPage(Page):
    """Saturation and people, posts at both ends, measures, and what a new order costs."""

    NAME = "township"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Unit on a page"))
        self.unit_code = ""
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Unit"))
        self.choice.setMinimumContentsLength(10)
        self.choice.activated.connect(lambda at: self._choose(str(self.choice.itemData(at))))
        self.before, self.after = QToolButton(), QToolButton()
        self.print = QPushButton(_("Print…"))
        self.pdf = QPushButton(icons.icon(Icon.REPORT, is_on_accent=True), _("Save as PDF…"))
        self.saturation = KeyFigure()
        self.people = {name: KeyFigure() for name in ("authorised", "in_post", "on_duty")}
        self.required = KeyFigure()
        self.worst, self.roomy, self.measures = Links(), Links(), Links()
        self.chart = FigureView(workspace.jobs)
        self.order = NumberBox()
        self.cost = QLabel()
        self._area = QScrollArea()
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._connect()
        self._lay_out()

    def refresh(self) -> None:
        """Show the unit that was chosen, the most loaded one at first."""
        units = self.workspace.figures.units
        head = (self.choice, self.before, self.after, self.print, self.pdf)
        if self.offer_import(self._area, *head):
            return
        self.hint.setText("")
        if self.unit_code not in units:
            self.unit_code = max(units, key=lambda code: units[code].load.saturation or 0.0)
        self.choice.clear()
        for unit in units.values():
            self.choice.addItem(unit.name, unit.unit_code)
        self._show_unit()

    def go_to(self, where: Where) -> None:
        """Show a unit."""
        if where.unit_code in self.workspace.figures.units:
            self._choose(where.unit_code)

    def here(self) -> Where:
        """Return the unit shown."""
        return Where(self.NAME, unit_code=self.unit_code)

    def take_focus(self) -> None:
        """Put the focus on the choice of the unit."""
        self.choice.setFocus()

    def _choose(self, unit_code: str) -> None:
        self.unit_code = unit_code
        self._show_unit()

    def _step(self, by: int) -> None:
        codes = list(self.workspace.figures.units)
        self._choose(codes[(codes.index(self.unit_code) + by) % len(codes)])

    def _show_unit(self) -> None:
        figures = self.workspace.figures
        unit = figures.units[self.unit_code]
        self.heading.setText(unit.name)
        self.choice.setCurrentIndex(self.choice.findData(self.unit_code))
        self._show_figures(unit, figures)
        self._show_posts(figures)
        self._show_measures(figures)
        self._show_chart(figures)
        self._show_cost()

    def _show_figures(self, unit: UnitFigures, figures: Figures) -> None:
        load = unit.load
        self.saturation.show_figure(
            number_format.per_cent(load.saturation),
            unit="",
            caption=_("Saturation"),
            detail=number_format.band_word(load, figures.band_scheme),
            band=load.band,
        )
        row = headcount_rows(figures, self.workspace.plan, [unit.unit_code])[unit.unit_code][-1]
        for name, caption, value, detail in _people_lines(row, load):
            self.people[name].show_figure(
                number_format.people(value), unit=_("people"), caption=caption, detail=detail
            )
        self.required.show_figure(
            number_format.people(load.required_rounded),
            unit=_("people"),
            caption=_("Required"),
            detail=_("{required} exactly; {difference} against on duty").format(
                required=number_format.tenths(load.required),
                difference=number_format.signed(load.difference),
            ),
        )

    def _show_posts(self, figures: Figures) -> None:
        worst = most_loaded(figures, most=FEW, unit_code=self.unit_code)
        posts = [post for post in figures.posts.values() if post.unit_code == self.unit_code]
        roomy = [post for post in posts if post.load.band is Band.UNDER]
        roomy.sort(key=lambda post: post.load.saturation or 0.0)
        self.worst.show_links(self._post_links(worst), _("No post of this unit has work."))
        self.roomy.show_links(
            self._post_links(roomy[:FEW]), _("No post of this unit has room to spare.")
        )

    def _post_links(self, posts: Sequence[PostFigures]) -> list[PageLink]:
        figures = self.workspace.figures
        return [
            PageLink(
                _("{post}: {saturation}, {band}").format(
                    post=post_name(figures, post.post_code, within=post.unit_code),
                    saturation=number_format.per_cent(post.load.saturation),
                    band=number_format.band_word(post.load, figures.band_scheme),
                ),
                partial(
                    self.asked.emit,
                    Where("matrix", unit_code=post.unit_code, post_code=post.post_code),
                ),
                post.load.band,
            )
            for post in posts
        ]

    def _show_measures(self, figures: Figures) -> None:
        plan, county = self.workspace.plan, self.workspace.county
        to_plan = partial(self.asked.emit, Where("plan"))
        if plan is None:
            none = _("There is no plan yet: let the program look for measures.")
            self.measures.show_links([PageLink(none, to_plan)])
            return
        own = [row for row in plan.measures if self.unit_code in row.unit_codes][:FEW]
        self.measures.show_links(
            [PageLink(measure_sentence(row, county, figures), to_plan) for row in own],
            _("The plan changes nothing in this unit."),
        )

    def _show_chart(self, figures: Figures) -> None:
        plan, unit_code, is_now_dark = self.workspace.plan, self.unit_code, is_dark()

        def draw(width: float) -> Any:
            from app.report.charts import pictures  # noqa: PLC0415 - slow, so in a worker
            from app.report.theme import DARK, LIGHT  # noqa: PLC0415 - slow, so in a worker

            look: dict[str, Any] = {"width": width, "ground": DARK if is_now_dark else LIGHT}
            chart = None
            if plan is not None:
                chart = pictures.plan_chart(
                    figures, plan, unit_code=unit_code, most=MOST_SHIFTS, **look
                )
            return chart or pictures.posts_chart(
                figures, unit_code=unit_code, most=MOST_SHIFTS, **look
            )

        self.chart.show_figure(draw, description=_("Posts of the unit today and in the plan"))

    def _show_cost(self) -> None:
        unit = self.workspace.figures.units.get(self.unit_code)
        if unit is None:
            return
        load, hours = unit.load, self.order.value()
        if load.capacity_hours <= 0 or load.existing <= 0:
            self.cost.setText(_("Nobody is on duty, so nobody can take an order."))
            return
        more = hours * max(1.0, load.b)
        people = more / (load.capacity_hours / load.existing)
        after = (load.workload_hours + more) / load.capacity_hours
        room = load.capacity_hours - load.workload_hours - more
        sentence = (
            _("It takes {people} people; saturation {before} → {after}, {room} h remain.")
            if room >= 0
            else _(
                "It takes {people} people; saturation {before} → {after}. The unit is then {room} "
                "h above its capacity: people come with the order, or something else has to go."
            )
        )
        self.cost.setText(
            sentence.format(
                people=number_format.hundredths(people),
                before=number_format.per_cent(load.saturation),
                after=number_format.per_cent(after),
                room=number_format.whole(abs(room)),
            )
        )

    def _connect(self) -> None:
        for button, by, icon, text, arrow in (
            (self.before, -1, Icon.BACK, _("Unit before"), "←"),
            (self.after, 1, Icon.NEXT, _("Next unit"), "→"),
        ):
            button.setIcon(icons.icon(icon))
            button.setShortcut("Alt+Left" if by < 0 else "Alt+Right")
            button.setAccessibleName(text)
            button.setToolTip(f"{text}  (Alt+{arrow})")
            button.clicked.connect(partial(self._step, by))
        self.print.clicked.connect(self._print_brief)
        self.pdf.clicked.connect(self._save_brief)
        self.order.setRange(0.0, MOST_ORDER)
        self.order.setDecimals(0)
        self.order.setSingleStep(50.0)
        self.order.setValue(USUAL_ORDER)
        self.order.setSuffix(_(" h a year"))
        self.order.setAccessibleName(_("Hours of the new order"))
        self.order.valueChanged.connect(lambda value: self._show_cost())
        self.saturation.clicked.connect(lambda: self._go("posts"))
        self.required.clicked.connect(lambda: self._go("posts"))
        for card in self.people.values():
            card.clicked.connect(lambda: self._go("units"))

    def _print_brief(self) -> None:
        unit_page.print_brief(self, self.workspace, self.unit_code)

    def _save_brief(self) -> None:
        unit_page.ask_brief(self, self.workspace, self.unit_code)

    def _go(self, page: str) -> None:
        self.asked.emit(Where(page, unit_code=self.unit_code))

    def _lay_out(self) -> None:
        for widget in (self.choice, self.before, self.after, self.print, self.pdf):
            self.head.addWidget(widget)
        set_role(self.pdf, "primary")
        numbers = QHBoxLayout()
        numbers.setSpacing(APART)
        for card in (self.saturation, *self.people.values(), self.required):
            numbers.addWidget(card, 1)
        order = QWidget()
        column = QVBoxLayout(order)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(NEAR)
        self.cost.setWordWrap(True)
        column.addWidget(self.order, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.cost)
        column.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(APART)
        grid.addWidget(Card(_("The most loaded posts"), self.worst), 0, 0)
        grid.addWidget(Card(_("Posts with room"), self.roomy), 0, 1)
        grid.addWidget(Card("", self.chart, is_at_top=True), 1, 0)
        right = QVBoxLayout()
        right.setSpacing(APART)
        right.addWidget(Card(_("First measures"), self.measures))
        right.addWidget(Card(_("What a new order costs"), order))
        right.addStretch(1)
        grid.addLayout(right, 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, NEAR + TIGHT, 0)
        whole.setSpacing(APART)
        whole.addLayout(numbers)
        whole.addLayout(grid)
        whole.addStretch(1)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(inside)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self.nothing, 1)
        self.body.addStretch(0)


def _people_lines(row: HeadcountRow, load: Load) -> list[tuple[str, str, float | None, str]]:
    vacancies = _("{vacancies} vacant").format(vacancies=number_format.people(row.vacancies))
    outside = number_format.people(load.existing)
    return [
        ("authorised", _("Authorised"), row.authorised, vacancies),
        ("in_post", _("In post"), row.in_post, _("inside the establishment")),
        ("on_duty", _("On duty"), row.on_duty, _("{people} on posts").format(people=outside)),
    ]
