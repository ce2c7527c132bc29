"""Surveying: one workbook per unit goes out, a folder comes back, and the county decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from app.errors import UnreadableFile, UserError, reason_of
from app.language import _
from app.model.county import Change, County
from app.model.findings import ImportFinding
from app.model.vocabulary import Severity
from app.placing import is_taken, name_part
from app.workbooks.cells.remarks import CellPlace, Remarks
from app.workbooks.gathering import read_files
from app.workbooks.survey.difference_sheet import write_differences
from app.workbooks.survey.differences import Difference
from app.workbooks.survey.returned_files import UnitReturn, collect, progress
from app.workbooks.survey.survey_workbook import write_survey

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Collection:
    """What came back of a survey: every unit's progress, differences, findings, and changes."""

    progress: tuple[UnitReturn, ...]
    differences: tuple[Difference, ...]
    findings: tuple[ImportFinding, ...]
    changes: tuple[Change, ...]
    """What the decided figures change; () while an error blocks."""
    decided_in: str = ""
    """The sheet of differences that says it, '' where returned surveys do."""

    @property
    def is_blocked(self) -> bool:
        """Return whether an error keeps the surveys from being taken over."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def label(self) -> str:
        """Return what the step is called that stores the changes."""
        if self.decided_in:
            return _("Take over what the county decided in {file}").format(file=self.decided_in)
        count = sum(bool(unit.file) for unit in self.progress)
        return _("Take over the surveys of {count} units").format(count=count)


@dataclass(frozen=True)
class Surveying:
    """Surveys of a county as it is now; frozen, so that any thread may ask it anything."""

    county: County

    def write(
        self, folder: Path, *, unit_codes: Sequence[str] | None = None, due: date | None = None
    ) -> tuple[Path, ...]:
        """Write one workbook per unit, all or those named, and return where they are.

        Raises:
            UserError: there is no unit, a file of this name is there already, or none can be
                written there.
        """
        codes = [code for (code,) in self.county.units] if unit_codes is None else unit_codes
        if not codes:
            raise UserError(
                _("This plan has no unit to ask."), remedy=_("Import a workbook with units first.")
            )
        paths = {code: folder / self.file_name(code) for code in codes}
        taken = next((path for path in paths.values() if is_taken(path)), None)
        if taken is not None:
            raise UserError(
                _("“{file}” is there already; it may have been filled in.").format(file=taken),
                remedy=_("Choose an empty folder, or move the old surveys away."),
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(
                _("The folder “{folder}” cannot be made: {reason}.").format(
                    folder=folder, reason=reason_of(error)
                ),
                remedy=_("Choose another folder, best on this computer's own disk."),
            ) from None
        for code, path in paths.items():
            write_survey(self.county, code, path, due=due)
        return tuple(paths.values())

    def file_name(self, unit_code: str) -> str:
        """Return what the workbook of a unit is called; no two alike, fit for every system."""
        return self._file_names[unit_code]

    @cached_property
    def _file_names(self) -> Mapping[str, str]:
        names: dict[str, str] = {}
        taken: set[str] = set()
        for unit in self.county.units.values():
            parts = (name_part(part) for part in (unit.unit_code, unit.name))
            whole = name = "_".join(parts)[:_LONGEST_NAME]
            number = 1
            while name.casefold() in taken:
                number += 1
                name = f"{whole}~{number}"
            taken.add(name.casefold())
            names[unit.unit_code] = f"{name}.xlsx"
        return names

    def collect(
        self,
        paths: Sequence[Path],
        *,
        accepts: bool = False,
        due: date | None = None,
        today: date | None = None,
    ) -> Collection:
        """Read what came back, files and whole folders; nothing is stored.

        Args:
            paths: returned surveys; what the county has decided is read by `decided` alone.
            accepts: take what the units have verified as decided.
            due: the day by which surveys were due; None is the day they name themselves.
            today: the day of now.

        Raises:
            UnreadableFile: the only file cannot be read, or a folder holds none.
        """
        remarks = Remarks()
        files = read_files(paths, remarks)
        collected, others = collect(files, self.county, remarks, accepts=accepts)
        for file in others:
            remarks.warning(
                CellPlace(file[0].file if file else ""),
                _("This file is no survey of this program and was not read."),
                _("Import it as a workbook, or remove it from the folder."),
            )
        lines = progress(
            collected, self.county, remarks, due=due, today=today if today else date.today()
        )
        changes = () if remarks.is_blocking else tuple(collected.changes(self.county))
        return Collection(lines, collected.differences, remarks.findings(), changes)

    def decided(self, path: Path) -> Collection:
        """Read the one sheet of differences that the county has decided on; nothing is stored.

        Raises:
            UnreadableFile: the file cannot be read, or is a folder.
        """
        if path.is_dir():
            raise UnreadableFile(
                _("“{folder}” is a folder.").format(folder=path),
                remedy=_("Name the one workbook that was written for the county to decide in."),
            )
        remarks = Remarks()
        files = read_files([path], remarks)
        collected, _others = collect(files, self.county, remarks, accepts=False, decides=True)
        changes = () if remarks.is_blocking else tuple(collected.changes(self.county))
        return Collection((), collected.differences, remarks.findings(), changes, path.name)

    def write_differences(self, differences: Sequence[Difference], path: Path) -> None:
        """Write differences as a workbook with a column for the county to decide in.

        Raises:
            UserError: the file cannot be written there.
        """
        write_differences(differences, self.county, path)
