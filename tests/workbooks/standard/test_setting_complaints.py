"""What is said about a policy value that cannot be read names what its key wants."""

from __future__ import annotations

import pytest

from app.model.settings import BadSetting, read_setting
from app.workbooks.standard.entries import setting_complaint


@pytest.mark.parametrize(
    ("key", "text", "remedy"),
    [
        ("bands", "1.2,1,0.8", "Write 3 rising numbers, separated by commas."),
        ("calendar.days", "21,16", "Write 12 numbers, separated by commas."),
        ("seniority.行政", "0,0,0", "Write 3 numbers, separated by commas."),
        ("calendar", "2019", "Write one of: 2026, 2025, 2024."),
        ("duplicate_threshold", "2", "Write a number from 0.5 to 1."),
        ("max_duties_per_person", "viele", "Write it like the default: 8."),
    ],
)
def test_remedy_says_what_the_key_wants(key: str, text: str, remedy: str) -> None:
    with pytest.raises(BadSetting) as refusal:
        read_setting(key, text)
    assert setting_complaint(refusal.value)[1] == remedy


def test_keys_with_a_member_are_known_to_the_remedies() -> None:
    with pytest.raises(BadSetting) as near:
        read_setting("tolerance.overlaod", "0")
    with pytest.raises(BadSetting) as far:
        read_setting("无此参数", "0")
    assert setting_complaint(near.value)[1] == "Did you mean “tolerance.overload”?"
    assert "tolerance.…, pool.…" in setting_complaint(far.value)[1]
