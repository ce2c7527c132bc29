"""A plan of the sample county beside raw HiGHS passes over the same matrices.

The raw passes hold each goal as ours do and stop at the same gap, but get a fresh model each time,
every demand by itself, one dense row per goal held, and no ladder.
"""

from __future__ import annotations

import resource
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time

import highspy
import numpy as np

from app.advice.formulating import formulate as formulate_county
from app.county import County
from app.workbooks.importing import read_workbooks
from solver.formulating import Program, formulate
from solver.passes import COARSE_GAP, HOLDING_ROOM
from solver.problem import Problem
from solver.solving import solve
from solver.today import today
from solver.verifying import goal_values
from tests.benchmarks.timing import print_line

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "yunling.xlsx"
PASS_SECONDS = 30.0
"""The longest a raw pass may take; six of them are given to our plan together."""

MANY = 10
"""How many counties are planned one after the other; what a hundred take is ten times that."""


def main() -> None:
    """Print how long the plans take, ours against raw HiGHS, and how that grows with counties."""
    county = County().with_changes(read_workbooks([SAMPLE], County()).changes)
    problem = formulate_county(county).problem
    continuous = _case(problem, is_whole=False)
    _compare("plan, continuous", continuous)
    _compare("plan, whole people", _case(problem, is_whole=True))
    one = _many(continuous, 1)
    ten = _many(continuous, MANY)
    print(
        f"plan, continuous, counties apart: 1 in {one:.1f} s, {MANY} in {ten:.1f} s "
        f"({ten / one:.1f} times), 100 by the same growth in {ten * 100 / MANY:.0f} s; "
        f"largest memory {_memory():.0f} MB",
        flush=True,
    )


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


def _many(case: Problem, count: int) -> float:
    """Return the seconds that `count` plans take; nothing ties counties together."""
    started = perf_counter()
    for _number in range(count):
        solve(case, time_limit=PASS_SECONDS * 6)
    return perf_counter() - started


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
