"""The adapter to HiGHS: one model kept over all passes, and PuLP's solver made honest."""

from __future__ import annotations

import dataclasses
import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import pulp

from solver.formulation.sparse import Matrix, SparseRow, with_rows
from solver.problem import Floats, Integers
from solver.work import SECONDS_A_LOOK, SECONDS_A_RUN, SECONDS_AN_ITERATION, spend

OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 1e-6,
    "mip_abs_gap": 1e-6,
    "mip_feasibility_tolerance": 1e-7,
    "primal_feasibility_tolerance": 1e-8,
}
"""Fixed, so that the same problem gives the same plan."""

HEURISTICS = tuple(
    f"mip_heuristic_run_{name}"
    for name in ("rins", "rens", "root_reduced_cost", "feasibility_jump")
)
"""How HiGHS looks for other points. It spends half its time on it: from a good start it is quicker
to go on with the bound alone and with what that start proves to be useless."""

TICK_SECONDS = 0.2
"""How often a running pass is looked at: progress and cancel, faster than twice a second."""

GRACE_SECONDS = 0.4
"""How long HiGHS may wind down once told to stop: it looks up only now and then, at times not for
minutes. After that its run is left to end by itself and a fresh one takes over."""

_NO_END = 2**31 - 1
"""As many iterations as HiGHS can count."""

_EVENTS = (
    highspy.cb.HighsCallbackType.kCallbackMipInterrupt,
    highspy.cb.HighsCallbackType.kCallbackSimplexInterrupt,
    highspy.cb.HighsCallbackType.kCallbackIpmInterrupt,
)


@dataclass(frozen=True)
class Reply:
    """What one pass found: `status` is optimal, feasible (stopped early), infeasible or nothing.

    `bound` is the proven lower bound, −inf where nothing is proven.
    """

    status: str
    values: Floats | None
    value: float
    bound: float


NOTHING = Reply("nothing", None, float("inf"), float("-inf"))
"""The answer of a search that had no time."""


@dataclass
class Sight:
    """The best value and bound of the pass that is running; None while unknown."""

    value: float | None = None
    bound: float | None = None


Watch = Callable[[Sight], bool]
"""Called at every tick with what is known; True stops the pass."""


class KeptModel:
    """One model inside HiGHS: passed once, then given other costs, rows and starts in place."""

    def __init__(
        self, matrix: Matrix, options: Mapping[str, bool | int | float | str] | None = None
    ) -> None:
        self._matrix = dataclasses.replace(
            matrix, lower=matrix.lower.copy(), upper=matrix.upper.copy()
        )
        self._rows: list[SparseRow] = []
        self._options = {**OPTIONS, **(options or {})}
        self._gap = float(self._options["mip_rel_gap"])
        self.is_mip = bool(matrix.is_whole.any())
        self._highs = self._fresh()

    def add(self, rows: Sequence[SparseRow]) -> slice:
        """Add rows and return their places, by which `change` finds them."""
        first = len(self._rows)
        self._rows.extend(rows)
        for row in rows:
            _add_row(self._highs, row)
        return slice(first, len(self._rows))

    def hold(self, cost: Floats, most: float) -> slice:
        """Add the row `cost · x ≤ most` and return its place."""
        used = np.flatnonzero(cost)
        return self.add([SparseRow(used, cost[used], -highspy.kHighsInf, most)])

    def change(self, places: slice, rows: Sequence[SparseRow]) -> None:
        """Give the rows at these places the limits of `rows`, else like them."""
        self._rows[places] = rows
        first = len(self._matrix.row_lower) + places.start
        for number, row in enumerate(rows, start=first):
            self._highs.changeRowBounds(number, row.lower, row.upper)

    def free(self, places: slice) -> None:
        """Let the rows at these places hold nothing any more."""
        inf = highspy.kHighsInf
        rows = [SparseRow(row.columns, row.values, -inf, inf) for row in self._rows[places]]
        self.change(places, rows)

    def now(self) -> Matrix:
        """Return the model as it is now, the rows added included."""
        return with_rows(self._matrix, self._rows)

    def limit(self, columns: Integers, upper: Floats) -> Floats:
        """Give these columns other upper bounds and return those they had.

        What must be 0 is better said so than held by a row: presolve then takes out all that
        hangs on it, which turned minutes into seconds wherever a goal ends at 0.
        """
        before = self._matrix.upper[columns].copy()
        self._matrix.upper[columns] = upper
        self._set_bounds(columns, self._matrix.lower[columns], upper)
        return before

    def duals(self) -> Floats:
        """Return the duals of all rows after an optimal run without whole numbers."""
        return np.array(self._highs.getSolution().row_dual)

    def minimise_around(
        self,
        cost: Floats,
        point: Floats,
        *,
        seconds: float = float("inf"),
        watch: Watch | None = None,
    ) -> Reply:
        """Minimise `cost · x` with every whole number fixed to what it is, rounded, at `point`.

        A solver calls 2.9999999 people whole, which for 1,784 hours each is not nothing: only
        with the numbers snapped is a goal's value the plan's. It also is a good start.
        """
        whole = np.flatnonzero(self._matrix.is_whole)
        lower, upper = self._matrix.lower[whole], self._matrix.upper[whole]
        fixed = np.clip(np.round(point[whole]), lower, upper)
        self._set_bounds(whole, fixed, fixed)
        answer = self.minimise(cost, seconds=seconds, watch=watch)
        self._set_bounds(whole, lower, upper)
        return answer

    def minimise(
        self,
        cost: Floats,
        *,
        seconds: float = float("inf"),
        start: Floats | None = None,
        watch: Watch | None = None,
        gap: float | None = None,
        is_near: bool = False,
    ) -> Reply:
        """Minimise `cost · x` within `seconds` of work; `start` is a feasible whole-number point.

        `gap` is the relative distance from the best that is near enough, None for the usual one.
        `is_near` says that the start is so good that looking for another is a waste.
        """
        for name in HEURISTICS:
            self._highs.setOptionValue(name, not is_near)
        self._highs.setOptionValue("mip_rel_gap", self._gap if gap is None else gap)
        places = np.arange(len(cost), dtype=np.int32)
        self._highs.changeColsCost(len(cost), places, cost)
        if start is not None and self.is_mip:
            solution = highspy.HighsSolution()
            solution.col_value = start.tolist()
            self._highs.setSolution(solution)
        sight = Sight()
        if self._run(sight, watch, most=self._allowed(seconds)):
            return self._answer(cost)
        self._highs = self._fresh()
        return Reply("nothing", None, np.inf, -np.inf if sight.bound is None else sight.bound)

    def _allowed(self, seconds: float) -> float:
        """Return how many looks, or iterations, `seconds` of work are; also told to HiGHS."""
        each = SECONDS_A_LOOK if self.is_mip else SECONDS_AN_ITERATION
        allowed = max(seconds, 0.0) / (each * max(len(self._matrix.values), 1))
        most = int(min(math.ceil(min(allowed, _NO_END)), _NO_END))
        self._highs.setOptionValue("simplex_iteration_limit", _NO_END if self.is_mip else most)
        return most

    def _run(self, sight: Sight, watch: Watch | None, *, most: float) -> bool:
        """Run HiGHS and return whether it ended when it was to; count the work it did.

        A search for whole numbers ends after `most` looks. With a `watch` it has a thread of its
        own: it may be silent for more than a second, and then somebody has to ask.
        """
        stop, looks = threading.Event(), [0]

        def look(kind: Any, _message: str, data_out: Any, data_in: Any, _data: Any) -> None:
            if kind == highspy.cb.HighsCallbackType.kCallbackMipInterrupt:
                looks[0] += 1
                sight.value = _finite(data_out.mip_primal_bound)
                sight.bound = _finite(data_out.mip_dual_bound)
            data_in.user_interrupt = stop.is_set() or looks[0] > most

        highs = self._highs
        highs.setCallback(look, None)
        for event in _EVENTS:
            highs.startCallback(event)
        has_ended = _watched(highs, sight, watch, stop) if watch is not None else bool(highs.run())
        if watch is not None and not has_ended:
            return False
        highs.setCallback(None, None)
        size = len(self._matrix.values)
        iterations = max(highs.getInfo().simplex_iteration_count, 0)
        done = looks[0] * SECONDS_A_LOOK if self.is_mip else iterations * SECONDS_AN_ITERATION
        spend(SECONDS_A_RUN + done * size)
        return True

    def _fresh(self) -> highspy.Highs:
        """Return HiGHS with the model as it is now."""
        highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in self._options.items():
            if highs.setOptionValue(name, value) == highspy.HighsStatus.kError:
                raise ValueError(f"HiGHS knows no option {name} = {value}")
        highs.passModel(_highs_lp(self._matrix))
        for row in self._rows:
            _add_row(highs, row)
        return highs

    def _set_bounds(self, columns: Integers, lower: Floats, upper: Floats) -> None:
        self._highs.changeColsBounds(len(columns), columns.astype(np.int32), lower, upper)

    def _answer(self, cost: Floats) -> Reply:
        """Read the result by what HiGHS can vouch for, not by why it stopped."""
        status = self._highs.getModelStatus()
        info = self._highs.getInfo()
        infeasible = {
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        }
        if status in infeasible:
            return Reply("infeasible", None, np.inf, np.inf)
        is_feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        is_optimal = is_feasible and status == highspy.HighsModelStatus.kOptimal
        bound = info.mip_dual_bound if self.is_mip else -np.inf
        if not is_feasible:
            return Reply("nothing", None, np.inf, bound)
        values = np.array(self._highs.getSolution().col_value)
        value = float(cost @ values)
        # An LP has no other bound; a MIP none where presolve finds that nothing beats the start.
        if is_optimal and not np.isfinite(bound):
            bound = value
        return Reply("optimal" if is_optimal else "feasible", values, value, min(bound, value))


def _watched(highs: highspy.Highs, sight: Sight, watch: Watch, stop: threading.Event) -> bool:
    """Run HiGHS in a thread of its own until `watch` wants out; return whether it ended."""
    running = threading.Thread(target=highs.run, daemon=True)
    running.start()
    try:
        while running.is_alive() and not stop.is_set():
            running.join(TICK_SECONDS)
            if running.is_alive() and watch(sight):
                stop.set()
    finally:
        if running.is_alive():
            stop.set()
            running.join(GRACE_SECONDS)
    return not running.is_alive()


class HonestHighs(pulp.HiGHS):  # type: ignore[misc]
    """PuLP's HiGHS solver with the model passed at once and a status that can be believed.

    The one of PuLP 3.3.2 calls an LP that ran out of time optimal although rows are violated,
    ignores options it does not know and reads 0 for every variable after an infeasible run.
    """

    def actualSolve(self, lp: pulp.LpProblem) -> int:  # noqa: N802
        """Solve `lp`, set its variables only where there is a feasible point."""
        variables = lp.variables()
        sign = -1.0 if lp.sense == pulp.LpMaximize else 1.0
        cost = np.array([sign * lp.objective.get(variable, 0.0) for variable in variables])
        model = KeptModel(_pulp_matrix(lp, variables), dict(self.optionsDict))
        limit = float("inf") if self.timeLimit is None else float(self.timeLimit)
        answer = model.minimise(cost, seconds=limit)
        values = [None] * len(variables) if answer.values is None else answer.values.tolist()
        for variable, value in zip(variables, values, strict=True):
            variable.varValue = value
        status, solution_status = _PULP_STATUS[answer.status]
        lp.assignStatus(status, solution_status)
        return int(status)


_PULP_STATUS = {
    "optimal": (pulp.LpStatusOptimal, pulp.LpSolutionOptimal),
    "feasible": (pulp.LpStatusNotSolved, pulp.LpSolutionIntegerFeasible),
    "infeasible": (pulp.LpStatusInfeasible, pulp.LpSolutionInfeasible),
    "nothing": (pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound),
}


def relaxed(
    matrix: Matrix, cost: Floats, *, seconds: float, watch: Watch
) -> tuple[float, Floats] | None:
    """Return the least `cost · x` where nothing needs to be whole, and the duals of its rows.

    None where that takes longer or there is no such point.
    """
    nothing_whole = np.zeros(len(matrix.lower), dtype=np.bool_)
    model = KeptModel(dataclasses.replace(matrix, is_whole=nothing_whole))
    answer = model.minimise(cost, seconds=seconds, watch=watch)
    return (answer.value, model.duals()) if answer.status == "optimal" else None


def _add_row(highs: highspy.Highs, row: SparseRow) -> None:
    places = row.columns.astype(np.int32)
    highs.addRow(row.lower, row.upper, len(places), places, row.values)


def _finite(value: float) -> float | None:
    return float(value) if abs(value) < highspy.kHighsInf else None


def _highs_lp(matrix: Matrix) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(matrix.lower), len(matrix.row_lower)
    lp.col_cost_ = np.zeros(len(matrix.lower))
    lp.col_lower_, lp.col_upper_ = matrix.lower, matrix.upper
    lp.row_lower_, lp.row_upper_ = matrix.row_lower, matrix.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.starts.astype(np.int32)
    lp.a_matrix_.index_ = matrix.columns.astype(np.int32)
    lp.a_matrix_.value_ = matrix.values
    if matrix.is_whole.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[whole] for whole in matrix.is_whole.astype(int).tolist()]
    return lp


def _pulp_matrix(lp: pulp.LpProblem, variables: list[pulp.LpVariable]) -> Matrix:
    place_of = {variable: place for place, variable in enumerate(variables)}
    constraints = lp.constraints()
    entries = [
        (place_of[variable], value) for row in constraints for variable, value in row.items()
    ]
    low = [-np.inf if row.getLb() is None else row.getLb() for row in constraints]
    high = [np.inf if row.getUb() is None else row.getUb() for row in constraints]
    return Matrix(
        starts=np.concatenate([[0], np.cumsum([len(row) for row in constraints])]).astype(np.int64),
        columns=np.array([place for place, _value in entries], dtype=np.int64),
        values=np.array([value for _place, value in entries], dtype=np.float64),
        row_lower=np.array(low, dtype=np.float64),
        row_upper=np.array(high, dtype=np.float64),
        lower=np.array([-np.inf if v.lowBound is None else v.lowBound for v in variables]),
        upper=np.array([np.inf if v.upBound is None else v.upBound for v in variables]),
        is_whole=np.array([v.cat == pulp.LpInteger for v in variables], dtype=np.bool_),
    )
