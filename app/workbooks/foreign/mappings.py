"""Mappings: which rows of a sheet are its heading and what its columns mean, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.model.vocabulary import Table, Word
from app.workbooks.cells.places import RowPlace, SheetPlace

USUAL_SKIPS = ("合计", "总计", "小计", "注", "备注", "说明", "填报", "填表", "制表", "审核", "联系")
"""What the first filled cell of a row begins with that holds no data of its own."""


class Shape(Word):
    """The shapes of tables that others made (workbook §2)."""

    CORE_DUTIES = "core_duties", "基本履职事项清单", "core duty list"
    SUPPORTING_DUTIES = "supporting_duties", "配合履职事项清单", "supporting duty list"
    RECLAIMED_DUTIES = "reclaimed_duties", "上级收回事项清单", "reclaimed duty list"
    POWERS = "powers", "部门权责清单", "list of powers"
    LEDGER = "establishment_ledger", "编制台账", "establishment ledger"
    WORKLOAD = "post_workload", "岗位工作量表", "post workload table"


TableKind = Table | Shape
"""What a table is: one of the standard workbook's, or one of somebody else's shape."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column that is read: where it stands, its heading path, and what it is.

    `category` is the staff category of a column of an establishment ledger, `unit` that of its
    numbers where neither the heading nor the cell states one.
    """

    column: int
    heading: str
    name: str
    category: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """One table on a sheet: its kind, its heading rows from `first` to `last`, its columns.

    `end` is the row behind its last one, None where it goes on to the end of the sheet; `unit` is
    the code or name of the unit that all its rows are about, where no column says so.
    """

    kind: TableKind
    first: int
    last: int
    columns: tuple[ColumnMapping, ...]
    end: int | None = None
    skip: tuple[str, ...] = USUAL_SKIPS
    unit: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """A named mapping that is kept and offered again: its tables, and names that were matched.

    `matches` tells by table and name, as the file has it, the code it stands for; '' is none, so
    that the row is added.
    """

    name: str
    tables: tuple[TableMapping, ...]
    matches: Mapping[tuple[Table, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user decided about an import before it is stored.

    `tables` says what a sheet holds, nothing where it is not to be read; `mappings` are kept ones
    to use where they fit; `matches` are as in `ImportMapping`; rows in `skipped` are left out;
    `leaves_hidden` says that hidden rows and sheets are not read.
    """

    skipped: frozenset[RowPlace] = frozenset()
    tables: Mapping[SheetPlace, tuple[TableMapping, ...]] = field(default_factory=dict)
    mappings: tuple[ImportMapping, ...] = ()
    matches: Mapping[tuple[Table, str], str] = field(default_factory=dict)
    leaves_hidden: bool = False

    def match(self, table: Table, text: str) -> str | None:
        """Return the code that was chosen for a name, '' for a new one, None where none was."""
        for chosen in (self.matches, *(mapping.matches for mapping in self.mappings)):
            if (table, text) in chosen:
                return chosen[table, text]
        return None


NO_CHOICES = Choices()
"""Everything as it is proposed."""
