"""Cards: a large figure that leads to the rows behind it, and a sheet with a heading."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.model.vocabulary import Band
from ui.look.theme import APART, NEAR, TIGHT, band_fill, set_role
from ui.widgets.buttons import EnterButton


class KeyFigure(EnterButton):
    """One of the few figures that matter on a page; a click opens the rows behind it."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "keyfigure")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._figure = QLabel()
        set_role(self._figure, "figure")
        self._caption = QLabel()
        set_role(self._caption, "muted")
        self._detail = QLabel()
        set_role(self._detail, "caption")
        self._inside = inside = QVBoxLayout(self)
        inside.setContentsMargins(APART, NEAR, APART, NEAR)
        inside.setSpacing(0)
        for label in (self._figure, self._caption, self._detail):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setWordWrap(label is not self._figure)
            inside.addWidget(label)
        inside.addStretch(1)

    def show_figure(
        self, figure: str, *, unit: str, caption: str, detail: str, band: Band | None = None
    ) -> None:
        """Show a figure with its unit, what it is, and one line about it."""
        self._figure.setText(
            f'{figure}<span style="font-size:11pt;font-weight:400"> {unit}</span>'
            if unit
            else figure
        )
        mark = f'<span style="color:{band_fill(band).name()}">■</span> ' if band else ""
        self._caption.setText(caption)
        self._detail.setText(f"{mark}{detail}")
        self.setAccessibleName(f"{caption}: {figure} {unit}. {detail}")

    def sizeHint(self) -> QSize:  # noqa: D102, N802
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802
        return self._inside.minimumSize()


class Card(QFrame):
    """A sheet on the paper: a heading, a line of explanation, and what it is about."""

    def __init__(
        self, heading: str, content: QWidget, *, hint: str = "", is_at_top: bool = False
    ) -> None:
        super().__init__()
        set_role(self, "card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(APART, NEAR + TIGHT, APART, APART)
        inside.setSpacing(NEAR)
        if heading:
            title = QLabel(heading)
            set_role(title, "heading")
            inside.addWidget(title)
        self.hint = QLabel(hint)
        self.hint.setWordWrap(True)
        self.hint.setVisible(bool(hint))
        set_role(self.hint, "caption")
        inside.addWidget(self.hint)
        inside.addWidget(
            content, 1, Qt.AlignmentFlag.AlignTop if is_at_top else Qt.AlignmentFlag(0)
        )
