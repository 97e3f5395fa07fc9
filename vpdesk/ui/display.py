"""Asks on Linux whether there is a display before Qt does, which aborts in English where there is none."""

import ctypes
import os
import sys
from typing import Final

from vpdesk.domain.errors import NoDisplayError

NONE_HERE: Final = (
    "vpdesk kan hier geen venster tonen: er is geen beeldscherm dat antwoordt{}. Er is niets veranderd. "
    "Start vpdesk vanaf uw bureaublad. Zonder venster kan het ook: ‘vpdesk --help’ noemt de opdrachten."
)


def require() -> None:
    """Raise NoDisplayError where a window has no display to stand on; another platform of Qt's is left to Qt."""
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    platforms = {part.partition(":")[0].partition("-")[0] for part in asked.split(";") if part}
    if not sys.platform.startswith("linux") or platforms - {"xcb", "wayland"}:
        return
    answers = {name: ask for name, ask in (("wayland", _wayland), ("xcb", _x11)) if not platforms or name in platforms}
    if not any(ask() for ask in answers.values()):
        named = os.environ.get("DISPLAY", "")
        raise NoDisplayError(NONE_HERE.format(f" (DISPLAY is {named})" if named else ""))


def _wayland() -> bool:
    if os.environ.get("WAYLAND_SOCKET"):
        return True  # a connection that can be used once
    if not os.environ.get("WAYLAND_DISPLAY"):
        return False
    try:
        library = ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return False  # Qt can't do without it either
    library.wl_display_connect.restype = ctypes.c_void_p
    connection = library.wl_display_connect(None)
    if not connection:
        return False
    library.wl_display_disconnect(ctypes.c_void_p(connection))
    return True


def _x11() -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    try:
        library = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False  # idem
    library.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(library.xcb_connect(None, None))
    try:
        return not library.xcb_connection_has_error(connection)
    finally:
        library.xcb_disconnect(connection)
