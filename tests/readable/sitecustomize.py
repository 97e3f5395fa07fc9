"""Lets a test that is not run by root look into the program: what it forbids, it then allows again."""

from vpdesk import crash

_forbid = crash.set_dumpable


def _forbid_and_allow(value: int) -> None:
    _forbid(value)
    _forbid(1)


crash.set_dumpable = _forbid_and_allow
