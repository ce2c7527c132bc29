"""The help: its pages with their chapters, and the terms with their formulas."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.language import _, current_language
from app.resources import resource

PAGES = ("window", "workbooks", "figures", "measures", "commands")
"""The pages in the order they are offered, by their files."""

_HEADING = re.compile(r"^(#{1,3}) (.*?)(?: <!-- (\w+) -->)?$")


@dataclass(frozen=True, slots=True)
class Chapter:
    """One heading of a page and what stands below it, up to the next heading."""

    page: str
    number: int
    """Its place among the headings of the page, from 0."""
    level: int
    title: str
    anchor: str
    """What the program calls it, '' where nothing leads to it."""
    text: str


@dataclass(frozen=True)
class HelpPage:
    """One page: its text without anchors, and its chapters."""

    name: str
    text: str
    chapters: tuple[Chapter, ...]

    @property
    def title(self) -> str:
        """Return the first heading."""
        return self.chapters[0].title


@dataclass(frozen=True, slots=True)
class HelpTerm:
    """A word of the field: what it means, how it is reckoned, and where more about it stands."""

    key: str
    name: str
    meaning: str
    formula: str
    page: str
    anchor: str


def help_pages() -> tuple[HelpPage, ...]:
    """Return the pages in the current language."""
    return tuple(_page(name, current_language()) for name in PAGES)


def chapter_at(page: str, anchor: str) -> Chapter:
    """Return the chapter that an anchor names.

    Raises:
        KeyError: the page has no such anchor.
    """
    chapters = _page(page, current_language()).chapters
    found = next((chapter for chapter in chapters if chapter.anchor == anchor), None)
    if found is None:
        raise KeyError(anchor)
    return found


def page_anchor(name: str) -> tuple[str, str]:
    """Return where the help speaks of a page of the window; the beginning for others."""
    anchors = {chapter.anchor for chapter in _page("window", current_language()).chapters}
    elsewhere = {"intake": "intake", "scenarios": "scenarios", "evidence": "evidence"}
    if name and name in anchors:
        return "window", name
    return ("figures", elsewhere[name]) if name in elsewhere else ("window", "start")


@lru_cache
def _page(name: str, language: str) -> HelpPage:
    text = resource("help", f"{name}.{language}.md").read_text(encoding="utf-8")
    lines: list[str] = []
    found: list[tuple[int, str, str, list[str]]] = []
    is_code = False
    for line in text.splitlines():
        is_code ^= line.startswith("```")
        match = _HEADING.match(line) if not is_code else None
        if match is not None:
            found.append((len(match[1]), match[2], match[3] or "", []))
            lines.append(f"{match[1]} {match[2]}")
            continue
        lines.append(line)
        if found:
            found[-1][3].append(line)
    chapters = tuple(
        Chapter(name, number, level, title.replace("`", ""), anchor, "\n".join(below))
        for number, (level, title, anchor, below) in enumerate(found)
    )
    return HelpPage(name, "\n".join(lines), chapters)


def terms() -> Mapping[str, HelpTerm]:
    """Return every term by its key, in the current language."""
    return _terms("chinese" if current_language() == "zh_CN" else "english")


@lru_cache
def _terms(language: str) -> Mapping[str, HelpTerm]:
    path = resource("help", "terms.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: HelpTerm(
                row["key"],
                row[language],
                row[f"{language}_meaning"],
                row[f"{language}_formula"],
                row["page"],
                row["anchor"],
            )
            for row in csv.DictReader(file)
        }


def tip(key: str, *, more: str = "") -> str:
    """Return what is said about a term under the pointer: meaning, formula, and `more` if any."""
    term = terms()[key]
    said = _("{term}: {meaning}\n= {formula}").format(
        term=term.name, meaning=term.meaning, formula=term.formula
    )
    return f"{said}\n{more}" if more else said
