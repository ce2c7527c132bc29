"""A link: a button that looks like one, for what is done beside the main things."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from ui.look.theme import set_role


def link_button(text: str, do: Callable[[], object]) -> QPushButton:
    """Return a button in the looks of a link that does something when it is pressed."""
    button = QPushButton(text)
    set_role(button, "link")
    button.clicked.connect(lambda is_on=False: do())
    return button
