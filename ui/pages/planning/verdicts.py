"""Verdicts: the words for what is decided about measures and what became of it."""

from __future__ import annotations

from app.language import _, ngettext
from app.model.vocabulary import Verdict
from app.report.wording import mark_word
from ui.look import number_format
from ui.look.messages import Message


def carried_out(count: int) -> Message:
    """Return what is said once accepted measures are carried out."""
    words = ngettext(
        "{count} measure is carried out: the inputs are those after it.",
        "{count} measures are carried out: the inputs are those after them.",
        count,
    )
    return Message(
        words.format(count=number_format.whole(count)),
        _("Undo takes all of it back; plan again to go on from here."),
    )


def marked(share: float | None) -> str:
    """Return per cent of the draws and the word for it: 97 · solid."""
    if share is None:
        return number_format.MISSING
    return _("{share} · {mark}").format(
        share=number_format.whole(share), mark=mark_word(share / 100)
    )


MARKS = {Verdict.ACCEPTED: "✓", Verdict.REJECTED: "✕"}


def verb(verdict: Verdict | None) -> str:
    """Return the word on the button that decides so."""
    return {
        Verdict.ACCEPTED: _("Accept"),
        Verdict.REJECTED: _("Reject"),
        None: _("Undecided"),
    }[verdict]


def explained(verdict: Verdict | None) -> str:
    """Return what deciding so means for the next plan."""
    return {
        Verdict.ACCEPTED: _("Keep it as it is: the next plan is built around it"),
        Verdict.REJECTED: _("Leave it out: the next plan does without it"),
        None: _("Take the decision back"),
    }[verdict]
