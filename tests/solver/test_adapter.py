"""The adapter says of a run only what HiGHS can vouch for, and the LP text is the programme."""

from __future__ import annotations

import subprocess
from pathlib import Path

import highspy
import numpy as np
import pulp
import pytest

from solver.formulation import highs as highs_adapter
from solver.formulation.highs import HonestHighs, KeptModel
from solver.formulation.programme import formulate
from solver.formulation.readable import lp_problem, row_names, variable_names, write_model
from solver.formulation.rules import INF
from solver.problem import GOALS
from solver.solving import solve
from tests.solver.generating import make_county, make_problem


def test_an_lp_stopped_by_the_clock_is_not_called_optimal() -> None:
    program = formulate(make_county())
    answer = KeptModel(program.matrix).minimise(program.costs["overload"], seconds=0.0)
    assert answer.status != "optimal"
    assert answer.bound < INF


def test_an_infeasible_problem_leaves_its_variables_empty() -> None:
    problem = pulp.LpProblem("none")
    x = problem.add_variable("x", lowBound=0)
    problem += x <= -1
    problem.setObjective(x + 0)
    problem.solve(HonestHighs())
    assert problem.status == pulp.LpStatusInfeasible
    assert x.varValue is None


def test_a_maximum_is_found_as_one() -> None:
    problem = pulp.LpProblem("most", pulp.LpMaximize)
    x = problem.add_variable("x", lowBound=0, cat=pulp.LpInteger)
    problem += 2 * x <= 7
    problem.setObjective(x + 0)
    problem.solve(HonestHighs())
    assert problem.status == pulp.LpStatusOptimal
    assert x.varValue == pytest.approx(3)


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(ValueError, match="no_such_option"):
        KeptModel(
            formulate(make_problem(1, units=1, posts=1, demands=1)).matrix, {"no_such_option": 1}
        )


@pytest.mark.parametrize("goal", ["overload", "moved_people"])
def test_the_lp_text_read_by_highs_has_the_same_best(tmp_path: Path, goal: str) -> None:
    problem = make_problem(7, units=2, posts=3, demands=5)
    program = formulate(problem)
    expected = KeptModel(program.matrix).minimise(program.costs[goal])
    write_model(problem, tmp_path / "plan.lp", goal=goal)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.readModel(str(tmp_path / "plan.lp"))
    highs.run()
    assert highs.getInfo().objective_function_value == pytest.approx(expected.value, abs=1e-6)


@pytest.mark.parametrize("form", ["lp", "mps"])
@pytest.mark.parametrize("goal", ["moved_people", "idle_hours"])
def test_another_solver_finds_the_same_best_in_the_file_of_any_pass(
    tmp_path: Path, form: str, goal: str
) -> None:
    problem = make_problem(7, units=2, posts=3, demands=5)
    found = {one.name: one for one in solve(problem, time_limit=60).goals}
    held = {name: found[name].value + 1e-6 for name in GOALS[: GOALS.index(goal)]}
    path = tmp_path / f"plan.{form}"
    write_model(problem, path, goal=goal, held=held)
    cbc = pulp.PULP_CBC_CMD.pulp_cbc_path
    answer = tmp_path / "answer.txt"
    subprocess.run(
        [cbc, path.name, "solve", "solu", answer.name],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    ending, _comma, value = answer.read_text().splitlines()[0].rpartition(" ")
    assert ending.startswith("Optimal")
    assert float(value) == pytest.approx(found[goal].value, rel=1e-4, abs=1e-3)


def test_names_are_those_of_the_county_and_never_twice() -> None:
    program = formulate(make_problem(7, units=2, posts=3, demands=5))
    for names, one in ((variable_names(program), "idle_p0"), (row_names(program), "load_p0")):
        assert one in names
        assert len(set(names)) == len(names)


def test_pulp_and_the_matrix_have_the_same_best() -> None:
    program = formulate(make_problem(11, units=2, posts=3, demands=5))
    expected = KeptModel(program.matrix).minimise(program.costs["overload"])
    problem = lp_problem(program, goal="overload")
    problem.solve(HonestHighs())
    assert pulp.value(problem.objective) == pytest.approx(expected.value)


def test_a_run_that_does_not_end_is_left_and_the_model_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = formulate(make_county())
    model = KeptModel(program.matrix)
    model.hold(program.holds["new_people"], 3.0)
    monkeypatch.setattr(highs_adapter, "GRACE_SECONDS", 0.0)
    left = model.minimise(program.costs["overload"], seconds=0.02)
    assert left.status in {"nothing", "feasible"}
    monkeypatch.undo()
    answer = model.minimise(program.costs["unassigned_hours"])
    assert answer.status == "optimal"
    assert answer.values is not None
    assert program.costs["new_people"] @ answer.values <= 3.0 + 1e-6


def test_limits_and_held_rows_give_way_again() -> None:
    program = formulate(make_problem(7, units=2, posts=3, demands=5))
    cost = program.costs["overload"] + 100 * program.costs["unassigned_hours"]
    used = np.flatnonzero(program.costs["moved_people"])
    model = KeptModel(program.matrix)
    free = model.minimise(cost).value
    before = model.limit(used, np.zeros(len(used)))
    held = model.hold(program.holds["changed_hours"], 0.0)
    assert model.minimise(cost).value > free + 1
    model.limit(used, before)
    model.free(held)
    assert model.minimise(cost).value == pytest.approx(free)
