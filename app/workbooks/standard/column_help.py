"""What a user is told about a column, made from the same data that reads and writes it."""

from __future__ import annotations

from app.language import _
from app.model.vocabulary import Table
from app.workbooks.cells.column import NO, YES, Column, ColumnKind
from app.workbooks.standard.sheets import BY_TABLE, PEOPLE, Sheet


def help_text(column: Column, sheet: Sheet) -> str:
    """Return the sentences that say how to fill a column, the demand first."""
    sentences = [
        _demand(column),
        _content(column),
        _meanings().get((sheet.table, column.name), ""),
        _default(column, sheet),
    ]
    return "\n".join(sentence for sentence in sentences if sentence)


def _demand(column: Column) -> str:
    if column.only_for is not None:
        return _("Must be filled where the task is counted in pieces (件数).")
    return _("Must be filled.") if column.is_required else ""


def _content(column: Column) -> str:
    if column.name.startswith(PEOPLE):
        return _("People of this category on duty; add a column for each further category.")
    if column.refers_to is not None:
        return _("As it stands on sheet {sheet}.").format(sheet=BY_TABLE[column.refers_to].title)
    words = [word.chinese for word in column.words or ()]
    sentences = {
        ColumnKind.CODE: _("A code of your own, no two alike."),
        ColumnKind.TEXT: "",
        ColumnKind.NUMBER: _("A number, 0 or more."),
        ColumnKind.SHARE: _("A share such as 0.5 or 50%."),
        ColumnKind.YES_NO: _("{yes} or {no}.").format(yes=YES, no=NO),
        ColumnKind.WORD: _("One of: {words}.").format(words=_(", ").join(words)),
        ColumnKind.LIST: _("Separate several with “；”."),
    }
    return sentences[column.kind]


def _default(column: Column, sheet: Sheet) -> str:
    default = sheet.defaults.get(column.field)
    if isinstance(default, float):
        return _("Blank means {default:g}.").format(default=default)
    return ""


def _meanings() -> dict[tuple[Table, str], str]:
    """Return what the title of a column does not say by itself."""
    return {
        (Table.UNITS, "travel"): _("Multiplies the hours of field work in this unit."),
        (Table.UNITS, "area_km2"): _("In square kilometres."),
        (Table.ESTABLISHMENT, "authorised"): _("Blank is unknown, not 0."),
        (Table.ESTABLISHMENT, "in_post"): _("Blank is unknown, not 0."),
        (Table.POSTS, "ability"): _("1 is ordinary; 1.2 does a fifth more in the same time."),
        (Table.POSTS, "min_people"): _("Blank: 1 where somebody is on the post today."),
        (Table.POSTS, "max_people"): _("Blank is no limit."),
        (Table.POSTS, "is_pinned"): _("Pinned posts keep their people and their tasks."),
        (Table.TASKS, "method"): _("Blank means 件数; 专项 states the hours a year."),
        (Table.TASKS, "hours_each"): _("In hours."),
        (Table.TASKS, "saving"): _("What technology or merging takes off already."),
        (Table.TASKS, "max_cut"): _("Blank: as sheet 政策 says for its kind of burden."),
        (Table.VOLUMES, "volume"): _("Pieces a year; for 专项, hours a year."),
        (Table.VOLUMES, "hours_each"): _("In hours; replaces the task's in this unit."),
        (Table.ASSIGNMENTS, "share"): _("Shares of one task in one unit add up to 1 at most."),
        (Table.ASSIGNMENTS, "is_pinned"): _("Pinned assignments are not changed by a plan."),
        (Table.WORKING_TIME, "cost_per_year"): _("In 10,000 yuan."),
        (Table.ALLOWANCES, "kind"): _("全员 is everybody in scope; 个别 is some of them."),
        (Table.ALLOWANCES, "scope"): _(
            "A staff category, unit, office or post; blank is everybody."
        ),
        (Table.ALLOWANCES, "people"): _("Only for 个别; blank means 1."),
        (Table.PROFILES, "name"): _(
            "The name that sheet 任务 uses; months are shares of the year."
        ),
        (Table.POLICY, "value"): _("Blank means the default."),
    }
