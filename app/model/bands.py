"""Band schemes: the named classes of saturation, told with every figure that uses them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.language import word
from app.model.settings import Policy
from app.model.vocabulary import Band

DECIMALS = 9
"""Of a saturation that is classed: what is behind them is noise of the adding."""


@dataclass(frozen=True, slots=True)
class BandClass:
    """One class of a scheme: saturations up to `upper`, itself included unless `is_below` says no.

    `band` gives the class its colour and its place among the findings.
    """

    upper: float
    band: Band
    chinese: str
    english: str
    is_below: bool = False

    def holds(self, saturation: float) -> bool:
        """Return whether a saturation is not above this class."""
        return saturation < self.upper or (saturation == self.upper and not self.is_below)

    @property
    def word(self) -> str:
        """Return the name of the class in the current language."""
        return word(self)


@dataclass(frozen=True, slots=True)
class BandScheme:
    """A named way to class saturations: ascending classes, the last one without an upper limit."""

    key: str
    chinese: str
    english: str
    classes: tuple[BandClass, ...]

    @property
    def word(self) -> str:
        """Return the name of the scheme in the current language."""
        return word(self)

    def class_of(self, saturation: float) -> BandClass:
        """Return the class a saturation falls into; the last nine decimals of noise do not count.

        1.0000000001 is 1, so that a limit reached exactly is met however it was added up.
        """
        snapped = round(saturation, DECIMALS)
        return next(item for item in self.classes if item.holds(snapped))


def _in_words(upper: float, band: Band, *, is_below: bool = False) -> BandClass:
    return BandClass(upper, band, band.chinese, band.english, is_below=is_below)


DEFAULT_SCHEME = BandScheme(
    "default",
    "默认分档（80／100／120）",
    "default bands (80/100/120)",
    (
        _in_words(0.80, Band.UNDER, is_below=True),
        _in_words(1.00, Band.FULL),
        _in_words(1.20, Band.OVER),
        _in_words(math.inf, Band.SEVERE),
    ),
)

WISN_SCHEME = BandScheme(
    "wisn",
    "WISN 比率",
    "WISN ratio",
    (
        BandClass(1.00, Band.UNDER, "有余（比率大于 1）", "surplus (ratio above 1)", is_below=True),
        BandClass(1.00, Band.FULL, "平衡（比率等于 1）", "balance (ratio 1)"),
        BandClass(math.inf, Band.OVER, "短缺（比率小于 1）", "shortage (ratio below 1)"),
    ),
)

FIFTY_SEVENTY_NINETY_SCHEME = BandScheme(
    "50-70-90",
    "50／70／90 分档",
    "50/70/90 bands",
    (
        BandClass(0.50, Band.UNDER, "不饱和", "under-loaded", is_below=True),
        BandClass(0.70, Band.FULL, "基本饱和", "nearly fully loaded"),
        BandClass(0.90, Band.FULL, "饱和", "fully loaded"),
        BandClass(math.inf, Band.OVER, "超饱和", "overloaded"),
    ),
)

PEJ_SCHEME = BandScheme(
    "pej",
    "印度尼西亚 PEJ（A–E）",
    "Indonesia PEJ (A–E)",
    (
        BandClass(0.50, Band.UNDER, "E", "E", is_below=True),
        BandClass(0.70, Band.UNDER, "D", "D"),
        BandClass(0.90, Band.FULL, "C", "C"),
        BandClass(1.00, Band.FULL, "B", "B"),
        BandClass(math.inf, Band.OVER, "A", "A"),
    ),
)

SCHEMES: dict[str, BandScheme] = {
    scheme.key: scheme
    for scheme in (DEFAULT_SCHEME, WISN_SCHEME, FIFTY_SEVENTY_NINETY_SCHEME, PEJ_SCHEME)
}
"""The shipped schemes by the key of setting `band_scheme` (method §3)."""


def own_scheme(limits: Sequence[float]) -> BandScheme:
    """Return the user's own scheme from the three upper limits of the default's first classes."""
    under, full, over = limits
    percent = [f"{limit * 100:g}" for limit in limits]
    return BandScheme(
        ",".join(f"{limit:.12g}" for limit in limits),
        f"自定分档（{'／'.join(percent)}）",
        f"own bands ({'/'.join(percent)})",
        (
            _in_words(under, Band.UNDER, is_below=True),
            _in_words(full, Band.FULL),
            _in_words(over, Band.OVER),
            _in_words(math.inf, Band.SEVERE),
        ),
    )


def scheme_of(policy: Policy) -> BandScheme:
    """Return the scheme a policy chooses: its own limits (`bands`), else the named scheme."""
    return SCHEMES[policy.band_scheme] if policy.bands is None else own_scheme(policy.bands)


@lru_cache(maxsize=8)
def scheme_named(key: str) -> BandScheme:
    """Return the scheme of `Figures.band_scheme`: a shipped one's key, or the limits of an own."""
    if key in SCHEMES:
        return SCHEMES[key]
    return own_scheme([float(limit) for limit in key.split(",")])
