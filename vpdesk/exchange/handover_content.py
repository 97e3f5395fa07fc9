"""What a file of a handover says, as JSON: the values of the domain by the names of their fields, read as hostile."""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.errors import HandoverError, InvalidValueError
from vpdesk.domain.handover import Package

if TYPE_CHECKING:
    from collections.abc import Callable

FORMAT: Final = 1
LARGEST: Final = 2**31
YEARS: Final = range(1900, 2201)

DAMAGED: Final = (
    "In deze overdracht staat iets wat vpdesk niet begrijpt. Er is niets overgenomen. "
    "Vraag uw collega het bestand opnieuw te maken."
)
TOO_NEW: Final = (
    "Deze overdracht is gemaakt met een nieuwere vpdesk. Er is niets overgenomen. Werk vpdesk bij en probeer het "
    "opnieuw."
)


def encoded(package: Package) -> bytes:
    """Return the package as JSON in UTF-8."""
    content = {"format": FORMAT, "package": _plain(package)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def decoded(untrusted: bytes) -> Package:
    """Return the package that was encoded.

    Raises:
        HandoverError: it is none, or of a later vpdesk.
    """
    try:
        content = json.loads(untrusted)
        version = content["format"]
        if type(version) is int and version > FORMAT:
            raise HandoverError(TOO_NEW)
        if type(version) is not int or version != FORMAT or set(content) != {"format", "package"}:
            raise HandoverError(DAMAGED)
        package = _read(Package, content["package"])
    except (InvalidValueError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        raise HandoverError(DAMAGED) from None
    assert isinstance(package, Package)  # noqa: S101 - for the type checker: `_read` returns what it is asked for
    return package


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


@functools.cache
def _fields(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, untrusted: object) -> object:
    """Return a value of a type of the domain; anything that does not fit raises ValueError or TypeError."""
    if isinstance(kind, typing.NewType):
        kind = kind.__supertype__
    if typing.get_origin(kind) in {typing.Union, types.UnionType}:
        (one,) = (part for part in typing.get_args(kind) if part is not types.NoneType)
        return None if untrusted is None else _read(one, untrusted)
    if typing.get_origin(kind) is tuple:
        return tuple(_read(typing.get_args(kind)[0], part) for part in _list(untrusted))
    if dataclasses.is_dataclass(kind):
        return _record(kind, untrusted)
    if issubclass(kind, StrEnum):
        return kind(_text(untrusted))
    return _SIMPLE[kind](untrusted)


def _record(kind: Any, untrusted: object) -> object:
    """Return a dataclass; what it has a default for may be missing, as in a file of an earlier vpdesk."""
    hints = _fields(kind)
    if not isinstance(untrusted, dict) or not set(untrusted) <= set(hints):
        raise TypeError
    return kind(**{name: _read(hints[name], part) for name, part in untrusted.items()})


def _list(untrusted: object) -> list[object]:
    if not isinstance(untrusted, list):
        raise TypeError
    return untrusted


def _day(untrusted: object) -> date:
    day = date.fromisoformat(_text(untrusted))
    if day.year not in YEARS:
        raise ValueError
    return day


def _number(untrusted: object) -> int:
    if type(untrusted) is not int or not 0 <= untrusted < LARGEST:
        raise TypeError
    return untrusted


def _switch(untrusted: object) -> bool:
    if type(untrusted) is not bool:
        raise TypeError
    return untrusted


def _text(untrusted: object) -> str:
    if not isinstance(untrusted, str) or "\0" in untrusted:
        raise TypeError
    untrusted.encode()  # half a letter is none
    return untrusted


_SIMPLE: Final[dict[Any, Callable[[object], object]]] = {date: _day, int: _number, bool: _switch, str: _text}
