"""The corpus of cells: one thing wrong or odd in a good workbook, and what has to be said of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from app.model.vocabulary import Severity
from tests.workbooks.books import Rows, good_book, spoiled

Book = dict[str, Rows]


@dataclass(frozen=True)
class CellCase:
    """A workbook and its one finding; without a gist nothing but notes may be said."""

    label: str
    book: Callable[[], Book]
    gist: str = ""
    severity: Severity = Severity.ERROR
    sheet: str = ""
    cell: str = ""

    def make(self, path: Path) -> None:
        """Write the workbook; texts stay texts, a text as bytes is a formula and its result."""
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for title, rows in self.book().items():
                tab = book.add_worksheet(title)
                for row, cells in enumerate(rows):
                    for column, value in enumerate(cells):
                        _write(tab, (row, column), value, day)


def _write(tab: Any, at: tuple[int, int], value: Any, day: Any) -> None:
    if isinstance(value, bytes):
        formula, _arrow, result = value.decode().partition("→")
        tab.write_formula(*at, formula, None, result)
    elif isinstance(value, datetime.date):
        tab.write_datetime(*at, value, day)
    elif isinstance(value, str):
        tab.write_string(*at, value)
    elif value is not None:
        tab.write(*at, value)


def one(
    place: str, value: Any, gist: str, *, at: str = "", severity: Severity = Severity.ERROR
) -> CellCase:
    """Return the good workbook with one cell spoiled, such as 任务量!C2; told there or `at`."""
    sheet, _mark, cell = place.partition("!")
    label = f"{place} = {str(value)[:30]} ({type(value).__name__})"
    return CellCase(label, lambda: spoiled(sheet, cell, value), gist, severity, sheet, at or cell)


def warned(place: str, value: Any, gist: str, *, at: str = "") -> CellCase:
    return one(place, value, gist, at=at, severity=Severity.WARNING)


def noted(place: str, value: Any, gist: str, *, at: str = "") -> CellCase:
    return one(place, value, gist, at=at, severity=Severity.NOTE)


def fine(place: str, value: Any) -> CellCase:
    return one(place, value, "")


def below(place: str, gist: str, *rows: list[Any], severity: Severity = Severity.ERROR) -> CellCase:
    """Return the good workbook with rows added at the foot of a sheet, told at 任务量!A5."""
    sheet, _mark, cell = place.partition("!")

    def book() -> Book:
        found = good_book()
        found[sheet] += [list(row) for row in rows]
        return found

    return CellCase(f"{place} below: {rows[0]}"[:60], book, gist, severity, sheet, cell)


def changed(
    label: str, change: Callable[[Book], object], gist: str = "", place: str = ""
) -> CellCase:
    """Return the good workbook after a change of its shape."""

    def book() -> Book:
        found = good_book()
        change(found)
        return found

    sheet, _mark, cell = place.partition("!")
    return CellCase(label, book, gist, Severity.ERROR, sheet, cell)


def drop_column(sheet: str, title: str) -> Callable[[Book], object]:
    def change(book: Book) -> None:
        at = book[sheet][0].index(title)
        book[sheet] = [row[:at] + row[at + 1 :] for row in book[sheet]]

    return change


def add_column(sheet: str, title: str, value: Any) -> Callable[[Book], object]:
    def change(book: Book) -> None:
        width = len(book[sheet][0])
        for number, row in enumerate(book[sheet]):
            row.extend([*[None] * (width - len(row)), value if number else title])

    return change


VOLUME, SHARE = "任务量!C2", "分工!D2"
MOMENT, DAY, HOUR = (
    datetime.datetime(2024, 5, 1, 8, 30),
    datetime.date(2024, 5, 1),
    "is a date",
)
WORDS_FOR_NUMBERS = ("不详", "N/A", "1.2.3", "1,20", "0x1F", "nan", "∞", "３０a3", "=1+1", "@30")
STROKES = ("-", "—", "/")
ESTIMATES = ("约30件", "30件左右", "大概50", "~30", "≈30")
VAGUE = ("上百次", "几十", "30余件", "近百件", "30多")
RANGES = ("30-40", "30~40件", "30至40", "30—40", "30到40件")
READABLE = ("1,200", "１２００", " 30 ", "3万", "1.5", "1e3", "1 200", "+30", "0", "1，200", "30件")
READABLE += ("五十", "无", "30/年", "30。")
ODD_TEXTS = ("=1+1", "+86 10", "-", "@某人", "'x", "001", "TRUE", "1e5", "😀", "一\n二", "<b>&amp;")

NUMBERS = [
    *(one(VOLUME, text, "not understood") for text in WORDS_FOR_NUMBERS if "+" not in text),
    *(one(VOLUME, text, "must be filled") for text in STROKES),
    *(one(VOLUME, text, "only a rough number") for text in VAGUE),
    *(noted(VOLUME, text, "is an estimate") for text in ESTIMATES),
    *(noted(VOLUME, text, "is a range") for text in RANGES),
    one(VOLUME, "同上", "points to another place"),
    one(VOLUME, "2024-05-01", "not understood"),
    one(VOLUME, "50%", "not understood"),
    *(fine(VOLUME, text) for text in READABLE),
    one(VOLUME, "1e400", "larger than any number"),
    one(VOLUME, -5, "too small"),
    one(VOLUME, "−5", "too small"),
    one(VOLUME, 1e12, "too large"),
    one(VOLUME, "9万亿", "too large"),
    fine(VOLUME, "2百万"),
    fine(VOLUME, "3千"),
    one(VOLUME, True, "truth value"),
    one(VOLUME, DAY, HOUR),
    one(VOLUME, MOMENT, HOUR),
    one(VOLUME, None, "must be filled"),
    one(VOLUME, " \u3000\u00a0", "must be filled"),
    one(VOLUME, "=SUM(C3:C4)→".encode(), "no stored result"),
    one(VOLUME, "=1/0→#DIV/0!".encode(), "error value"),
    one(VOLUME, "=X!A1→#REF!".encode(), "error value"),
    one(VOLUME, "=VLOOKUP(1,A:A,1,0)→#N/A".encode(), "error value"),
    one(VOLUME, "=FOO()→#NAME?".encode(), "error value"),
    one(VOLUME, '=DISPIMG("ID_1",1)→=DISPIMG("ID_1",1)'.encode(), "picture"),
    fine(VOLUME, "=C3*2→100".encode()),
    one("编制!D2", "3.2万余", "only a rough number"),
    noted("编制!C2", "10人左右", "is an estimate"),
    one("编制!D2", -1, "too small"),
    one("编制!C2", 2e6, "too large"),
    one("岗位!E2", "数人", "not understood"),
    one("岗位!E2", -1, "too small"),
    one("任务!E2", 1e7, "too large"),
    one("任务!E2", None, "must be filled"),
    one("工时!B2", 400, "too large"),
    one("工时!B2", 20, "none are left"),
    one("工时!H2", 25, "too large"),
    one("工时!H2", 0, "too small"),
    one("工时!H2", 1e-300, "too small"),
    one("岗位!H4", 2, "below the lower limit"),
]

SHARES = [
    *(one(SHARE, value, "no share") for value in (50, 1.2, "150%", "120", -0.1, "-5%")),
    fine(SHARE, "三成"),
    noted(SHARE, "约50%", "is an estimate"),
    one(SHARE, DAY, HOUR),
    *(fine(SHARE, value) for value in ("50%", "５０％", 0.25, "0.5", 0)),
    warned(SHARE, 0.9, "add up to 140.0%", at="D3"),
    noted("占用!D2", "2小时左右", "is an estimate"),
    one("占用!E2", "占比", "200% of the working time", at="D2"),
    one("占用!E2", "小时/季", "not a word of column"),
]

CODES = [
    one("任务量!A2", "U7", "does not stand on sheet 单位"),
    one("任务量!B2", "T7", "does not stand on sheet 任务"),
    one("分工!C2", "P7", "does not stand on sheet 岗位"),
    one("分工!C2", "P3", "belongs to unit U2"),
    one("岗位!B2", "U7", "does not stand on sheet 单位"),
    one("任务!B2", "D7", "does not stand on sheet 职责"),
    one("任务!G2", "雨季", "does not stand on sheet 季节"),
    one("编制!A2", "u1", "does not stand on sheet 单位"),
    one("单位!A3", "U1", "already stands in", at="A3"),
    one("任务!A3", "T1", "already stands in", at="A3"),
    one("岗位!A3", "P1", "already stands in", at="A3"),
    one("任务量!B3", "T1", "already stands in", at="A3"),
    one("分工!C3", "P1", "already stands in", at="A3"),
    one("任务量!B2", DAY, "stored as a date"),
    one("任务量!B2", True, "stored as a date or a truth value"),
    one("任务量!B2", 1234567890123456789, "lost its last digits"),
    one("任务量!A2", None, "must be filled"),
    one("单位!B2", None, "must be filled"),
    one("单位!A2", "=A9→#REF!".encode(), "error value"),
    warned("分工!B4", "T2", "has no volume in unit U2"),
    below("任务量!B5", "“总计划” does not stand on sheet 任务", ["U1", "总计划", 230]),
    below("任务量!A5", "must be filled", [None, "T1", 5]),
    below(
        "任务量!B5", "“注：以上为估计” does not stand on sheet 任务", ["U1", "注：以上为估计", 0]
    ),
]

WORDS = [
    one("单位!C2", "城", "not a word of column"),
    one("职责!C2", "基体", "not a word of column"),
    one("任务!D2", "按件", "not a word of column"),
    one("任务!F2", "形式", "not a word of column"),
    one("分工!E2", "主辦方", "not a word of column"),
    one("占用!B2", "全体", "not a word of column"),
    one("政策!A2", "target", "not a policy setting"),
    one("政策!B2", "九成", "no value for"),
    one("政策!B2", -1, "no value for"),
    warned("占用!C2", "某科室", "is no staff category, unit, office or post"),
    one("季节!L2", "多些", "not understood"),
    noted("季节!L2", 0.9, "were normalised to 1", at="B2"),
    *(fine("单位!B2", text) for text in ODD_TEXTS),
    *(fine("岗位!C2", text) for text in ("=CMD|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)")),
    fine("单位!B2", "长" * 3000),
    warned("岗位!C2", '=DISPIMG("ID",1)→=DISPIMG("ID",1)'.encode(), "picture"),
]

SHAPES = [
    changed(
        "titles with brackets, stars and wide spaces",
        lambda book: book["任务量"].__setitem__(
            0, ["单位编码＊", " 任务编码（task）", "年　业务量 *"]
        ),
    ),
    changed(
        "English titles", lambda book: book["任务量"].__setitem__(0, ["unit", "TASK", "Volume"])
    ),
    changed(
        "title rows above",
        lambda book: book["任务量"].__setitem__(
            slice(0, 0), [["云岭县任务量统计表"], ["填报日期：2026年"], [None]]
        ),
    ),
    changed(
        "blank rows between",
        lambda book: book["任务量"].__setitem__(
            slice(2, 2), [[None, None, None], [" ", None, " "]]
        ),
    ),
    changed("a column nobody knows", add_column("任务量", "备注二", "略")),
    changed("a column twice", add_column("任务量", "年业务量", 5), "a second time", "任务量!D1"),
    changed("no column of volumes", drop_column("任务量", "年业务量"), "年业务量", "任务量!A1"),
    changed("no column of units", drop_column("分工", "单位编码"), "单位编码", "分工!A1"),
    changed("no kind of burden", drop_column("任务", "负担类型"), "负担类型", "任务!A1"),
    changed(
        "seasons that are all 0",
        lambda book: book["季节"].__setitem__(1, ["年底", *[0] * 12]),
        "All months of this season are 0",
        "季节!B2",
    ),
    changed(
        "an allowance of single posts as a share",
        lambda book: book["占用"].append(["值班", "个别", None, 0.1, "占比"]),
        "cannot be a share",
        "占用!E3",
    ),
    changed(
        "no optional sheet at all",
        lambda book: [book.pop(name) for name in ("编制", "工时", "占用", "政策")],
    ),
    changed("1,000 blank rows below", lambda book: book["任务量"].extend([[None] * 3] * 1000)),
]

CELLS: list[CellCase] = [*NUMBERS, *SHARES, *CODES, *WORDS, *SHAPES]
