"""Posts: who is on them, what they carry and what is left, with the arithmetic beside the table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelection
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.errors import UserError
from app.language import _, word
from app.model.county import Change, Post, Staffing
from app.model.figures import PostFigures
from app.model.vocabulary import OVERLOADED, Band, Table
from app.numbers import read_number
from ui.look import number_format
from ui.look.help_texts import tip
from ui.look.theme import APART
from ui.pages.page import Page, Where
from ui.pages.post_inspector import PostInspector
from ui.tables.table import ShownColumn, TableModel, TableView
from ui.tables.typed_cells import at_least_nothing
from ui.widgets.head_fields import SearchField, UnitChoice
from ui.work.workspace import Workspace


class PostsPage(Page):
    """One row a post; people and ability are edited in place."""

    NAME = "posts"
    WATCHES = frozenset(Table) - {Table.PLANS}

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, _("Posts"))
        self.rows: TableModel[PostFigures] = TableModel(
            [],
            key=lambda post: post.post_code,
            store=workspace.change,
            name_of=lambda post: post.title,
        )
        self.rows.refused.connect(workspace.tell_error)
        self.rows.filtered.connect(self._filter)
        self.table = TableView(self.rows, name=_("Posts"), key="posts")
        self.inspector = PostInspector(workspace)
        self.unit, self.band = UnitChoice(_("All units")), QComboBox()
        self.search = SearchField(_("Find a post or an office"))
        self._content = QWidget()
        self._hides_units = False
        self._bands: frozenset[Band] = frozenset()
        self._categories: tuple[str, ...] | None = None
        self._posts: dict[tuple[str, ...], Post] = {}
        """Those of the rows shown, the ones among them that have just gone too."""
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the posts with their people and loads."""
        county, figures = self.workspace.county, self.workspace.figures
        self._posts = {**self._posts, **county.posts}
        categories = tuple(name for (name,) in county.categories)
        if categories != self._categories:
            self._categories = categories
            self.rows.set_columns(self._columns(categories))
            self.table.fit_columns()
        self.rows.may_edit = self.workspace.may_edit
        self.unit.show_units(figures)
        self.rows.set_rows(figures.posts.values())
        self._filter()
        self.offer_import(self._content, self.unit, self.band, self.search)

    def go_to(self, where: Where) -> None:
        """Show the posts of a unit or of some bands, and select one."""
        self.search.clear()
        self.unit.choose(where.unit_code)
        self._bands = where.bands
        self.band.setCurrentIndex(1 if where.bands else 0)
        self._filter()
        if where.post_code:
            self.table.show_key(where.post_code)

    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.search.setFocus()

    def _filter(self) -> None:
        unit_code = self.unit.unit_code
        wanted = self.search.text().strip().casefold()
        bands = self.band.currentData() or frozenset(Band)

        def accepts(post: PostFigures) -> bool:
            return (
                unit_code in ("", post.unit_code)
                and post.load.band in bands
                and wanted in f"{post.title} {post.office}".casefold()
            )

        self.rows.set_filter(accepts)
        if self._hides_units != bool(unit_code):
            self._hides_units = bool(unit_code)
            with self.table.menu.unremembered():
                self.table.setColumnHidden(0, self._hides_units)
            self.table.widths.fit()
        self.table.select_something()
        self._inspect()
        self.hint.setText(
            _("{shown} of {all} posts").format(
                shown=number_format.whole(len(self.rows.shown)),
                all=number_format.whole(len(self.workspace.figures.posts)),
            )
        )

    def _inspect(self) -> None:
        index = self.table.currentIndex()
        shown = self.rows.shown
        self.inspector.show_post(shown[index.row()] if 0 <= index.row() < len(shown) else None)

    def _columns(self, categories: tuple[str, ...]) -> list[ShownColumn[PostFigures]]:
        """Return the columns, what is decided by first: a low window shows those beside a post."""
        figures = self.workspace
        people = [self._people_column(category) for category in categories]
        return [
            ShownColumn(_("Unit"), lambda post: figures.unit_name(post.unit_code)),
            ShownColumn(_("Post"), lambda post: post.title),
            ShownColumn(
                _("Saturation %"),
                lambda post: number_format.hundred(post.load.saturation),
                number_format.tenths,
                tip=tip("saturation"),
                band=lambda post: post.load.band,
                bar=lambda post: post.load.saturation,
            ),
            ShownColumn(
                _("Band"),
                lambda post: number_format.band_word(post.load, figures.figures.band_scheme),
                tip=tip("band"),
                band=lambda post: post.load.band,
            ),
            *_people_columns(),
            ShownColumn(
                _("Office"), lambda post: post.office, most_digits=16, change=self._office_change
            ),
            *_hour_columns(),
            *people,
            self._ability_column(),
            *self._limit_columns(),
        ]

    def _people_column(self, category: str) -> ShownColumn[PostFigures]:
        return ShownColumn(
            category,
            lambda post: post.people.get(category),
            number_format.people,
            tip=_("People of category {category} on duty; type to change").format(
                category=category
            ),
            change=lambda post, text: self._people_change(post, category, text),
        )

    def _ability_column(self) -> ShownColumn[PostFigures]:
        return ShownColumn(
            _("Ability"),
            lambda post: self._post(post).ability,
            number_format.hundredths,
            tip=tip("ability"),
            change=self._ability_change,
        )

    def _post(self, post: PostFigures) -> Post:
        return self._posts[(post.post_code,)]

    def _limit_columns(self) -> tuple[ShownColumn[PostFigures], ...]:
        return (
            ShownColumn(
                _("Minimum people"),
                lambda post: self._post(post).min_people,
                number_format.people,
                change=lambda post, text: self._with(post, min_people=at_least_nothing(text)),
                is_extra=True,
            ),
            ShownColumn(
                _("Maximum people"),
                lambda post: self._post(post).max_people,
                number_format.people,
                change=lambda post, text: self._with(post, max_people=at_least_nothing(text)),
                is_extra=True,
            ),
            ShownColumn(
                _("Note"),
                lambda post: self._post(post).note,
                change=lambda post, text: self._with(post, note=text.strip()),
                is_extra=True,
            ),
        )

    def _people_change(self, post: PostFigures, category: str, text: str) -> Change | None:
        key = (post.post_code, category)
        before, people = self.workspace.county.staffing.get(key), at_least_nothing(text)
        after = Staffing(*key, on_duty=people) if people is not None else None
        return None if before is None and after is None else Change(before=before, after=after)

    def _ability_change(self, post: PostFigures, text: str) -> Change:
        ability = read_number(text)
        if ability <= 0:
            raise UserError(
                _("Ability has to be more than 0."), remedy=_("Enter 1 for the ordinary case.")
            )
        return self._with(post, ability=ability)

    def _office_change(self, post: PostFigures, text: str) -> Change:
        return self._with(post, office=text.strip())

    def _with(self, post: PostFigures, **fields: Any) -> Change:
        before = self._post(post)
        return Change(before=before, after=replace(before, **fields))

    def _lay_out(self) -> None:
        self.band.setAccessibleName(_("Band"))
        self.search.setFixedWidth(200)
        self.band.addItem(_("All bands"), frozenset())
        self.band.addItem(_("All overloaded"), frozenset(OVERLOADED))
        for band in Band:
            self.band.addItem(word(band), frozenset({band}))
        for widget in (self.unit, self.band, self.search):
            self.head.addWidget(widget)
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(APART)
        row.addWidget(self.table, 1)
        row.addWidget(self.inspector)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self.nothing, 1)

    def _connect(self) -> None:
        self.unit.currentIndexChanged.connect(self._filter)
        self.band.currentIndexChanged.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.inspector.asked.connect(self.asked)
        self.table.opened.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._follow_selection)

    def _follow_selection(self, chosen: QItemSelection, left: QItemSelection) -> None:
        self._inspect()

    def _open(self, row: int) -> None:
        post = self.rows.row_at(row)
        self.asked.emit(Where("matrix", unit_code=post.unit_code, post_code=post.post_code))


def _people_columns() -> tuple[ShownColumn[PostFigures], ...]:
    return (
        ShownColumn(
            _("On duty"),
            lambda post: post.load.existing,
            number_format.people,
            tip=tip("on_duty"),
        ),
        ShownColumn(
            _("Required"),
            lambda post: post.load.required,
            number_format.hundredths,
            tip=tip("required"),
        ),
        ShownColumn(
            _("Difference"),
            lambda post: post.load.difference,
            number_format.signed,
            tip=tip("difference"),
        ),
    )


def _hour_columns() -> tuple[ShownColumn[PostFigures], ...]:
    return (
        ShownColumn(
            _("Workload h"),
            lambda post: post.load.workload_hours,
            number_format.whole,
            tip=tip("workload"),
        ),
        ShownColumn(
            _("Capacity h"),
            lambda post: post.load.capacity_hours,
            number_format.whole,
            tip=tip("capacity"),
        ),
    )
