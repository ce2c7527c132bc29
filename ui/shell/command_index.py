"""Finding: everything that Ctrl+K can lead to, and which of it fits what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from app.language import _
from ui.look.help_texts import help_pages, terms
from ui.shell import file_actions
from ui.shell.help_actions import show_chapter, show_help

if TYPE_CHECKING:
    from ui.pages.page import Where
    from ui.shell.shell import Shell

MOST_SHOWN = 60


@dataclass(frozen=True)
class Hit:
    """One thing to go to or to do: its words, more about it, what kind it is, and the doing."""

    title: str
    detail: str
    kind: str
    do: Callable[[], object]

    def rank(self, words: Sequence[str]) -> int | None:
        """Return how well this fits, 0 best; None where a word occurs nowhere."""
        title, detail = self.title.casefold(), self.detail.casefold()
        if not all(word in title or word in detail for word in words):
            return None
        if not words or title.startswith(words[0]):
            return 0
        return 1 if all(word in title for word in words) else 2


def hits(window: Shell) -> tuple[Hit, ...]:
    """Return everything there is to find now, commands before places before rows."""
    return (
        *_actions(window),
        *(_places(window) if window.workspace.is_open else ()),
        *_recent(window),
        *_help(window),
    )


def fitting(found: Iterable[Hit], typed: str) -> list[Hit]:
    """Return what fits what was typed, the best first; all words have to occur somewhere."""
    words = typed.casefold().split()
    ranked = [(rank, hit) for hit in found if (rank := hit.rank(words)) is not None]
    ranked.sort(key=lambda pair: pair[0])
    return [hit for _rank, hit in ranked[:MOST_SHOWN]]


def _actions(window: Shell) -> Iterator[Hit]:
    assert window.actions_made is not None
    for menu in window.actions_made.menus:
        for action in menu.actions:
            if action is None or action.name == "commands":
                continue
            made = window.actions_made.named(action.name)
            if made.isEnabled():
                yield Hit(made.text().rstrip("…"), action.shortcut, menu.name, made.trigger)


def _places(window: Shell) -> Iterator[Hit]:
    from ui.pages.page import Where  # noqa: PLC0415 - its packages come with a plan

    county, figures = window.workspace.county, window.workspace.figures

    def go(where: Where) -> Callable[[], object]:
        return partial(window.go_to, where)

    for unit in figures.units.values():
        place = Where("matrix", unit_code=unit.unit_code)
        yield Hit(unit.name, unit.unit_code, _("Unit"), go(place))
    for post in figures.posts.values():
        unit_name = figures.units[post.unit_code].name
        place = Where("posts", unit_code=post.unit_code, post_code=post.post_code)
        yield Hit(post.title, f"{unit_name} · {post.office}", _("Post"), go(place))
    first_unit: dict[str, str] = {}
    for unit_code, task_code in figures.tasks:
        first_unit.setdefault(task_code, unit_code)
    for (task_code,), task in county.tasks.items():
        if task_code in first_unit:
            duty = county.duties[(task.duty_code,)].name
            place = Where("matrix", unit_code=first_unit[task_code], task_code=task_code)
            yield Hit(task.name, f"{task_code} · {duty}", _("Task"), go(place))


def _recent(window: Shell) -> Iterator[Hit]:
    for path in window.memory.recent:
        do = partial(file_actions.open_plan, window, path)
        yield Hit(path.stem, str(path.parent), _("Recent plan"), do)


def _help(window: Shell) -> Iterator[Hit]:
    for term in terms().values():
        do = partial(show_help, window, term.page, term.anchor)
        yield Hit(term.name, f"= {term.formula}", _("Term"), do)
    for page in help_pages():
        for chapter in page.chapters:
            do = partial(show_chapter, window, chapter)
            yield Hit(chapter.title, page.title, _("Help"), do)
