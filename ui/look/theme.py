"""The look: a light and a dark palette of our own over Fusion, one type scale, four distances."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from app.model.colours import band_colours
from app.model.vocabulary import Band
from app.resources import resource

TIGHT, NEAR, APART, FAR = 4, 8, 16, 24
"""The only distances there are, in logical pixels."""

THEMES = ("light", "dark")


class Type(Enum):
    """The type scale, in points."""

    CAPTION = 9.0
    BODY = 10.0
    HEADING = 12.5
    TITLE = 16.0
    FIGURE = 26.0


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, by what they are for; bands have their own."""

    paper: str
    """The window behind everything."""
    sheet: str
    """Tables, cards and fields."""
    sunken: str
    """Headings of tables and rows that only group."""
    line: str
    ink: str
    muted: str
    """Secondary text; readable on paper and sheet."""
    accent: str
    """Ink blue: what can be acted on, and focus."""
    on_accent: str
    accent_soft: str
    """Behind what is selected."""


LIGHT = Tokens(
    paper="#f7f5f0",
    sheet="#fffefb",
    sunken="#efece5",
    line="#ddd8cd",
    ink="#20242b",
    muted="#62666c",
    accent="#23508e",
    on_accent="#ffffff",
    accent_soft="#dce6f3",
)
DARK = Tokens(
    paper="#17191d",
    sheet="#1e2126",
    sunken="#262a30",
    line="#363b43",
    ink="#e8e5de",
    muted="#a8acb3",
    accent="#8db5ee",
    on_accent="#10213a",
    accent_soft="#2a3d5a",
)


class _Shown:
    """The theme in use; one for the whole process."""

    name = "light"
    tokens = LIGHT


def tokens() -> Tokens:
    """Return the colours of the theme in use."""
    return _Shown.tokens


def is_dark() -> bool:
    """Return whether the dark theme is in use."""
    return _Shown.name == "dark"


def band_fill(band: Band) -> QColor:
    """Return the colour of a band's bars and swatches in the theme in use."""
    return QColor(band_colours(band, dark=is_dark()).fill)


def band_tint(band: Band) -> QColor:
    """Return the colour behind a cell of a band, whose words stay in ink."""
    return QColor(band_colours(band, dark=is_dark()).tint)


def system_theme() -> str:
    """Return what the system asks for: light or dark."""
    scheme = QApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def use_theme(application: QApplication, name: str = "") -> str:
    """Dress the application in light or dark, '' following the system; return which."""
    wanted = name if name in THEMES else system_theme()
    if wanted == _Shown.name and application.styleSheet():
        return wanted
    _Shown.name = wanted
    _Shown.tokens = DARK if is_dark() else LIGHT
    if not application.styleSheet():
        application.setStyle(QStyleFactory.create("Fusion"))
    application.setPalette(_palette(_Shown.tokens))
    application.setStyleSheet(_style_sheet(_Shown.tokens))
    return _Shown.name


CHINESE_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "HarmonyOS Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
)
"""Sans serifs of Chinese systems that write Latin and figures well too, the best first."""


def use_fonts(application: QApplication, *, language: str) -> None:
    """Set the type: one family for Chinese and figures alike, so that they stand on one line.

    It is the system's own where that can write Chinese, else another one it has, else the font we
    bring. In English its quotes and dots are as narrow as the letters.
    """
    chinese = QFontDatabase.WritingSystem.SimplifiedChinese
    known = QFontDatabase.families(chinese)
    font = application.font()
    if font.family() not in known:
        family = next((name for name in CHINESE_FAMILIES if name in known), "") or _our_family()
        font.setFamilies([family])
    font.setPointSizeF(Type.BODY.value)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setFeature(QFont.Tag("pwid"), 0 if language == "zh_CN" else 1)
    if font != application.font():
        application.setFont(font)


def _our_family() -> str:
    """Load the font we bring and return the name of its family."""
    for path in sorted(resource("fonts").glob("*.[ot]tf")):
        loaded = QFontDatabase.addApplicationFont(str(path))
    return QFontDatabase.applicationFontFamilies(loaded)[0]


def type_font(size: Type, *, is_strong: bool = False) -> QFont:
    """Return the window's font in one size of the scale."""
    font = QFont(QApplication.font())
    font.setPointSizeF(size.value)
    font.setWeight(QFont.Weight.DemiBold if is_strong else QFont.Weight.Normal)
    return font


def line_height(font: QFont) -> int:
    """Return the height of a line in a table, in logical pixels.

    Chinese fonts carry half a line of leading of their own, which rows have no use for.
    """
    return min(QFontMetrics(font).height(), round(QFontInfo(font).pixelSize() * 1.2))


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its role in the style sheet (title, caption, primary, …)."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _palette(shown: Tokens) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for place, colour in (
        (role.Window, shown.paper),
        (role.WindowText, shown.ink),
        (role.Base, shown.sheet),
        (role.AlternateBase, shown.sunken),
        (role.Text, shown.ink),
        (role.PlaceholderText, shown.muted),
        (role.Button, shown.sheet),
        (role.ButtonText, shown.ink),
        (role.BrightText, shown.on_accent),
        (role.ToolTipBase, shown.ink),
        (role.ToolTipText, shown.paper),
        (role.Highlight, shown.accent_soft),
        (role.HighlightedText, shown.ink),
        (role.Accent, shown.accent),
        (role.Link, shown.accent),
        (role.LinkVisited, shown.accent),
        (role.Light, shown.sheet),
        (role.Midlight, shown.line),
        (role.Mid, shown.line),
        (role.Dark, shown.muted),
        (role.Shadow, shown.line),
    ):
        palette.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        faint = QColor(shown.muted)
        faint.setAlpha(150)
        palette.setColor(group.Disabled, place, faint)
    return palette


def _style_sheet(shown: Tokens) -> str:
    template = Template(resource("style", "window.qss").read_text(encoding="utf-8"))
    values = {item.name: str(getattr(shown, item.name)) for item in fields(shown)}
    values |= {size.name.lower(): f"{size.value}pt" for size in Type}
    values |= {"resources": resource().as_posix(), "theme": _Shown.name}
    values |= {"tight": f"{TIGHT}px", "near": f"{NEAR}px", "apart": f"{APART}px"}
    return template.substitute(values)
