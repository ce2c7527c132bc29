"""Spots: the places of a picture that lead somewhere, found by mouse and by keys."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt

STEPS = {
    int(Qt.Key.Key_Left): (-1, 0),
    int(Qt.Key.Key_Right): (1, 0),
    int(Qt.Key.Key_Up): (0, -1),
    int(Qt.Key.Key_Down): (0, 1),
}
SAME = 2.0
"""Logical pixels within which two spots stand in one line."""


@dataclass(frozen=True)
class Spot:
    """A part of a picture, in its logical pixels, and what the chart calls it."""

    name: str
    area: QRectF


def spot_at(spots: tuple[Spot, ...], place: QPointF) -> Spot | None:
    """Return the spot under a place, None where there is none."""
    return next((spot for spot in spots if spot.area.contains(place)), None)


def beside(spots: tuple[Spot, ...], now: Spot | None, key: int) -> Spot | None:
    """Return the nearest spot in the direction of an arrow key, the one of now if there is none."""
    if now is None or not spots:
        return spots[0] if spots else None
    across, down = STEPS[key]
    here = now.area.center()

    def distance(spot: Spot) -> tuple[float, float] | None:
        away = spot.area.center() - here
        ahead = away.x() * across + away.y() * down
        aside = abs(away.x() * down) + abs(away.y() * across)
        if ahead <= SAME or (across and aside > SAME):
            return None
        return ahead, aside

    found = [(far, at) for at, spot in enumerate(spots) if (far := distance(spot)) is not None]
    return spots[min(found)[1]] if found else now
