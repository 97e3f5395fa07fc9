"""Every ratio of the contrast table is computed from the tokens, so that a changed colour can't slip below its goal."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtGui import QFontMetricsF

from vpdesk.domain.phases import Phase
from vpdesk.ui import theme
from vpdesk.ui.stylesheet import stylesheet
from vpdesk.ui.theme import DARK, LIGHT, Palette, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.window

BOTH: Final = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
LAYERS: Final = ("window", "chrome", "surface", "sunken", "hover", "selected")
TEXT_GOAL, CONTROL_GOAL = 4.5, 3.0


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(autouse=True)
def back_to_light(qapp: QApplication) -> Iterator[None]:
    yield
    theme.choose(qapp, Scheme.LIGHT, 1.0)


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@BOTH
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "danger", "warning", "ok"])
@pytest.mark.parametrize("layer", LAYERS)
def test_text_reads_on_every_layer(palette: Palette, ink: str, layer: str) -> None:
    assert contrast(palette.value(ink), palette.value(layer)) >= TEXT_GOAL


@BOTH
@pytest.mark.parametrize("ink", ["focus", "control"])
@pytest.mark.parametrize("layer", LAYERS)
def test_controls_and_focus_stand_out_on_every_layer(palette: Palette, ink: str, layer: str) -> None:
    assert contrast(palette.value(ink), palette.value(layer)) >= CONTROL_GOAL


@BOTH
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_accent", "accent_pressed"),
        ("accent", "info_bg"),
        ("accent", "selected"),
        *((kind, f"{kind}_bg") for kind in ("danger", "warning", "ok")),
        *(("text", f"{kind}_bg") for kind in ("danger", "warning", "ok", "info")),
        *(("muted", f"{kind}_bg") for kind in ("danger", "warning", "ok", "info")),
        *((f"phase_{phase.value}", f"phase_{phase.value}_bg") for phase in Phase),
    ],
)
def test_words_read_on_their_tint(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(palette.value(ink), palette.value(ground)) >= TEXT_GOAL


def test_the_ratios_of_the_table_are_these() -> None:
    """A few cells of the table in the design, so that a token which changes without sinking is seen as well."""
    found = {
        "text on surface": contrast(LIGHT.text, LIGHT.surface),
        "muted at its worst": min(contrast(LIGHT.muted, LIGHT.value(layer)) for layer in LAYERS),
        "dark text at its worst": min(contrast(DARK.text, DARK.value(layer)) for layer in LAYERS),
        "dark control at its worst": min(contrast(DARK.control, DARK.value(layer)) for layer in LAYERS),
        "dark voorfase": contrast(DARK.phase_voorfase, DARK.phase_voorfase_bg),
    }
    assert {name: int(ratio * 100) / 100 for name, ratio in found.items()} == {
        "text on surface": 14.63,
        "muted at its worst": 5.6,
        "dark text at its worst": 8.78,
        "dark control at its worst": 3.09,
        "dark voorfase": 5.44,
    }


@BOTH
def test_the_style_sheet_has_a_value_for_every_name(palette: Palette) -> None:
    sheet = stylesheet(palette, round)
    assert "$" not in sheet
    assert palette.window in sheet


def test_both_palettes_have_every_token() -> None:
    for field in fields(Palette):
        if field.name != "dark":
            assert LIGHT.value(field.name).startswith("#")
            assert DARK.value(field.name).startswith("#")


def test_a_choice_of_theme_repaints_everything(qapp: QApplication, qtbot: QtBot) -> None:
    theme.choose(qapp, Scheme.DARK, 1.0)
    assert theme.current() is DARK
    assert qapp.palette().window().color().name().upper() == DARK.window
    assert DARK.surface in qapp.styleSheet()
    theme.choose(qapp, Scheme.LIGHT, 1.0)
    assert qapp.palette().window().color().name().upper() == LIGHT.window


def test_text_grows_and_rows_with_it(qapp: QApplication) -> None:
    before = theme.font("body").pixelSize()
    theme.choose(qapp, Scheme.LIGHT, 1.5)
    assert theme.font("body").pixelSize() == round(before * 1.5)
    assert theme.px(36) == 54


def test_the_system_decides_where_nothing_was_chosen() -> None:
    assert theme.palette_for(Scheme.SYSTEM) is (DARK if theme.system_is_dark() else LIGHT)


def test_figures_are_tabular(qapp: QApplication) -> None:
    theme.load_fonts()
    measured = QFontMetricsF(theme.font("body"))
    assert {measured.horizontalAdvance(digit) for digit in "0123456789"} == {measured.horizontalAdvance("0")}
