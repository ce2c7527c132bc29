"""The few questions that cannot be left to undo: unsaved work, and work under way."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.errors import told
from app.language import _
from app.model.plan import Remark
from app.model.remarks import gap_remedy, gap_sentence


class UnsavedChoice(Enum):
    """What to do with unsaved work."""

    SAVE = "save"
    DISCARD = "discard"
    STAY = "stay"


def ask_about_unsaved(parent: QWidget, title: str) -> UnsavedChoice:
    """Ask whether unsaved steps of the open plan are to be saved."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(_("Unsaved changes"))
    box.setText(_("Save the changes in “{title}”?").format(title=title))
    box.setInformativeText(_("Without saving, they are lost."))
    save = box.addButton(_("Save"), QMessageBox.ButtonRole.AcceptRole)
    discard = box.addButton(_("Don’t save"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    answers = {save: UnsavedChoice.SAVE, discard: UnsavedChoice.DISCARD}
    return next(
        (answer for button, answer in answers.items() if box.clickedButton() is button),
        UnsavedChoice.STAY,
    )


def ask_about_gaps(parent: QWidget, gaps: Sequence[Remark]) -> bool:
    """Ask whether to plan over gaps in the inputs; return whether it is to be."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("Gaps in the inputs"))
    box.setText(_("The inputs have gaps; what a plan says of them would mean little."))
    lines = [told(gap_sentence(gap), gap_remedy(gap)) for gap in gaps]
    lines.append(_("A plan made over them says so on every paper, and that nothing is proven."))
    box.setInformativeText("\n\n".join(lines))
    plan = box.addButton(_("Plan all the same"), QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(_("Close the gaps first"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is plan


def ask_to_remove(parent: QWidget, title: str, lines: Sequence[str]) -> bool:
    """Ask whether rows are to go with all that hangs on them; return whether they are."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(_("Delete"))
    box.setText(title)
    told_lines = [_("This goes with it:"), *lines, _("One undo brings all of it back.")]
    box.setInformativeText("\n".join(told_lines))
    remove = box.addButton(_("Delete all of it"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is remove


def ask_to_stop(parent: QWidget, work: str) -> bool:
    """Ask whether work under way is to be stopped; return whether it is."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(_("Work under way"))
    box.setText(_("This is still under way: {work}").format(work=work))
    box.setInformativeText(_("Stopping it loses what it has found so far."))
    stop = box.addButton(_("Stop and close"), QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(_("Go on"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is stop
