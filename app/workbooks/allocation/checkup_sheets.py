"""The sheets of the check-up: scores of every unit and link, and the findings with remedies."""

from __future__ import annotations

from collections.abc import Sequence

from app.language import _, word
from app.model.findings import Score
from app.model.vocabulary import Link
from app.workbooks.allocation.allocation_rows import Showing
from app.workbooks.allocation.headed_tables import Field, HeadedTable, Sheets
from app.workbooks.standard.style import COUNT, RATIO, Formula, WrittenCell


def write_findings(sheets: Sheets, showing: Showing, title: str) -> None:
    """Write what the check-up found, with the remedies."""
    fields = {
        "severity": Field(_("Severity"), width=8),
        "unit": Field(_("Unit"), width=18),
        "subject": Field(_("Subject"), width=28),
        "message": Field(_("Finding"), width=60),
        "remedy": Field(_("Remedy"), width=48),
    }
    tab, table = sheets.add(title, fields)
    table.rows.extend(
        {
            "severity": word(finding.severity),
            "unit": showing.unit_name(finding.unit_code),
            "subject": finding.subject,
            "message": finding.message,
            "remedy": finding.remedy,
        }
        for finding in showing.findings
    )
    sheets.finish(tab, table)


def write_scores(sheets: Sheets, showing: Showing, scores: Sequence[Score], title: str) -> None:
    """Write how far the elements agree in every unit: (checked − with findings) ÷ checked."""
    fields = {"unit": Field(_("Unit"), width=20)}
    for link in Link:
        name = word(link)
        fields |= {
            f"{link}_checked": Field(_("{link}: checked").format(link=name), COUNT, 12),
            f"{link}_flaws": Field(_("{link}: with findings").format(link=name), COUNT, 12),
            f"{link}_score": Field(_("{link}: score").format(link=name), RATIO, 12),
        }
    tab, table = sheets.add(title, fields)
    found = {(score.unit_code, score.link): score for score in scores}
    for unit_code in showing.unit_codes:
        cells: dict[str, WrittenCell] = {"unit": showing.unit_name(unit_code)}
        for link in Link:
            score = found.get((unit_code, link))
            if score is not None:
                cells |= _score(table, len(table.rows), score)
        table.rows.append(cells)
    sheets.finish(tab, table)


def _score(table: HeadedTable, row: int, score: Score) -> dict[str, WrittenCell]:
    link, flaws = score.link, len(score.flaws)
    cells: dict[str, WrittenCell] = {
        f"{link}_checked": float(score.checked),
        f"{link}_flaws": float(flaws),
    }
    if score.score is not None:
        checked = table.cell(f"{link}_checked", row)
        text = f"=({checked}-{table.cell(f'{link}_flaws', row)})/{checked}"
        cells[f"{link}_score"] = Formula(text, score.score)
    return cells
