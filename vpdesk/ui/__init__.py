"""The window."""

from vpdesk.ui import constants

constants.keep()  # before Qt is used at all
