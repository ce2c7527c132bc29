"""The preview shows the pages that are printed, page by page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from app.language import use_language
from app.method.assessing import assess
from app.method.checks.checkup import find
from app.report.pages.preview import Preview
from app.reporting import Reporting
from tests import builders
from tests.report.plans import small_plan


@pytest.fixture
def reporting() -> Reporting:
    county = builders.small_county()
    figures = assess(county)
    return Reporting(county, figures, find(county, figures), small_plan(figures))


def test_every_page_becomes_a_picture_of_the_width_asked_for(reporting: Reporting) -> None:
    with reporting.preview() as preview:
        assert len(preview) >= 2
        for number in range(1, len(preview) + 1):
            page = preview.page(number, width=300)
            with Image.open(BytesIO(page.png)) as image:
                assert image.size == (page.width, page.height)
                assert abs(image.width - 300) <= 1
                assert image.height / image.width == pytest.approx(297 / 210, abs=0.01)
                assert len(image.getcolors(1 << 24) or ()) > 5
            assert page.number == number


def test_a_page_in_grey_has_no_colour(reporting: Reporting) -> None:
    with reporting.preview("U1") as preview:
        assert len(preview) == 1
        with Image.open(BytesIO(preview.page(1, width=300, is_grey=True).png)) as image:
            assert image.mode == "L"


def test_what_is_shown_is_what_is_printed(reporting: Reporting) -> None:
    use_language("zh_CN")
    with reporting.preview() as preview:
        assert preview.pdf.startswith(b"%PDF")
        assert "岗位工作量与编制测算报告" in preview.text(1)


def test_threads_may_ask_at_once_and_a_page_too_many_is_refused(reporting: Reporting) -> None:
    with Preview(reporting.preview("U1").pdf) as preview:
        with ThreadPoolExecutor(4) as pool:
            pictures = list(pool.map(lambda _n: preview.page(1, width=200).png, range(8)))
        assert len(set(pictures)) == 1
        for number in (0, 2):
            with pytest.raises(IndexError):
                preview.page(number)
