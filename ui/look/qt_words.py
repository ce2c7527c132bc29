"""Words of Qt's own dialogs that the catalogue it brings leaves in English."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

from app.language import _


class QtWords(QTranslator):
    """Asked before Qt's catalogue; what it does not know is left to that."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._known = {
            ("QFileDialog", "&Look in:"): _("&Look in:"),
            ("QFileDialog", "Files of &type:"): _("Files of &type:"),
        }

    def isEmpty(self) -> bool:  # noqa: D102, N802
        return False

    def translate(  # noqa: D102
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return self._known.get((context, text))
