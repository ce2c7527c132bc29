"""Importing: workbooks into a plan file, looked at row by row before anything is stored."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.answers import importing as answering
from app.commands.running import (
    BLOCKED,
    DONE,
    Result,
    beside,
    finding_lines,
    import_line,
    opened,
)
from app.language import _, word
from app.workbooks.balance import SheetBalance
from app.workbooks.foreign.mappings import Choices
from app.workbooks.foreign.saved_mappings import (
    keep_mapping,
    kept_mappings,
    mapping_named,
    proposed,
    write_mapping,
)
from app.workbooks.importing import Import, import_label, without_refused
from app.workbooks.material import gather
from app.workbooks.previewing import PreviewRow, RowState, preview, touched_lines


def run_import(options: Namespace) -> Result:
    """Read workbooks into a plan file: all of them, or none."""
    if options.write_mapping is not None:
        beside(options.write_mapping, options.files)
    choices = Choices(
        mappings=tuple(mapping_named(text) for text in options.mapping),
        leaves_hidden=options.skip_hidden,
    )
    with opened(options.plan, to_change=not options.dry_run) as project:
        material, kept = gather(options.files), kept_mappings()
        if options.skip_refused:
            choices = without_refused(material, project.county, choices, accepts=options.accept)
        imported = project.read_import(material, accepts=options.accept, choices=choices, kept=kept)
        _keep(imported, choices, options)
        if not imported.is_blocked and not options.dry_run:
            names = ", ".join(path.name for path in options.files)
            project.apply_import(imported, import_label(names, imported))
            project.save()
    rows = preview(imported) if options.dry_run else ()
    return Result(
        answering.imported(imported, rows if options.dry_run else None),
        (
            *_row_lines(rows),
            *touched_lines(imported),
            *_balance_lines(imported.balance),
            import_line(imported),
        ),
        (*finding_lines(imported.findings), *_offers(imported)),
        BLOCKED if imported.is_blocked else DONE,
    )


def _balance_lines(sheets: Sequence[SheetBalance]) -> Iterator[str]:
    """Yield a line for every sheet: how many rows it has, and what became of them."""
    for item in sheets:
        if item.recognised is None:
            continue
        yield _(
            "{sheet}: {rows} rows = {stored} stored + {unchanged} unchanged + {refused} refused "
            "+ {left_out} left out + {other} titles, notes and sums"
        ).format(
            sheet=f"{item.place.file} › {item.place.sheet}",
            rows=item.rows,
            stored=item.stored,
            unchanged=item.unchanged,
            refused=item.refused,
            left_out=item.left_out,
            other=item.other,
        )


def _keep(imported: Import, choices: Choices, options: Namespace) -> None:
    """Write the mapping that the sheets were read by, and keep it, where that is asked for."""
    if options.write_mapping is None and options.keep_mapping is None:
        return
    matches = {key: code for item in choices.mappings for key, code in item.matches.items()}
    name = options.keep_mapping or options.write_mapping.stem
    mapping = replace(proposed(imported.tables, name), matches=matches)
    if options.write_mapping is not None:
        write_mapping(mapping, options.write_mapping)
    if options.keep_mapping is not None:
        keep_mapping(mapping)


def _row_lines(rows: tuple[PreviewRow, ...]) -> Iterator[str]:
    """Yield a line for every row that does not stay as it is: its state, place, old and new."""
    for row in rows:
        if row.state is not RowState.UNCHANGED:
            file, sheet = (row.place.file, row.place.sheet) if row.place else ("", "")
            where = " › ".join(part for part in (file, sheet, row.cell) if part)
            table = word(row.table) if row.table is not None else ""
            cells = "; ".join(
                f"{cell.column}: {cell.before or '–'} → {cell.after or '–'}" for cell in row.cells
            )
            parts = (word(row.state), table, " · ".join(row.key), row.text, where, cells)
            yield "  ".join(part for part in (*parts, row.message) if part)


def _offers(imported: Import) -> Iterator[str]:
    """Yield a line for every sheet that a kept mapping fits but was not read by."""
    for table in imported.tables:
        if table.offers and not table.used:
            yield _("Kept mappings fit sheet {sheet}: {names}. Use one with --mapping.").format(
                sheet=table.place.sheet, names=_(", ").join(table.offers)
            )
