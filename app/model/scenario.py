"""The Scenario: a named variant of a county's inputs, held as the rows that differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.model.county import Change, County, Record


@dataclass(frozen=True, slots=True)
class Scenario:
    """What would be different (情景): rows as they would stand, and rows that would be gone.

    Everything else is the baseline's, and stays so when the baseline changes later.
    """

    name: str
    note: str = ""
    rows: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()

    @classmethod
    def of(cls, name: str, changes: Iterable[Change], *, note: str = "") -> Scenario:
        """Return the scenario that these changes of the baseline make."""
        rows = tuple(change for change in changes if change.before != change.after)
        return cls(
            name=name,
            note=note,
            rows=tuple(change.after for change in rows if change.after is not None),
            removed=tuple(change.record for change in rows if change.after is None),
        )

    def changes(self, baseline: County) -> tuple[Change, ...]:
        """Return what turns the baseline into this scenario; what it shares is no change."""
        altered = [
            Change(before=baseline.rows(row.TABLE).get(row.key), after=row) for row in self.rows
        ]
        gone = [
            Change(before=baseline.rows(row.TABLE)[row.key], after=None)
            for row in self.removed
            if row.key in baseline.rows(row.TABLE)
        ]
        return tuple(change for change in (*altered, *gone) if change.before != change.after)
