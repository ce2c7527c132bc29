"""The commands that write: endings, units, pictures for Word, and files that are in use."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import docx
import pytest

from app.commandline import main
from app.model.county import Change
from app.project import Project
from tests.builders import small_county


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "小县.hengbian"
    project = Project.new(path)
    project.change("录入", [Change(before=None, after=row) for row in small_county().records()])
    project.save()
    project.close()
    return path


def test_report_for_word_has_headings_and_says_where_it_is(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = plan.with_suffix(".docx")
    assert main(["--language", "zh_CN", "report", str(plan), str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"written": [str(out)]}
    headings = [
        paragraph.text
        for paragraph in docx.Document(str(out)).paragraphs
        if paragraph.style is not None and paragraph.style.name == "Heading 1"
    ]
    assert headings[:2] == ["编制与人员", "负担台账"]
    assert headings[-1] == "数据与方法依据"


def test_report_of_a_unit_for_word(plan: Path) -> None:
    out = plan.with_suffix(".docx")
    assert main(["report", str(plan), str(out), "--unit", "U1"]) == 0
    assert docx.Document(str(out)).paragraphs[0].style.name == "Title"  # type: ignore[union-attr]


@pytest.mark.parametrize("ending", [".txt", ".doc", ""])
def test_an_unknown_ending_is_one_sentence(
    plan: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = plan.with_suffix(ending)
    assert main(["--language", "zh_CN", "report", str(plan), str(out)]) == 2
    said = capsys.readouterr().err
    assert said == f"报告不能写成“{out.name}”这种格式。文件名请以 .pdf 或 .docx 结尾。\n"
    assert not out.exists()


def test_a_file_in_use_names_a_second_one(
    plan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = plan.with_suffix(".xlsx")
    out.write_bytes(b"open elsewhere")

    def refuse(*_given: object) -> None:
        raise PermissionError(errno.EACCES, "locked")

    monkeypatch.setattr(Path, "replace", refuse)
    assert main(["--language", "en", "export", str(plan), str(out)]) == 2
    assert "write to “小县 (2).xlsx” instead" in capsys.readouterr().err
    assert out.read_bytes() == b"open elsewhere"
    assert not list(plan.parent.glob(".*.part"))


def test_pictures_for_word(plan: Path) -> None:
    folder = plan.parent / "图"
    assert main(["pictures", str(plan), str(folder), "--for-word"]) == 0
    assert {path.suffix for path in folder.iterdir()} == {".png", ".svg"}
