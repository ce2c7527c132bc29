"""Pictures are written whole, as PNG and SVG, and only where there is something to show."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from app.errors import UserError
from app.language import use_language
from app.method.assessing import assess
from app.report.charts.pictures import WORD_WIDTH, write_pictures
from app.report.pages.docx_pages import WIDTH
from app.report.theme import DOTS_PER_INCH
from app.reporting import Reporting
from tests import builders
from tests.report.plans import small_plan

COUNTY = builders.small_county()


def test_every_chart_becomes_two_files(tmp_path: Path) -> None:
    use_language("zh_CN")
    figures = assess(COUNTY)
    paths = write_pictures(
        tmp_path / "图", county=COUNTY, figures=figures, plan=small_plan(figures)
    )
    stems = [
        "单位饱和度",
        "负荷最重的岗位",
        "单位与机构",
        "逐月负荷",
        "负荷均衡曲线",
        "方案前后对比",
        "措施阶梯",
    ]
    assert [path.name for path in paths] == [
        f"{stem}{suffix}" for stem in stems for suffix in (".png", ".svg")
    ]
    assert sorted(paths) == sorted((tmp_path / "图").iterdir())
    for path in paths:
        if path.suffix == ".png":
            with Image.open(path) as image:
                assert image.width >= 1400
        else:
            root = ElementTree.parse(path).getroot()
            assert root.tag.endswith("svg")
            assert not root.findall(".//{http://www.w3.org/2000/svg}text")


def test_without_a_plan_there_are_no_charts_of_one(tmp_path: Path) -> None:
    paths = write_pictures(tmp_path, county=COUNTY, figures=assess(COUNTY), plan=None)
    assert [path.stem for path in paths[::2]] == [
        "Saturation of units",
        "Most loaded posts",
        "Units and offices",
        "Month by month",
        "Evenness of load",
    ]


def test_for_word_pictures_are_as_wide_as_its_page(tmp_path: Path) -> None:
    figures = assess(COUNTY)
    reporting = Reporting(COUNTY, figures, (), small_plan(figures))
    for_word = reporting.write_pictures(tmp_path / "word", is_for_word=True)
    for_slides = reporting.write_pictures(tmp_path / "slides")
    assert [path.name for path in for_word] == [path.name for path in for_slides]
    for path, other in zip(for_word[::2], for_slides[::2], strict=True):
        with Image.open(path) as image, Image.open(other) as wide:
            assert image.width == round(WORD_WIDTH * DOTS_PER_INCH) < wide.width
    assert WIDTH.inches >= WORD_WIDTH


def test_nothing_to_show_is_no_file(tmp_path: Path) -> None:
    empty = builders.county()
    assert write_pictures(tmp_path, county=empty, figures=assess(empty), plan=None) == ()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be made"):
        write_pictures(tmp_path / "file", county=COUNTY, figures=assess(COUNTY), plan=None)
