"""Settings: every key is described, its default reads as the policy's own, bad values are named."""

from __future__ import annotations

import pytest

from app.model.parameters import FAMILIES, SETTINGS, Family, Setting
from app.model.settings import BadSetting, Policy, read_policy, read_setting, setting_for
from app.model.vocabulary import Evidence, Form, Goal


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_default_is_that_of_the_policy(setting: Setting) -> None:
    key = setting.key
    assert read_setting(key, "") == getattr(Policy(), key.replace(".", "_"))


def test_families_take_words_in_every_language_and_names_as_they_are() -> None:
    policy = read_policy(
        [
            ("tolerance.overload", "2%"),
            ("pool.事业", "6"),
            ("limit.检查", "24"),
            ("limit.REPORT", "100"),
            ("limit_hours.检查", "300"),
            ("limit.MEETING", ""),
            ("spread.估计", "0.5"),
            ("seniority.事业", "5,3,2"),
        ]
    )
    assert policy.tolerance == {Goal.OVERLOAD: 0.02}
    assert policy.pool == {"事业": 6.0}
    assert policy.piece_limits == {Form.INSPECTION: 24.0, Form.REPORT: 100.0}
    assert policy.hour_limits == {Form.INSPECTION: 300.0}
    assert policy.spreads == {Evidence.ESTIMATE: 0.5}
    assert policy.seniority == {"事业": (5.0, 3.0, 2.0)}


def test_a_percentage_is_exactly_the_share_it_says() -> None:
    assert read_setting("probe", "57%") == 0.57


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("limit.茶", "3"),
        ("limit.", "3"),
        ("limit.检查", "-1"),
        ("spread.估计", "3"),
        ("pool.", "1"),
    ],
)
def test_what_no_family_knows_is_refused(key: str, text: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read_setting(key, text)
    assert (refused.value.key, refused.value.value) == (key, text)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.prefix)
def test_a_member_of_a_family_is_described_by_its_word(family: Family) -> None:
    words = family.words
    member = next(iter(words)) if words is not None else "事业"
    setting = setting_for(f"{family.prefix}.{member}")
    assert setting is not None
    assert getattr(member, "chinese", member) in setting.chinese
    assert getattr(member, "english", member) in setting.english
