"""The band colours can be read, and told apart with and without colour vision."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from app.model.colours import HATCHES
from app.model.vocabulary import Band
from app.report.theme import DARK, LIGHT, PRINT, Ground

SCALE = (Band.UNDER, Band.FULL, Band.OVER, Band.SEVERE)
GROUNDS = pytest.mark.parametrize("ground", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])

VISION = {
    "trichromat": np.eye(3),
    "protanope": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranope": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanope": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
"""Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB."""


def linear(colour: str) -> NDArray[np.float64]:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""
    dark, light = sorted(
        float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def seen(colour: str, vision: str) -> NDArray[np.float64]:
    """Return CIE L*a*b* of a colour as it is seen."""
    matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    rgb = np.clip(np.array(VISION[vision]) @ linear(colour), 0, 1)
    x, y, z = np.cbrt(np.array(matrix) @ rgb / [0.9505, 1.0, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@GROUNDS
@pytest.mark.parametrize("band", list(Band))
def test_bands_can_be_read(ground: Ground, band: Band) -> None:
    colours = ground.band(band)
    assert contrast(colours.text, ground.paper) >= 4.5
    assert contrast(colours.text, colours.tint) >= 4.5
    assert contrast(ground.ink, colours.tint) >= 7
    assert contrast(colours.fill, ground.paper) >= 3


@GROUNDS
def test_ground_can_be_read(ground: Ground) -> None:
    assert contrast(ground.ink, ground.paper) >= 7
    assert contrast(ground.muted, ground.paper) >= 4.5
    assert contrast(ground.accent, ground.paper) >= 4.5


@GROUNDS
@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("part", ["fill", "tint"])
def test_bands_differ_for_every_eye(ground: Ground, vision: str, part: str) -> None:
    least = {"fill": 15, "tint": 4}[part]
    for one, other in combinations(SCALE, 2):
        colours = [getattr(ground.band(band), part) for band in (one, other)]
        apart = np.linalg.norm(seen(colours[0], vision) - seen(colours[1], vision))
        assert apart >= least, (one, other)


def test_bands_differ_in_print_by_pattern() -> None:
    assert set(HATCHES) == set(Band)
    assert len(set(HATCHES.values())) == len(Band)
