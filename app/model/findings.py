"""Findings: what is wrong, where, and how to mend it, in the user's language."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.vocabulary import Link, Severity, Table


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the plan a finding points, so that a click can go there."""

    table: Table
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the check-up: a rule's name, its subject and the remedy."""

    rule: str
    severity: Severity
    unit_code: str
    subject: str
    message: str
    remedy: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that was checked and is not free of findings."""

    place: Place
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How far two elements agree in a unit: the things checked, and those with findings."""

    unit_code: str
    link: Link
    checked: int
    flaws: tuple[Flaw, ...]

    @property
    def score(self) -> float | None:
        """Return the share of checked things free of findings, None where there are none."""
        return (self.checked - len(self.flaws)) / self.checked if self.checked else None


@dataclass(frozen=True, slots=True)
class ImportFinding:
    """One remark on an imported file: file, sheet and cell, what is wrong, how to mend it."""

    severity: Severity
    file: str
    sheet: str
    cell: str
    message: str
    remedy: str
    proposals: tuple[str, ...] = ()
    """Texts that could stand in the cell, where it was refused."""
