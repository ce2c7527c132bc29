"""Remarks on imported files, gathered with their places and kept to a readable number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import UserError
from app.language import _
from app.model.findings import ImportFinding
from app.model.vocabulary import Severity
from app.workbooks.cells.grid import position
from app.workbooks.cells.places import RowPlace
from app.workbooks.cells.unclear import UnclearText

MOST_PER_SHEET = 200
"""Remarks of one severity on one sheet; the rest are counted only."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a remark points: a file, its sheet, its cell; '' where it has none."""

    file: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that a file prints, and the sum of what was read of it."""

    place: CellPlace
    printed: float
    read: float


class Remarks:
    """The findings of one import, in the order they were made."""

    def __init__(self) -> None:
        self._findings: list[ImportFinding] = []
        self._counts: Counter[tuple[Severity, str, str]] = Counter()
        self._refused: dict[RowPlace, None] = {}
        self.repeated: set[RowPlace] = set()
        """Rows that say what another sheet says already."""
        self.set_aside: set[RowPlace] = set()
        """Rows that were left out, as a warning tells."""
        self.totals: list[Total] = []
        """Sums that the files print, beside what was read."""
        self._told: set[tuple[str, str, str]] = set()

    @property
    def is_blocking(self) -> bool:
        """Return whether there is an error among them."""
        return any(severity is Severity.ERROR for severity, _file, _sheet in self._counts)

    def error(
        self, place: CellPlace, message: str, remedy: str, proposals: tuple[str, ...] = ()
    ) -> None:
        """Add what keeps the files from being imported, with texts to write in its place."""
        self._add(Severity.ERROR, place, message, remedy, proposals)

    def refuse(self, place: CellPlace, error: UserError) -> None:
        """Add a cell that was not taken."""
        proposals = error.proposals if isinstance(error, UnclearText) else ()
        self.error(place, error.message, error.remedy, proposals)

    def warning(self, place: CellPlace, message: str, remedy: str) -> None:
        """Add what is probably not meant."""
        self._add(Severity.WARNING, place, message, remedy)

    def note(self, place: CellPlace, message: str, remedy: str = "") -> None:
        """Add what was assumed or left out."""
        self._add(Severity.NOTE, place, message, remedy)

    def note_once(self, place: CellPlace, message: str, remedy: str = "") -> None:
        """Add what was assumed for a whole sheet, at the first cell that it concerns."""
        key = (place.file, place.sheet, message)
        if key not in self._told:
            self._told.add(key)
            self.note(place, message, remedy)

    @property
    def refused(self) -> tuple[RowPlace, ...]:
        """Return the rows with an error, all of them, in the order they were found."""
        return tuple(self._refused)

    def total(self, place: CellPlace, printed: float, read: float) -> None:
        """Keep a sum that a file prints, beside the sum of what was read."""
        self.totals.append(Total(place, printed, read))

    def take(self, findings: Iterable[ImportFinding]) -> None:
        """Add findings that were made before, such as those on the files themselves."""
        for finding in findings:
            place = CellPlace(finding.file, finding.sheet, finding.cell)
            self._add(finding.severity, place, finding.message, finding.remedy, finding.proposals)

    def findings(self) -> tuple[ImportFinding, ...]:
        """Return all findings, errors first, and how many more there are."""
        more = [
            ImportFinding(
                severity,
                file,
                sheet,
                "",
                _("{count} more remarks of this kind are not listed.").format(
                    count=count - MOST_PER_SHEET
                ),
                _("Mend the ones above and import again."),
            )
            for (severity, file, sheet), count in self._counts.items()
            if count > MOST_PER_SHEET
        ]
        order = list(Severity)
        return tuple(
            sorted([*self._findings, *more], key=lambda finding: order.index(finding.severity))
        )

    def _add(
        self,
        severity: Severity,
        place: CellPlace,
        message: str,
        remedy: str,
        proposals: tuple[str, ...] = (),
    ) -> None:
        self._counts[severity, place.file, place.sheet] += 1
        if severity is Severity.ERROR and place.cell:
            row, _column = position(place.cell)
            self._refused[RowPlace(place.file, place.sheet, row)] = None
        if self._counts[severity, place.file, place.sheet] <= MOST_PER_SHEET:
            self._findings.append(
                ImportFinding(
                    severity, place.file, place.sheet, place.cell, message, remedy, proposals
                )
            )
