"""Colours, type and measures of the window: the only module with colour values."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from vpdesk.domain.phases import Phase
from vpdesk.ui.resources import resource


@dataclass(frozen=True, slots=True)
class Palette:
    """The colour tokens of one scheme, each `#rrggbb`; `scrim` is `#aarrggbb`."""

    dark: bool
    window: str
    chrome: str
    surface: str
    sunken: str
    hover: str
    selected: str
    line: str
    edge: str
    control: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    focus: str
    danger: str
    danger_bg: str
    warning: str
    warning_bg: str
    ok: str
    ok_bg: str
    info_bg: str
    scrim: str
    paper: str
    phase_voorfase: str
    phase_voorfase_bg: str
    phase_meldingsfase: str
    phase_meldingsfase_bg: str
    phase_nafase: str
    phase_nafase_bg: str
    phase_afgesloten: str
    phase_afgesloten_bg: str
    chart_1: str
    chart_2: str
    chart_3: str
    chart_4: str
    chart_5: str

    def value(self, token: str) -> str:
        """Return the colour of a token by name."""
        colour: str = getattr(self, token)
        return colour

    def phase(self, phase: Phase) -> tuple[str, str]:
        """Return ink and tint of a phase."""
        return self.value(f"phase_{phase.value}"), self.value(f"phase_{phase.value}_bg")


LIGHT: Final = Palette(
    dark=False,
    window="#F5F2EB",
    chrome="#EBE6DB",
    surface="#FDFCF8",
    sunken="#F0ECE2",
    hover="#EAE4D7",
    selected="#DCE8E5",
    line="#DDD6C8",
    edge="#BDB2A2",
    control="#81776A",
    text="#2A2621",
    muted="#5F574D",
    disabled="#8F867A",
    accent="#2B5F62",
    accent_hover="#234F52",
    accent_pressed="#1B4144",
    on_accent="#FDFCF8",
    focus="#2A66A0",
    danger="#98321F",
    danger_bg="#F6E3DC",
    warning="#775000",
    warning_bg="#F7ECD3",
    ok="#3A6335",
    ok_bg="#E3ECDB",
    info_bg="#DEEAE8",
    scrim="#612A2621",
    paper="#FFFFFF",
    phase_voorfase="#3D638F",
    phase_voorfase_bg="#E2E9F1",
    phase_meldingsfase="#874E1D",
    phase_meldingsfase_bg="#F4E6D2",
    phase_nafase="#4F2749",
    phase_nafase_bg="#EFE3EB",
    phase_afgesloten="#635D54",
    phase_afgesloten_bg="#E7E1D7",
    chart_1="#1E4A4F",
    chart_2="#93502F",
    chart_3="#6F87B0",
    chart_4="#D3A64F",
    chart_5="#D5DECB",
)

DARK: Final = Palette(
    dark=True,
    window="#1F1D1A",
    chrome="#181613",
    surface="#282520",
    sunken="#22201C",
    hover="#342F29",
    selected="#2D3F3D",
    line="#3D382F",
    edge="#5C554A",
    control="#8F8678",
    text="#EAE4D9",
    muted="#B5AB9C",
    disabled="#7F776B",
    accent="#8DBDB8",
    accent_hover="#A0CCC7",
    accent_pressed="#7AABA6",
    on_accent="#14201F",
    focus="#8DB9E8",
    danger="#F0A592",
    danger_bg="#42271F",
    warning="#E3BD76",
    warning_bg="#3A2F19",
    ok="#A9CB9A",
    ok_bg="#27331F",
    info_bg="#263634",
    scrim="#8C000000",
    paper="#E8E2D7",
    phase_voorfase="#8AA8D8",
    phase_voorfase_bg="#26313F",
    phase_meldingsfase="#E09E62",
    phase_meldingsfase_bg="#3B2D1B",
    phase_nafase="#EBCBE4",
    phase_nafase_bg="#3B2C38",
    phase_afgesloten="#A69F96",
    phase_afgesloten_bg="#38332C",
    chart_1="#4F948F",
    chart_2="#B0603A",
    chart_3="#9DB1DE",
    chart_4="#E6C678",
    chart_5="#F2F2E6",
)


class Scheme(StrEnum):
    """What the user chose: as the system does, or one of the two."""

    SYSTEM = "systeem"
    LIGHT = "licht"
    DARK = "donker"


TEXT_SIZES: Final = (1.0, 1.15, 1.3, 1.5)

# role: size in device-independent pixels, weight
_ROLES: Final[dict[str, tuple[int, int]]] = {
    "wizard": (28, 600),
    "page": (24, 600),
    "empty": (20, 600),
    "word": (18, 600),
    "writing": (17, 400),
    "section": (16, 600),
    "intro": (15, 400),
    "body": (14, 400),
    "small": (13, 400),
    "hint": (12, 400),
}
_FONT_FILES: Final = ("Regular", "Medium", "Semibold", "It")
_MEASURES: Final = "measures"
ANY: Final = 16777215
"""The largest width or height that Qt knows: no limit."""

_FAMILY: Final = "Source Sans 3"


class _State:
    """The look in force; `apply` changes it, painting reads it."""

    palette: Palette = LIGHT
    scheme: Scheme = Scheme.SYSTEM
    factor: float = 1.0
    family: str = ""


def current() -> Palette:
    """Return the palette in force, for whoever paints."""
    return _State.palette


def colour(token: str) -> QColor:
    """Return the colour of a token in the palette in force."""
    return _qcolor(_State.palette.value(token))


@lru_cache(maxsize=256)
def _qcolor(value: str) -> QColor:
    return QColor(value)


def px(size: float) -> int:
    """Return a measure that grows with the text size, such as the height of a row."""
    return round(size * _State.factor)


Setter = Literal[
    "setFixedSize",
    "setFixedWidth",
    "setFixedHeight",
    "setMinimumWidth",
    "setMaximumWidth",
    "setMinimumHeight",
    "setDefaultSectionSize",
    "setMinimumSectionSize",
]


def measure(widget: QWidget, setter: Setter, size: int) -> None:
    """Give a widget a measure that grows with the text size, also when the user changes that while it stands there."""
    kept: dict[str, int] = widget.property(_MEASURES) or {}
    widget.setProperty(_MEASURES, {**kept, setter: size})
    _set_measure(widget, setter, size)


def _set_measure(widget: QWidget, setter: str, size: int) -> None:
    grown = min(px(size), ANY)
    getattr(widget, setter)(*([grown] * (2 if setter == "setFixedSize" else 1)))


def _measure_anew(app: QApplication) -> None:
    for widget in app.allWidgets():
        for setter, size in (widget.property(_MEASURES) or {}).items():
            _set_measure(widget, setter, size)


def font(role: str = "body", weight: int | None = None, *, italic: bool = False) -> QFont:
    """Return the font of a type role, with tabular figures; treat it as read-only."""
    return _font(_State.family, _State.factor, role, weight, italic)


@lru_cache(maxsize=64)
def _font(family: str, factor: float, role: str, weight: int | None, italic: bool) -> QFont:
    size, standard = _ROLES[role]
    made = QFont(family) if family else QFont(QApplication.font())
    made.setPixelSize(round(size * factor))
    made.setWeight(QFont.Weight(weight or standard))
    made.setItalic(italic)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def width_of(text: str, role: str = "body", weight: int | None = None) -> int:
    """Return how wide a text is in a type role; measured once."""
    return _width(_State.family, _State.factor, text, role, weight)


@lru_cache(maxsize=1024)
def _width(family: str, factor: float, text: str, role: str, weight: int | None) -> int:
    return QFontMetrics(_font(family, factor, role, weight, False)).horizontalAdvance(text)


def fitted(text: str, width: int, role: str = "body", weight: int | None = None) -> str:
    """Return a text cut to a width with three dots at its end; measured once, since lists paint the same again."""
    return _fitted(_State.family, _State.factor, text, width, role, weight)


@lru_cache(maxsize=2048)
def _fitted(family: str, factor: float, text: str, width: int, role: str, weight: int | None) -> str:
    metrics = QFontMetrics(_font(family, factor, role, weight, False))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def load_fonts() -> None:
    """Load the four font files that come with vpdesk; without them the font of the system is used."""
    for name in _FONT_FILES:
        path = resource("fonts", f"SourceSans3-{name}.ttf")
        if path.exists() and QFontDatabase.addApplicationFont(str(path)) >= 0:
            _State.family = _FAMILY


def system_is_dark() -> bool:
    """Return whether the system asks for a dark look."""
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def palette_for(scheme: Scheme) -> Palette:
    """Return the palette of a choice; the system decides where the choice is the system's."""
    if scheme is Scheme.SYSTEM:
        return DARK if system_is_dark() else LIGHT
    return DARK if scheme is Scheme.DARK else LIGHT


def scheme() -> Scheme:
    """Return the choice in force."""
    return _State.scheme


def text_factor() -> float:
    """Return the text size in force, 1 to 1.5."""
    return _State.factor


def start(app: QApplication) -> None:
    """Set style, fonts and palette before the first window, and follow the system from then on."""
    app.setStyle("Fusion")
    load_fonts()
    apply(app, palette_for(_State.scheme))
    QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: choose(app, _State.scheme, _State.factor))


def choose(app: QApplication, scheme: Scheme, factor: float) -> None:
    """Take over the user's choice of scheme and text size, repainting only when the look changes."""
    _State.scheme = scheme
    palette = palette_for(scheme)
    if palette is not _State.palette or factor != _State.factor:
        grows = factor != _State.factor
        _State.factor = factor
        if grows:
            _measure_anew(app)
        apply(app, palette)


def apply(app: QApplication, palette: Palette) -> None:
    """Swap palette, font and style sheet in one go; every widget repaints."""
    from vpdesk.ui.stylesheet import stylesheet  # noqa: PLC0415 - it reads this module's state

    _State.palette = palette
    app.setFont(font())
    app.setPalette(_qpalette(palette))
    app.setStyleSheet(stylesheet(palette, px))


def _qpalette(palette: Palette) -> QPalette:
    role = QPalette.ColorRole
    tokens = {
        role.Window: palette.window,
        role.Base: palette.surface,
        role.Button: palette.surface,
        role.ToolTipBase: palette.surface,
        role.AlternateBase: palette.sunken,
        role.WindowText: palette.text,
        role.Text: palette.text,
        role.ButtonText: palette.text,
        role.ToolTipText: palette.text,
        role.PlaceholderText: palette.muted,
        role.Highlight: palette.selected,
        role.HighlightedText: palette.text,
        role.Accent: palette.accent,
        role.Link: palette.accent,
        role.LinkVisited: palette.accent,
        role.Mid: palette.line,
        role.Dark: palette.control,
    }
    made = QPalette()
    for which, value in tokens.items():
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(palette.disabled))
    return made
