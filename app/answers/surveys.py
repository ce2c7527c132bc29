"""The answer of the command that collects surveys, in keys that stay as they are."""

from __future__ import annotations

from app.answers import Answer
from app.answers.planning import import_finding
from app.surveying import Collection


def collection(found: Collection) -> Answer:
    """Return every unit's progress, the differences three columns wide, findings and changes."""
    return {
        "units": [
            {
                "unit": unit.unit_code,
                "name": unit.name,
                "state": unit.state.value,
                "file": unit.file,
                "due": unit.due.isoformat() if unit.due is not None else "",
                "differences": unit.differences,
                "findings": unit.findings,
            }
            for unit in found.progress
        ],
        "differences": [
            {
                "unit": row.unit_code,
                "table": row.table.value,
                "key": list(row.key),
                "field": row.field,
                "subject": row.subject,
                "calculated": row.last,
                "unit_verified": row.verified,
                "decided": row.decided,
                "reason": row.reason,
                "file": row.place.file,
                "sheet": row.place.sheet,
                "cell": row.place.cell,
            }
            for row in found.differences
        ],
        "findings": [import_finding(finding) for finding in found.findings],
        "changed": len(found.changes),
    }
