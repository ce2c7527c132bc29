"""The crash dialog: says that the fault is ours, that the data is safe, and what to send."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.language import _
from ui.look import icons
from ui.look.icons import Icon
from ui.look.messages import log_path
from ui.look.theme import APART, FAR, set_role


class CrashDialog(QDialog):
    """Shows the details of a bug so that they can be copied."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("An error in the program"))
        self.resize(720, 440)
        title = QLabel(_("Something went wrong inside the program."))
        set_role(title, "heading")
        explanation = QLabel(
            _(
                "This is our mistake, not yours. Every finished step is stored; you can go on, and "
                "save as usual. Please send the details below to those who maintain the program."
            )
        )
        explanation.setWordWrap(True)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Details of the error"))
        path = QLabel(_("The log is at {path}.").format(path=log_path()))
        path.setWordWrap(True)
        set_role(path, "caption")
        buttons = QDialogButtonBox()
        copy = buttons.addButton(_("Copy the details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setIcon(icons.icon(Icon.COPY))
        copy.setAutoDefault(False)
        copy.clicked.connect(self.copy)
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(FAR, FAR, FAR, APART)
        column.setSpacing(APART)
        for widget in (title, explanation, self.details, path, buttons):
            column.addWidget(widget)

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self.details.toPlainText())
