"""Every policy key as a row: what it is called, what holds now, and what holds if it is blank."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.errors import BlockedByData
from app.language import _, word
from app.model.county import Change, County
from app.model.editing.making import policy_change
from app.model.parameters import FAMILIES, SETTINGS, Setting, SettingKind
from app.model.settings import BadSetting, read_setting, setting_for
from app.workbooks.standard.entries import setting_complaint
from ui.tables.table import ShownColumn


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One policy key with what is written for it."""

    setting: Setting
    text: str

    @property
    def key(self) -> str:
        """Return the policy key."""
        return self.setting.key


def setting_rows(county: County) -> Iterator[SettingRow]:
    """Yield every key there can be: single ones, families by their members, and what else is set.

    Families without a closed list of members get one row for each staff category.
    """
    keys = [setting.key for setting in SETTINGS]
    for family in FAMILIES:
        members = (
            [str(one.value) for one in family.words]
            if family.words is not None
            else [category for (category,) in county.categories]
        )
        keys += [f"{family.prefix}.{member}" for member in members]
    keys += [key for (key,) in county.policy if key not in keys]
    for key in keys:
        setting, row = setting_for(key), county.policy.get((key,))
        if setting is not None:
            yield SettingRow(setting, row.value if row is not None else "")


def setting_columns(now: Callable[[], County]) -> list[ShownColumn[SettingRow]]:
    """Return the columns of the settings; the value is typed."""

    def change(row: SettingRow, text: str) -> Change | None:
        text = text.strip()
        try:
            read_setting(row.key, text)
        except BadSetting as error:
            message, remedy = setting_complaint(error)
            raise BlockedByData(message, remedy=remedy) from None
        return policy_change(now(), row.key, text)

    return [
        ShownColumn(_("Setting"), lambda row: word(row.setting)),
        ShownColumn(
            _("Value"), lambda row: row.text, tip=_("Blank means the default."), change=change
        ),
        ShownColumn(_("Default"), lambda row: row.setting.default or _("none")),
        ShownColumn(_("What it takes"), lambda row: takes(row.setting)),
        ShownColumn(_("Key in workbooks"), lambda row: row.key, is_extra=True),
    ]


def takes(setting: Setting) -> str:
    """Return what may be written for a setting."""
    words = {
        SettingKind.NUMBER: _("a number"),
        SettingKind.SHARE: _("a share such as 0.5 or 50%"),
        SettingKind.YES_NO: _("yes or no"),
        SettingKind.NUMBERS: _("numbers with commas between them"),
        SettingKind.LEVERS: _("levers with commas between them"),
        SettingKind.GOALS: _("goals with commas between them"),
        SettingKind.SCOPE: _("a reach of reassignment"),
    }
    if setting.choices:
        return _("one of {choices}").format(choices=_(", ").join(setting.choices))
    text = words.get(setting.kind, "")
    if setting.low is not None and setting.high is not None:
        return _("{what}, {low:g} to {high:g}").format(
            what=text, low=setting.low, high=setting.high
        )
    if setting.low is not None:
        return _("{what}, {low:g} or more").format(what=text, low=setting.low)
    return text
