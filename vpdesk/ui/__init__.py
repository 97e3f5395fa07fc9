"""The window."""

from vpdesk.ui import constants, imports

constants.keep()  # before Qt is used at all
imports.undo()  # before the many modules of the window
