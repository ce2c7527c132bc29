"""Memory: what the program remembers between runs and no result depends on."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

RECENT_COUNT = 8


def home() -> Path:
    """Return the folder of the program's own files; HENGBIAN_HOME overrides the platform's."""
    stated = os.environ.get("HENGBIAN_HOME")
    return Path(stated) if stated else Path(platformdirs.user_data_dir("hengbian", False))


class Memory:
    """Window, language, theme, last folder and recent plans, kept in one ini file."""

    def __init__(self) -> None:
        self._settings = QSettings(str(home() / "window.ini"), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """Return the language chosen, '' to follow the system."""
        return self._text("language")

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("language", code)

    @property
    def theme(self) -> str:
        """Return light or dark, '' to follow the system."""
        return self._text("theme")

    @theme.setter
    def theme(self, name: str) -> None:
        self._settings.setValue("theme", name)

    @property
    def folder(self) -> str:
        """Return the folder of the last file dialog, the home folder at first."""
        folder = self._text("folder")
        return folder if folder and Path(folder).is_dir() else str(Path.home())

    @folder.setter
    def folder(self, folder: str) -> None:
        self._settings.setValue("folder", folder)

    @property
    def geometry(self) -> QByteArray:
        """Return where the window was, empty at first."""
        value = self._settings.value("geometry", QByteArray(), type=QByteArray)
        assert isinstance(value, QByteArray)
        return value

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    def table(self, key: str) -> QByteArray:
        """Return how the columns of a table were arranged, empty at first."""
        value = self._settings.value(f"tables/{key}", QByteArray(), type=QByteArray)
        assert isinstance(value, QByteArray)
        return value

    def set_table(self, key: str, state: QByteArray) -> None:
        """Remember how the columns of a table are arranged; empty forgets it."""
        self._settings.setValue(f"tables/{key}", state)

    def has_seen(self, what: str) -> bool:
        """Return whether the user has seen something that is shown only once."""
        return self._text(f"seen/{what}") == "yes"

    def note_seen(self, what: str, *, is_seen: bool = True) -> None:
        """Remember that the user has seen something, or is to see it again."""
        self._settings.setValue(f"seen/{what}", "yes" if is_seen else "")

    @property
    def recent(self) -> tuple[Path, ...]:
        """Return the plans opened last that are still there, newest first."""
        count = self._settings.beginReadArray("recent")
        paths = []
        for index in range(count):
            self._settings.setArrayIndex(index)
            paths.append(Path(self._text("path")))
        self._settings.endArray()
        return tuple(path for path in paths if path.is_file())

    def remember(self, path: Path) -> None:
        """Put `path` first among the recent plans and its folder first in file dialogs."""
        path = path.resolve()
        paths = [path, *(other for other in self.recent if other != path)][:RECENT_COUNT]
        self._settings.beginWriteArray("recent", len(paths))
        for index, recent in enumerate(paths):
            self._settings.setArrayIndex(index)
            self._settings.setValue("path", str(recent))
        self._settings.endArray()
        self.folder = str(path.parent)

    def keep(self) -> None:
        """Write everything to disk now."""
        self._settings.sync()

    def _text(self, key: str) -> str:
        return str(self._settings.value(key, "", type=str))
