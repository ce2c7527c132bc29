"""Why the system refuses is said in the user's language, whatever the system itself says."""

from __future__ import annotations

import errno

from app.errors import reason_of
from app.language import use_language


def test_usual_refusals_are_said_in_the_user_s_language() -> None:
    refused = PermissionError(errno.EACCES, "Permission denied")

    assert reason_of(refused) == "access is denied"
    use_language("zh_CN")
    assert reason_of(refused).isascii() is False


def test_an_unusual_refusal_is_said_in_the_system_s_words() -> None:
    assert reason_of(OSError(errno.EXDEV, "Invalid cross-device link")).startswith("Invalid")
    assert reason_of(OSError("no number")) == "no number"
