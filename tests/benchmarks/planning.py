"""A plan of the sample county beside raw HiGHS passes over the same matrices.

The raw passes hold each goal as ours do and stop at the same gap, but get a fresh model each time,
every demand by itself, one dense row per goal held, and no ladder. The times are
of the clock: our units run abreast on up to four cores, raw HiGHS runs on one.
"""

from __future__ import annotations

import resource
from dataclasses import replace
from time import perf_counter, process_time

import highspy
import numpy as np

from app.advice.county_problem import formulate as formulate_county
from app.model.county import County
from app.workbooks.importing import read_workbooks
from solver.formulation.programme import Program, formulate
from solver.problem import Problem
from solver.search.searching import COARSE_GAP, HOLDING_ROOM
from solver.search.today import today
from solver.solving import solve
from solver.verifying import goal_values
from tests.benchmarks.timing import print_line
from tests.places import SAMPLE
from tests.solver.generating import make_problem

PASS_SECONDS = 30.0
"""The longest a raw pass may take; six of them are given to our plan together."""

COUNTS = (1, 10, 100)
"""How many counties are planned one after the other; nothing ties one to the next."""

SMALL = {"units": 3, "posts": 8, "demands": 40, "categories": 3}
"""The size of each of them, so that raw HiGHS gets through a hundred as well."""


def main() -> None:
    """Print how long the plans take, ours against raw HiGHS, and how that grows with counties."""
    county = County().with_changes(read_workbooks([SAMPLE], County()).changes)
    problem = formulate_county(county).problem
    for name, is_whole in (("continuous", False), ("whole people", True)):
        _compare(f"plan, {name}", _case(problem, is_whole=is_whole))
    for name, is_whole in (("continuous", False), ("whole people", True)):
        for count in COUNTS:
            _compare_many(f"plan, {name}, small counties: {count}", count, is_whole=is_whole)


def _case(problem: Problem, *, is_whole: bool) -> Problem:
    return replace(problem, rules=replace(problem.rules, whole_people=is_whole))


def _compare(name: str, case: Problem) -> None:
    raw, raw_ending = _raw(case)
    started, busy = perf_counter(), process_time()
    solution = solve(case, time_limit=PASS_SECONDS * 6)
    busy = process_time() - busy
    print_line(f"{name}, its ladder included", ours=perf_counter() - started, raw=raw)
    print(
        f"  ours {solution.outcome}, largest gap {solution.gap:.2%}, {busy:.0f} s of a processor; "
        f"raw {raw_ending}; largest memory {_memory():.0f} MB",
        flush=True,
    )


def _compare_many(name: str, count: int, *, is_whole: bool) -> None:
    cases = [_case(make_problem(seed, **SMALL), is_whole=is_whole) for seed in range(count)]
    started = perf_counter()
    for case in cases:
        _raw(case)
    raw, started = perf_counter() - started, perf_counter()
    proven = sum(solve(case, time_limit=PASS_SECONDS * 6).outcome == "optimal" for case in cases)
    print_line(f"{name}, their ladders included", ours=perf_counter() - started, raw=raw)
    print(f"  ours {proven} of {count} optimal; largest memory {_memory():.0f} MB", flush=True)


def _memory() -> float:
    """Return the most memory this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _raw(problem: Problem) -> tuple[float, str]:
    """Return the seconds of naive passes, a fresh model each, and how many were optimal."""
    started = perf_counter()
    program = formulate(problem)
    before = goal_values(problem, today(problem))
    held: list[tuple[np.ndarray, float]] = []
    optimal = 0
    for goal in problem.rules.goals:
        highs = _model(program, goal, held)
        highs.run()
        optimal += highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        best = highs.getInfo().objective_function_value
        spare = problem.rules.tolerance.get(goal, 0.0) * max(before[goal] - best, 0.0)
        held.append((program.costs[goal], best + spare + HOLDING_ROOM))
    return perf_counter() - started, f"{optimal} of {len(held)} passes optimal"


def _model(program: Program, goal: str, held: list[tuple[np.ndarray, float]]) -> highspy.Highs:
    matrix, lp = program.matrix, highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(matrix.lower), len(matrix.row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = program.costs[goal], matrix.lower, matrix.upper
    lp.row_lower_, lp.row_upper_ = matrix.row_lower, matrix.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.starts.astype(np.int32)
    lp.a_matrix_.index_ = matrix.columns.astype(np.int32)
    lp.a_matrix_.value_ = matrix.values
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    if matrix.is_whole.any():
        lp.integrality_ = [kinds[whole] for whole in matrix.is_whole.astype(int).tolist()]
    highs = highspy.Highs()
    highs.setOptionValue("mip_rel_gap", COARSE_GAP)
    for name, value in (("output_flag", False), ("threads", 1), ("time_limit", PASS_SECONDS)):
        highs.setOptionValue(name, value)
    highs.passModel(lp)
    for cost, most in held:
        places = np.flatnonzero(cost).astype(np.int32)
        highs.addRow(-highspy.kHighsInf, most, len(places), places, cost[places])
    return highs
