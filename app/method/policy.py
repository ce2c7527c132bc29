"""Policy: the settings of a county, read once for every table of them."""

from __future__ import annotations

from functools import lru_cache

from app.errors import BlockedByData
from app.language import _
from app.method.grouping import Identity
from app.model.county import County
from app.model.settings import BadSetting, Policy, read_policy


class UnreadablePolicy(BlockedByData):
    """A policy value that does not fit its key."""

    def __init__(self, error: BadSetting) -> None:
        self.key = error.key
        super().__init__(
            _("The policy value “{value}” does not fit {key}.").format(
                value=error.value, key=error.key
            ),
            remedy=_("Correct it on sheet 政策, or clear it to use the default."),
        )


def policy_of(county: County) -> Policy:
    """Return the policy of a county.

    Raises:
        UnreadablePolicy: a policy value does not fit its key.
    """
    try:
        return _read(Identity(county.policy))
    except BadSetting as error:
        raise UnreadablePolicy(error) from error


@lru_cache(maxsize=4)
def _read(policy: Identity) -> Policy:
    return read_policy((row.name, row.value) for row in policy.table.values())
