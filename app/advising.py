"""Advising: what can be asked about a plan and its measures, once there are inputs to plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.advice.carrying_out.applying import changes_of
from app.advice.county_after_plan import stands
from app.advice.county_problem import formulate
from app.advice.gate import gaps
from app.advice.measures.relief import ReliefCurve, relief_curve
from app.advice.measures.standing_verdicts import Decided
from app.advice.pins import Pin, locks_against
from app.advice.planning import RunProgress, make_plan, write_model
from app.advice.progress import Portion
from app.advice.whatif.asked_move import Asked
from app.advice.whatif.curve import HeadcountCurve
from app.advice.whatif.horizon import Horizon, horizon
from app.advice.whatif.marginal_people import headcount_curve
from app.advice.whatif.question_limits import MOST_PEOPLE, MOST_YEARS, SURVIVAL_DRAWS
from app.advice.whatif.robustness import Survivals, survivals
from app.advice.whatif.whynot import WhyNot, why_not
from app.errors import BlockedByData, UserError
from app.language import _
from app.method.policy import policy_of
from app.method.uncertainty.evidence import SEED
from app.model.county import Change, County
from app.model.figures import Figures
from app.model.plan import Decision, Measure, Plan, Remark
from app.model.reasons import ranks_named
from app.model.vocabulary import Lever, Verdict


@dataclass(frozen=True)
class Advising:
    """A county, its figures, the plan kept last and what was decided about measures.

    Frozen, so that any thread may ask it anything. Nothing here is stored: what changes the plan
    file is told, and the project carries it out.
    """

    county: County
    figures: Figures
    plan: Plan | None
    decided: tuple[Decided, ...]
    carried_out: frozenset[str] = frozenset()
    """The identities of the plan's measures that the inputs contain already."""

    def compute_plan(
        self,
        *,
        levers: Iterable[Lever] | None = None,
        time_limit: float | None = None,
        on_progress: Callable[[RunProgress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Plan:
        """Find a plan around what is decided, close to the list of the plan before."""
        return make_plan(
            self.county,
            self.figures,
            levers=frozenset(levers) if levers is not None else None,
            time_limit=time_limit,
            decided=self.decided,
            previous=self._previous,
            begin_from=self.plan if self.decided else None,
            on_progress=on_progress,
            should_stop=should_stop,
        )

    @property
    def gaps(self) -> tuple[Remark, ...]:
        """Return what is missing in the inputs for a plan to mean anything (method §8)."""
        return gaps(self.county, self.figures)

    def write_model(self, plan: Plan, path: Path) -> None:
        """Write the last pass of a plan computed here for other solvers, LP or MPS."""
        write_model(self.county, plan, path, decided=self.decided, previous=self._previous)

    def why_not(
        self,
        asked: Asked,
        *,
        time_limit: float | None = None,
        on_progress: Callable[[RunProgress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> WhyNot:
        """Return what becomes better and worse if a wish is fulfilled and all else planned anew.

        Raises:
            UserError: the wish names what is not there or can never be.
        """
        return why_not(
            self.county,
            asked,
            plan=self.plan,
            decided=self.decided,
            time_limit=time_limit,
            on_progress=on_progress,
            should_stop=should_stop,
        )

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """Return the verdict on each measure that was decided about, by its identity."""
        return {measure.identity: verdict for measure, verdict in self.decided}

    @property
    def is_of_today(self) -> bool:
        """Tell whether the plan kept last is about the inputs as they are now."""
        formulation = formulate(self.county, self.known_plan().levers)
        return stands(self.known_plan(), formulation.problem)

    def relief_curve(self) -> ReliefCurve:
        """Return what the first k measures of the plan bring.

        Raises:
            BlockedByData: no plan is kept.
        """
        weights = policy_of(self.county).tier_weights
        cafs = (post.caf for post in self.figures.posts.values())
        return relief_curve(self.known_plan(), weights, cafs)

    def headcount_curve(
        self,
        *,
        unit_codes: Iterable[str] | None = None,
        categories: Iterable[str] | None = None,
        most: int = MOST_PEOPLE,
        may_move: bool = False,
        on_progress: Callable[[Portion], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> HeadcountCurve:
        """Return what one person more or fewer changes, by unit and category, and the curve.

        None looks at every unit, and at every category inside the establishment. The others stay
        on their posts unless `may_move`. Takes some seconds for a county (a minute or two with
        `may_move`): call it from a worker thread.

        Raises:
            UserError: a unit or category that is not there.
            BlockedByData: there is nothing to plan.
            Cancelled: `should_stop` said so.
        """
        return headcount_curve(
            self.county,
            self.plan,
            self.decided,
            unit_codes=unit_codes,
            categories=categories,
            most=most,
            may_move=may_move,
            on_progress=on_progress,
            should_stop=should_stop,
        )

    def survivals(
        self,
        *,
        draws: int = SURVIVAL_DRAWS,
        seed: int = SEED,
        on_progress: Callable[[Portion], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Survivals:
        """Return how often each measure of the plan is proposed again with other unit times.

        Takes about a minute for a county: call it from a worker thread.

        Raises:
            BlockedByData: no plan is kept.
            Cancelled: `should_stop` said so.
        """
        return survivals(
            self.county,
            self.known_plan(),
            self.decided,
            draws=draws,
            seed=seed,
            on_progress=on_progress,
            should_stop=should_stop,
        )

    def horizon(
        self,
        *,
        years: int = MOST_YEARS,
        time_limit: float | None = None,
        on_progress: Callable[[RunProgress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> Horizon:
        """Return people and shortages of the next `years` (1 to 5), by unit and category.

        `time_limit` (seconds) None is left to the policy; a run that is stopped shows what it has.

        Raises:
            UserError: `years` is not from 1 to 5.
            BlockedByData: there are no people, or nothing to do.
            Cancelled: stopped before anything was found.
        """
        return horizon(
            self.county,
            self.figures,
            years=years,
            time_limit=time_limit,
            on_progress=on_progress,
            should_stop=should_stop,
        )

    def decisions(
        self, ranks: Sequence[int], verdict: Verdict | None
    ) -> dict[str, Decision | None]:
        """Return what deciding about measures of the plan, by their ranks, comes to.

        Raises:
            BlockedByData: no plan is kept.
            UserError: the plan has no measure of such a rank, or one to accept is carried out.
        """
        plan_id, measures = self.known_plan().plan_id, self._measures(ranks)
        done = [row.rank for row in measures if row.identity in self.carried_out]
        if done and verdict is Verdict.ACCEPTED:
            raise UserError(
                _("Carried out already: measures {ranks}.").format(ranks=ranks_named(done)),
                remedy=_("The inputs contain them; a new plan goes on from there."),
            )
        return {
            measure.identity: Decision(measure.identity, verdict, plan_id) if verdict else None
            for measure in measures
        }

    def open_among_first(self, count: int) -> tuple[int, ...]:
        """Return the ranks among the first `count` measures about which nothing is decided yet.

        So accepting the first ones leaves every rejection as it is (method §8).
        """
        verdicts = self.verdicts
        return tuple(
            measure.rank
            for measure in self.known_plan().measures[:count]
            if measure.identity not in verdicts and measure.identity not in self.carried_out
        )

    def locks_against(self, ranks: Sequence[int]) -> tuple[Pin, ...]:
        """Return what has to be locked so that what measures would change stays as it is today.

        Raises:
            BlockedByData: no plan is kept.
            UserError: the plan has no measure of such a rank, or it is accepted, or takes nothing
                from anybody.
        """
        found: dict[Pin, None] = {}
        for measure in self._measures(ranks):
            if self.verdicts.get(measure.identity) is Verdict.ACCEPTED:
                raise UserError(
                    _("Measure {rank} is accepted, so what it changes cannot be locked.").format(
                        rank=measure.rank
                    ),
                    remedy=_("Take the decision back first."),
                )
            found |= dict.fromkeys(locks_against(measure))
        return tuple(found)

    def _measures(self, ranks: Sequence[int]) -> list[Measure]:
        by_rank = {measure.rank: measure for measure in self.known_plan().measures}
        for rank in ranks:
            if rank not in by_rank:
                raise UserError(
                    _("The plan has no measure {rank}.").format(rank=rank),
                    remedy=_("`hengbian measures PLAN` lists its measures."),
                )
        return [by_rank[rank] for rank in ranks]

    @property
    def accepted(self) -> tuple[Measure, ...]:
        """Return the accepted measures, in the order in which they were accepted."""
        return tuple(measure for measure, verdict in self.decided if verdict is Verdict.ACCEPTED)

    def changes(self) -> list[Change]:
        """Return the changes of the inputs that the accepted measures amount to.

        Raises:
            BlockedByData: none is accepted, or one no longer fits the inputs.
        """
        if not self.accepted:
            raise BlockedByData(
                _("No measure is accepted."), remedy=_("Accept measures of the plan first.")
            )
        return changes_of(self.county, self.accepted)

    @property
    def _previous(self) -> tuple[Measure, ...]:
        """Return the list that a new plan stays close to, once something is decided about it."""
        return self.plan.measures if self.plan is not None and self.decided else ()

    def known_plan(self) -> Plan:
        """Return the plan kept last.

        Raises:
            BlockedByData: no plan is kept.
        """
        if self.plan is None:
            raise BlockedByData(
                _("There is no plan yet."), remedy=_("`hengbian solve PLAN` finds one.")
            )
        return self.plan
