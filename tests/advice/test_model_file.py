"""The model behind a plan is written for other solvers, the goals before the last held."""

from __future__ import annotations

from pathlib import Path

import highspy
import pytest

from app.advising import Advising
from app.errors import UserError
from app.method.assessing import assess
from app.model.vocabulary import Goal
from tests.builders import small_county


@pytest.fixture
def advising() -> Advising:
    county = small_county()
    return Advising(county, assess(county), None, ())


@pytest.mark.parametrize("name", ["模型.lp", "模型.MPS"])
def test_the_file_read_by_highs_has_the_last_goal_of_the_plan(
    advising: Advising, tmp_path: Path, name: str
) -> None:
    plan = advising.compute_plan(time_limit=60)
    advising.write_model(plan, tmp_path / name)
    plain = tmp_path / f"model{Path(name).suffix.lower()}"
    (tmp_path / name).rename(plain)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.readModel(str(plain))
    highs.run()
    (last,) = [goal for goal in plan.goals if goal.goal is Goal.CHANGED_HOURS]
    assert highs.getInfo().objective_function_value == pytest.approx(last.value, abs=1e-3)


def test_another_ending_is_refused_in_a_sentence(advising: Advising, tmp_path: Path) -> None:
    plan = advising.compute_plan(time_limit=60)
    with pytest.raises(UserError, match="no name for a model"):
        advising.write_model(plan, tmp_path / "model.xlsx")
