"""What tests of the check-up share: a county without findings, and the finding of one rule."""

from __future__ import annotations

from app.method.assessing import assess
from app.method.checks.checkup import find
from app.model.county import County, Record
from app.model.findings import Finding
from tests.builders import (
    assignment,
    county,
    duty,
    establishment,
    post,
    staffing,
    task,
    unit,
    volume,
)


def sound(*more: Record) -> County:
    """Return a county without any finding: one post, well loaded, by its establishment."""
    return county(
        unit(),
        establishment(authorised=1.0, in_post=1.0),
        post(),
        staffing(),
        duty(),
        task(),
        volume(volume=1700.0),
        assignment(),
        *more,
    )


def found(rule: str, here: County) -> Finding:
    """Return the one finding of a rule."""
    (finding,) = (item for item in find(here, assess(here)) if item.rule == rule)
    return finding


def rules_of(here: County) -> set[str]:
    return {finding.rule for finding in find(here, assess(here))}
