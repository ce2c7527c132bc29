"""The colours and patterns of the bands: one set for table, chart, exported sheet and print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.model.vocabulary import Band


@dataclass(frozen=True, slots=True)
class BandColours:
    """How one band looks on one ground; each colour is `#rrggbb`."""

    fill: str
    """Bars, dots and swatches: at least 3 : 1 against the ground."""
    text: str
    """The band's word or number: at least 4.5 : 1 against the ground and against the tint."""
    tint: str
    """Behind a cell whose words stay in ink."""


LIGHT: Mapping[Band, BandColours] = MappingProxyType(
    {
        Band.UNDER: BandColours(fill="#7a8fb8", text="#48607f", tint="#dbe3f0"),
        Band.FULL: BandColours(fill="#3d8b63", text="#246645", tint="#dcefe3"),
        Band.OVER: BandColours(fill="#c98313", text="#875400", tint="#fbe6b6"),
        Band.SEVERE: BandColours(fill="#bf3a1b", text="#8f2410", tint="#f6c3b2"),
        Band.NO_CAPACITY: BandColours(fill="#4c4f57", text="#3b3e45", tint="#dcdcde"),
        Band.NO_DATA: BandColours(fill="#8d9097", text="#5d6067", tint="#f1f1f1"),
    }
)
DARK: Mapping[Band, BandColours] = MappingProxyType(
    {
        Band.UNDER: BandColours(fill="#7089ad", text="#a3b8d6", tint="#2a3647"),
        Band.FULL: BandColours(fill="#4fa57a", text="#7cc79d", tint="#1f3d2e"),
        Band.OVER: BandColours(fill="#e3aa45", text="#ecb95e", tint="#4a3a14"),
        Band.SEVERE: BandColours(fill="#dd5836", text="#ffa88e", tint="#7a3322"),
        Band.NO_CAPACITY: BandColours(fill="#b9bcc4", text="#cfd1d6", tint="#3d4047"),
        Band.NO_DATA: BandColours(fill="#7d828b", text="#a4a8b0", tint="#2a2d33"),
    }
)

HATCHES: Mapping[Band, str] = MappingProxyType(
    {
        Band.UNDER: "....",
        Band.FULL: "",
        Band.OVER: "////",
        Band.SEVERE: "xxxx",
        Band.NO_CAPACITY: "++++",
        Band.NO_DATA: "||||",
    }
)
"""The pattern of each band in matplotlib's signs, so that a print in grey tells them apart."""


def band_colours(band: Band, *, dark: bool = False) -> BandColours:
    """Return the three colours of a band on a light or a dark ground."""
    return (DARK if dark else LIGHT)[band]
