"""A laptop of its own for a test: `with keyring_session() as environment:` (see tools/session.py)."""

from __future__ import annotations

from tools.session import SessionError, home_environment, keyring_session

__all__ = ["SessionError", "home_environment", "keyring_session"]
