"""What is written: lists to choose from, text that stays text, and the old file until the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.errors import BlockedByData, UserError
from app.language import use_language
from app.model.county import County
from app.workbooks.standard.exporting import write_standard, write_template
from app.workbooks.standard.sheets import SHEETS
from tests import builders


def test_the_template_has_every_sheet_and_column_in_order(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)

    workbook = load_workbook(path)
    assert workbook.sheetnames[: len(SHEETS)] == [sheet.title for sheet in SHEETS]
    for sheet in SHEETS:
        tab = workbook[sheet.title]
        headings = [cell.value for cell in tab[1]]
        assert [h for h in headings if h not in {"行政", "事业", "工勤", "编外"}] == [
            column.heading for column in sheet.columns
        ]
        assert tab.freeze_panes == "B3"
        assert tab["A2"].value.startswith("【说明】")
        assert tab["A3"].value.startswith("【示例】")


def test_the_template_offers_the_words_of_a_column(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)

    workbook = load_workbook(path)
    lists = {
        sheet: {str(rule.sqref).split(":")[0]: rule.formula1 for rule in rules}
        for sheet in ("单位", "岗位", "任务", "政策")
        for rules in [workbook[sheet].data_validations.dataValidation]
    }
    assert lists["单位"]["C4"] == '"乡,镇,街道,县直部门"'
    assert lists["岗位"]["B4"] == "单位!$A$2:$A$20000"
    assert lists["任务"]["I4"] == '"是,否"'
    choices = workbook["选项"]
    assert choices.sheet_state == "hidden"
    assert lists["政策"]["A4"].startswith("选项!$A$1:")
    assert choices["A1"].value == "target_saturation"


def test_the_help_row_speaks_the_user_s_language(tmp_path: Path) -> None:
    use_language("zh_CN")
    write_template(tmp_path / "template.xlsx")

    help_row = [cell.value for cell in load_workbook(tmp_path / "template.xlsx")["任务量"][2]]
    assert help_row[2] == "必填。\n不小于 0 的数。\n每年件数；专项填写每年工时。"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "https://x.cn", "00123"])
def test_text_is_written_as_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "county.xlsx"
    write_standard(builders.county(builders.unit(name=text)), path)

    cell = load_workbook(path)["单位"]["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_text_too_long_for_a_cell_is_told(tmp_path: Path) -> None:
    path = tmp_path / "county.xlsx"
    with pytest.raises(BlockedByData, match="Cell H2 of sheet 单位"):
        write_standard(builders.county(builders.unit(note="长" * 40_000)), path)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_a_folder_as_target_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        write_template(tmp_path / "absent" / "out.xlsx")
    with pytest.raises(UserError, match="is a folder"):
        write_standard(County(), tmp_path)
