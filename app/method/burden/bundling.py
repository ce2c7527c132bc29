"""Bundling: several policies that cut burden, one after the other, and where they lead together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.errors import Cancelled
from app.method.assessing import assess
from app.method.burden.ledger import Effort, together
from app.method.burden.reliefs import Effect, effect_between, relief_changes, relief_effect
from app.method.burden.shipped_reliefs import Relief
from app.model.county import Change, County
from app.model.figures import Figures


@dataclass(frozen=True)
class Bundle:
    """What several policies take away and bring back, each after those before it.

    `changes` turn the county of today into the county under all of them; `county` and `units` are
    the two ends. Σ `cuts` − Σ `substitutes` is what demand falls by.
    """

    reliefs: tuple[Relief, ...]
    cuts: tuple[Effort, ...]
    substitutes: tuple[Effort, ...]
    county: Effect
    units: tuple[Effect, ...]
    changes: tuple[Change, ...]

    @property
    def cut(self) -> Effort:
        """Return everything that is taken away."""
        return together(self.cuts)

    @property
    def substitute(self) -> Effort:
        """Return everything that comes back."""
        return together(self.substitutes)


def bundle(
    county: County,
    figures: Figures,
    reliefs: Sequence[Relief],
    *,
    should_stop: Callable[[], bool] = lambda: False,
) -> Bundle:
    """Return what policies do together; a later one meets only what earlier ones left.

    Raises:
        Cancelled: `should_stop`, which is asked between policies, said so.
    """
    now, after = county, figures
    cuts, substitutes = [], []
    for relief in reliefs:
        if should_stop():
            raise Cancelled
        effect = relief_effect(now, after, relief)
        cuts.append(effect.cut)
        substitutes.append(effect.substitute)
        now = now.with_changes(relief_changes(now, after, relief))
        after = assess(now)
    return Bundle(
        reliefs=tuple(reliefs),
        cuts=tuple(cuts),
        substitutes=tuple(substitutes),
        county=effect_between(figures, after, ""),
        units=tuple(effect_between(figures, after, code) for code in figures.units),
        changes=tuple(county.changes_to(now)),
    )
