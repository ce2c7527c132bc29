"""The parts of a chart that lead somewhere: clicked, reached by arrow keys, entered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Qt

from app.report.wrapping import DOT
from tests.ui.driving import Driver
from ui.pages.matrix import MatrixPage
from ui.pages.overview import OverviewPage
from ui.pages.page import Where
from ui.widgets.spots import Spot, beside

LEFT, RIGHT, UP, DOWN = (
    int(key) for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
)


def test_arrow_keys_go_to_the_nearest_part_in_their_direction() -> None:
    """A gap in a row is stepped over, one below is stepped beside."""
    a, b, c, d = spots = tuple(
        Spot(name, QRectF(x, y, 20, 10))
        for name, x, y in (("a", 0, 0), ("b", 60, 0), ("c", 0, 30), ("d", 30, 30))
    )
    assert beside(spots, None, RIGHT) is a
    assert beside(spots, a, RIGHT) is b
    assert beside(spots, b, RIGHT) is b
    assert beside(spots, a, DOWN) is c
    assert beside(spots, b, DOWN) is d
    assert beside(spots, c, UP) is a
    assert beside(spots, d, LEFT) is c
    assert beside((), None, DOWN) is None


def test_a_cell_of_the_heat_map_opens_the_matrix_behind_it(
    driver: Driver, sample_path: Path
) -> None:
    driver.open(sample_path)
    page = driver.show("overview")
    assert isinstance(page, OverviewPage)
    heat = page.heat
    driver.qtbot.waitUntil(lambda: heat.is_drawn, timeout=30_000)
    figures = driver.workspace.figures
    offices = [office for office in figures.offices.values() if office.office]
    unit = figures.units[offices[0].unit_code]
    name = DOT.join((unit.name, offices[0].office))
    spot = next(one for one in heat._spots if one.name == name)
    inside = [
        post
        for post in figures.posts.values()
        if (post.unit_code, post.office) == (unit.unit_code, offices[0].office)
    ]
    worst = max(inside, key=lambda post: post.load.saturation or 0.0)
    asked: list[Where] = []
    page.asked.connect(asked.append)
    driver.qtbot.mouseClick(heat, Qt.MouseButton.LeftButton, pos=spot.area.center().toPoint())
    matrix = driver.window.stack.currentWidget()
    assert isinstance(matrix, MatrixPage)
    assert matrix.here().unit_code == unit.unit_code
    assert asked == [Where("matrix", unit_code=unit.unit_code, post_code=worst.post_code)]
    driver.show("overview")
    heat._point(next(one for one in heat._spots if one.name == DOT.join((unit.name, "Whole unit"))))
    driver.qtbot.keyClick(heat, Qt.Key.Key_Down)
    below = heat.toolTip()
    assert below != name and below.endswith("Whole unit")
    driver.qtbot.keyClick(heat, Qt.Key.Key_Return)
    assert driver.window.stack.currentWidget() is matrix
    shown = figures.units[matrix.here().unit_code].name
    assert shown == below.partition(DOT)[0] != unit.name
