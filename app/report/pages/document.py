"""The document: what a report says, block by block, before anybody sets it for print or Word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from matplotlib.figure import Figure

from app.language import word
from app.model.vocabulary import Band


class Style(Enum):
    """The part a text plays; each writer has its own look for it."""

    TITLE = "title"
    HEADLINE = "headline"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph."""

    words: str
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column of a table; `width` is its share of the paper."""

    title: str
    width: float
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class BandCell:
    """A cell that shows a band by its word on its tint."""

    band: Band

    @property
    def words(self) -> str:
        """Return the band's word."""
        return word(self.band)


ReportCell = str | BandCell


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table over the whole width whose heading is repeated on every page."""

    columns: Sequence[ReportColumn]
    rows: Sequence[Sequence[ReportCell]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they are, in two columns without a heading."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as wide as the paper, drawn for its width in inches; None is nothing to show."""

    draw: Callable[[float], Figure | None]
    words: str
    """What it shows, for those who cannot see it."""


Block = Text | ReportTable | Facts | Picture


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A whole report; on one page where it has to fit there."""

    title: str
    footer: str
    blocks: Sequence[Block]
    is_one_page: bool = False


def cell_words(cell: ReportCell) -> str:
    """Return what a cell says."""
    return cell.words if isinstance(cell, BandCell) else cell
