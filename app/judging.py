"""Judging: what can be asked about a county at one moment, once its figures are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.advice.whatif.intake import NewDuty, UnitIntake, check_intake, intake_changes
from app.advice.whatif.scenarios import Comparison, compare
from app.advice.whatif.years import Rebound, Year, rebounds
from app.language import current_language
from app.method.assessing import assess, denominator_of, reassess
from app.method.burden.bundling import Bundle, bundle
from app.method.burden.ledger import BurdenLedger, burden_ledger
from app.method.burden.limits import Excess, excesses
from app.method.burden.reliefs import ReliefEffect, relief_changes, relief_effect
from app.method.burden.shipped_reliefs import Relief
from app.method.evenness import CountyEvenness, county_evenness
from app.method.policy import policy_of
from app.method.resharing import changed_cells, reassess_shares
from app.method.uncertainty.evidence import DRAWS, SEED, Robustness, robustness
from app.method.uncertainty.measuring import Measurement, measurements
from app.method.uncertainty.second_opinion import Contrast, Opinion, contrasts, opinions
from app.method.uncertainty.tornado import Tornado, tornado
from app.model.changing import affected_units
from app.model.county import Change, County
from app.model.figures import Figures


@dataclass(frozen=True, slots=True)
class Assessed:
    """Figures and the county they belong to, so that they can never disagree unnoticed.

    They hold a sentence, so they belong to a language too.
    """

    county: County
    figures: Figures
    language: str

    @classmethod
    def of(cls, county: County, figures: Figures) -> Assessed:
        """Return what has just been computed."""
        return cls(county, figures, current_language())

    @classmethod
    def anew(cls, county: County, known: Assessed | None) -> Assessed:
        """Return the figures of a county; where only the language changed, all but words is kept.

        Raises:
            BlockedByData: the rows contradict each other.
        """
        if known is not None and known.county is county:
            return cls.of(county, replace(known.figures, denominator=denominator_of(county)))
        return cls.of(county, assess(county))

    def fits(self, county: County) -> bool:
        """Return whether these are the figures of `county` in the language of now."""
        return self.county is county and self.language == current_language()

    def figures_of(self, county: County) -> Figures:
        """Return the figures of a county much like this one, computing only what differs."""
        cells = changed_cells(self.county, county)
        if cells is not None:
            return reassess_shares(self.figures, county, cells)
        units = affected_units(self.county, county)
        return assess(county) if units is None else reassess(self.figures, county, units)


@dataclass(frozen=True)
class Judging:
    """A county and its figures; frozen, so that any thread may ask it anything.

    Nothing here is stored: what changes the inputs (`relief_changes`, `intake_changes`) says how,
    and the project carries it out or keeps it as a scenario.
    """

    county: County
    figures: Figures

    def burden(self, unit_code: str | None = None) -> BurdenLedger:
        """Return the burden ledger of the county or of one unit."""
        return burden_ledger(self.county, self.figures, unit_code=unit_code)

    def relief_effect(self, relief: Relief) -> ReliefEffect:
        """Return what a policy does to demand, saturation and people."""
        return relief_effect(self.county, self.figures, relief)

    def relief_changes(self, relief: Relief) -> tuple[Change, ...]:
        """Return the changes of the inputs that a policy amounts to."""
        return relief_changes(self.county, self.figures, relief)

    def bundle(
        self, reliefs: Sequence[Relief], *, should_stop: Callable[[], bool] = lambda: False
    ) -> Bundle:
        """Return what several policies do together, one after the other."""
        return bundle(self.county, self.figures, reliefs, should_stop=should_stop)

    def measurements(self, found: Robustness, *, number: int = 50) -> tuple[Measurement, ...]:
        """Return the unit times to measure next, given what `robustness` answered."""
        return measurements(self.county, self.figures, found, number=number)

    def excesses(self) -> tuple[Excess, ...]:
        """Return what is above a limit of the policy (熔断)."""
        return excesses(self.county, self.figures)

    def robustness(
        self,
        *,
        draws: int = DRAWS,
        seed: int = SEED,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Robustness:
        """Return how often posts and units are overloaded if the unit times vary."""
        return robustness(
            self.county, self.figures, draws=draws, seed=seed, should_stop=should_stop
        )

    def tornado(
        self,
        *,
        unit_code: str | None = None,
        post_code: str | None = None,
        number: int = 20,
        should_stop: Callable[[], bool] = lambda: False,
    ) -> Tornado:
        """Return the inputs that would change a saturation most."""
        return tornado(
            self.county,
            self.figures,
            unit_code=unit_code,
            post_code=post_code,
            number=number,
            should_stop=should_stop,
        )

    def opinions(self) -> tuple[Opinion, ...]:
        """Return residents, villages and area per person beside the workload."""
        return opinions(self.county, self.figures)

    def contrasts(self) -> tuple[Contrast, ...]:
        """Return units of a kind that lie far apart."""
        return contrasts(self.county, self.figures)

    def evenness(self) -> CountyEvenness:
        """Return how evenly work lies between posts and between units."""
        return county_evenness(self.figures)

    def intake(self, new: NewDuty) -> tuple[UnitIntake, ...]:
        """Return which units can take a new duty on, and with what."""
        return check_intake(self.county, self.figures, new)

    def intake_changes(self, new: NewDuty) -> tuple[Change, ...]:
        """Return the changes that hand a new duty to the units that do not refuse it."""
        return intake_changes(self.figures, new, self.intake(new))

    def compared_with(self, earlier: Judging) -> Comparison:
        """Return every cell and figure that is otherwise than in `earlier`."""
        return compare(earlier.county, earlier.figures, self.county, self.figures)

    def rebounds(self, earlier: Sequence[tuple[str, Judging]]) -> tuple[Rebound, ...]:
        """Return the burden that came back or grew since the years before, the earliest first.

        Thresholds are this county's policy: `rebound_threshold`, `minimum_measure`.
        """
        policy = policy_of(self.county)
        years = [Year(name, other.county, other.figures) for name, other in earlier]
        return rebounds(
            [*years, Year("", self.county, self.figures)],
            threshold=policy.rebound_threshold,
            least_hours=policy.minimum_measure,
        )
