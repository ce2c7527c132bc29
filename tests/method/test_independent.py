"""Every post's figures against a second computation from the same cells, sharing no code."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.method.assessing import assess
from app.model.county import County
from app.model.figures import Figures
from app.resources import resource
from app.workbooks.importing import read_workbooks
from tests.method.by_hand import Answer, answers, read_sheets
from tests.places import DRC

WORKBOOKS = [
    DRC,
    *sorted(resource("sample").glob("*.xlsx")),
]
WISN_DRC_POSTS = 506


@pytest.fixture(scope="module", params=WORKBOOKS, ids=lambda path: path.stem)
def both(request: pytest.FixtureRequest) -> tuple[Figures, dict[str, Answer]]:
    path: Path = request.param
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    imported = read_workbooks([path], County())
    figures = assess(County().with_changes(imported.changes))
    return figures, answers(read_sheets(path))


def test_same_posts(both: tuple[Figures, dict[str, Answer]]) -> None:
    figures, by_hand = both
    assert list(figures.posts) and set(figures.posts) == set(by_hand)


@pytest.mark.parametrize(
    ("name", "by_hand_name"),
    [
        ("assigned_hours", "assigned"),
        ("workload_hours", "workload"),
        ("capacity_hours", "capacity"),
        ("saturation", "saturation"),
        ("peak_month", "peak_month"),
        ("peak_saturation", "peak"),
        ("existing", "existing"),
        ("a", "a"),
        ("b", "b"),
        ("c", "c"),
        ("required", "required"),
        ("required_rounded", "rounded"),
        ("difference", "difference"),
        ("ratio", "ratio"),
    ],
)
def test_figure_of_every_post(
    both: tuple[Figures, dict[str, Answer]], name: str, by_hand_name: str
) -> None:
    figures, by_hand = both
    program = {code: getattr(post.load, name) for code, post in figures.posts.items()}
    second = {code: getattr(answer, by_hand_name) for code, answer in by_hand.items()}
    assert program == {
        code: value if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)
        for code, value in second.items()
    }


def test_band_of_every_post(both: tuple[Figures, dict[str, Answer]]) -> None:
    figures, by_hand = both
    program = {code: post.load.band.chinese for code, post in figures.posts.items()}
    assert program == {code: answer.band for code, answer in by_hand.items()}


@pytest.mark.skipif(not WORKBOOKS[0].exists(), reason="the WISN workbook is not here")
def test_wisn_workbook_is_whole() -> None:
    assert len(answers(read_sheets(WORKBOOKS[0]))) == WISN_DRC_POSTS
