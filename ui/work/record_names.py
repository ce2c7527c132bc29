"""Record names: what a row of any table is called, and which rows a user may choose from."""

from __future__ import annotations

from collections.abc import Iterator

from app.language import word
from app.model.county import (
    Assignment,
    County,
    Establishment,
    PolicyValue,
    Post,
    Record,
    Staffing,
    Task,
    Unit,
    Volume,
)
from app.model.parameters import SETTINGS
from app.model.settings import setting_for
from app.model.vocabulary import Table

DOT = " · "


def record_name(county: County, record: Record) -> str:
    """Return what a row is called, by the names of what it refers to."""
    if isinstance(record, PolicyValue):
        return setting_name(record.name)
    if isinstance(record, Volume | Assignment):
        parts = [_unit(county, record.unit_code), _task(county, record.task_code)]
        if isinstance(record, Assignment):
            parts.append(_post(county, record.post_code))
        return DOT.join(parts)
    if isinstance(record, Staffing):
        post = county.posts.get((record.post_code,))
        unit = _unit(county, post.unit_code) if post is not None else ""
        return DOT.join(part for part in (unit, _post(county, record.post_code), record.category))
    if isinstance(record, Establishment):
        return DOT.join((_unit(county, record.unit_code), record.category))
    if isinstance(record, Post):
        return DOT.join((_unit(county, record.unit_code), record.title))
    if isinstance(record, Unit | Task):
        return record.name
    return str(getattr(record, "name", DOT.join(record.key)))


def setting_name(key: str) -> str:
    """Return what a policy setting is called in the language of now."""
    setting = setting_for(key)
    return key if setting is None else word(setting)


def rows_to_choose(county: County, table: Table) -> Iterator[Record]:
    """Yield the rows of a table; of policy and people also those that are not stated yet."""
    known = county.rows(table)
    if table is Table.POLICY:
        yield from known.values()
        for setting in SETTINGS:
            if (setting.key,) not in known:
                yield PolicyValue(setting.key, "")
    elif table is Table.STAFFING:
        for (post_code,) in county.posts:
            for (category,) in county.categories:
                yield county.staffing.get((post_code, category)) or Staffing(
                    post_code, category, 0.0
                )
    else:
        yield from known.values()


def _unit(county: County, code: str) -> str:
    unit = county.units.get((code,))
    return unit.name if unit is not None else code


def _task(county: County, code: str) -> str:
    task = county.tasks.get((code,))
    return task.name if task is not None else code


def _post(county: County, code: str) -> str:
    post = county.posts.get((code,))
    return post.title if post is not None else code
