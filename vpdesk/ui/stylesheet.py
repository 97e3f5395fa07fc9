"""The one style sheet of the application, built from the palette; what it can't say is painted by the widgets."""

from collections.abc import Callable
from dataclasses import fields
from string import Template
from typing import Final

from vpdesk.ui.theme import Palette

_SHEET: Final = Template("""
QToolTip { background: $surface; color: $text; border: 1px solid $edge; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[role="wizard"] { font-size: ${px28}; font-weight: 600; }
QLabel[role="page"] { font-size: ${px24}; font-weight: 600; }
QLabel[role="empty"] { font-size: ${px20}; font-weight: 600; }
QLabel[role="word"] { font-size: ${px18}; font-weight: 600; }
QLabel[role="section"] { font-size: ${px16}; font-weight: 600; }
QLabel[role="intro"] { font-size: ${px15}; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="small"] { font-size: ${px13}; }
QLabel[role="label"] { font-size: ${px13}; font-weight: 600; }
QLabel[ink="muted"] { color: $muted; }
QLabel[ink="danger"] { color: $danger; }
QLabel[ink="warning"] { color: $warning; }
QLabel[ink="ok"] { color: $ok; }
QLabel[ink="accent"] { color: $accent; }
QLabel[kind="key"] { font-size: ${px12}; color: $muted; background: $sunken; border: 1px solid $edge;
  border-radius: 4px; padding: 0 4px; }
QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[kind="sheet"] { background: $surface; border: 1px solid $edge; border-radius: 10px; }
QFrame[kind="top"] { background: $chrome; border: 0; border-bottom: 1px solid $line; }
QFrame[kind="side"] { background: $chrome; border: 0; border-right: 1px solid $line; }
QFrame[kind="surface"] { background: $surface; }
QFrame[kind="foot"] { background: $window; border: 0; border-top: 1px solid $line; }
QFrame[kind="line"] { background: $line; border: 0; }
QFrame[kind="info"] { background: $info_bg; border-radius: 6px; }
QFrame[kind="ok"] { background: $ok_bg; border-radius: 6px; }
QFrame[kind="warning"] { background: $warning_bg; border-radius: 6px; }
QFrame[kind="danger"] { background: $danger_bg; border-radius: 6px; }
QFrame[kind="toast"] { background: $surface; border: 1px solid $control; border-radius: 6px; }
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit {
  background: $surface; color: $text; border: 1px solid $control; border-radius: 6px;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted; }
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${px30}; max-height: ${px30}; padding: 0 10px; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
  border: 2px solid $focus; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { min-height: ${px28}; max-height: ${px28}; padding: 0 9px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 5px 7px; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"],
QPlainTextEdit[wrong="true"] { border: 1px solid $danger; }
QLineEdit[big="true"] { min-height: ${px38}; max-height: ${px38}; font-size: ${px15}; }
QLineEdit[big="true"]:focus { min-height: ${px36}; max-height: ${px36}; }
QLineEdit[kind="bare"] { border: 0; background: transparent; font-size: ${px17}; padding: 0; }
QTextEdit[kind="writing"], QPlainTextEdit[kind="writing"] { border: 0; font-size: ${px17}; padding: 0; }
QTextEdit[kind="writing"]:focus, QPlainTextEdit[kind="writing"]:focus { border: 0; padding: 0; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled {
  background: $sunken; color: $disabled; border-color: $line; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; background: transparent; padding: 0; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 28px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: none; width: 0; height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: 0; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge; padding: 4px; outline: 0;
  selection-background-color: $selected; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${px30}; padding: 0 6px; }
QAbstractItemView { background: $surface; border: 0; outline: 0; }
QTableView { gridline-color: $line; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $muted; border: 0; border-bottom: 1px solid $line;
  padding: 0 8px; font-size: ${px13}; font-weight: 600; }
QHeaderView::section:first, QHeaderView::section:only-one { padding-left: 16px; }
QScrollArea { background: transparent; border: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenuBar { background: transparent; spacing: 0; }
QMenuBar::item { background: transparent; color: $text; padding: 6px 10px; margin: 6px 0; border-radius: 6px; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $selected; }
QMenu { background: $surface; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; min-width: 160px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QProgressBar { background: $sunken; border: 1px solid $control; border-radius: 3px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $chrome; }
QCalendarWidget QAbstractItemView:enabled { selection-background-color: $accent; selection-color: $on_accent; }
QCalendarWidget QToolButton { color: $text; background: transparent; border: 0; padding: 4px 8px; }
QDialog QPushButton { min-width: 72px; }
""")

_SIZES: Final = (12, 13, 15, 16, 17, 18, 20, 24, 28, 30, 36, 38)


def stylesheet(palette: Palette, px: Callable[[float], int]) -> str:
    """Return the style sheet for a palette and text size."""
    values = {field.name: getattr(palette, field.name) for field in fields(palette)}
    return _SHEET.substitute(values, **{f"px{size}": f"{px(size)}px" for size in _SIZES})
