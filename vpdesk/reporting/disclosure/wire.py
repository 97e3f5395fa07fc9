"""Values as one line of JSON and back, by the annotations of their dataclasses: what goes to and from a child process.

Nothing is guessed and nothing converted: a line is exactly what `encode` would write of the value that it gives, or it
is refused. A type without a form here is a TypeError when it is first met, so that a test meets it. Not pickle, which
runs what it reads.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Final, Literal, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from vpdesk.domain.errors import VpdeskError

T = TypeVar("T")


class WireError(Exception):
    """What was read is no value of the type that was asked for."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How values of one type stand in JSON; `kinds` are the Python types of that JSON, by which a union tells them.

    Both ways raise TypeError or ValueError for what is no such value.
    """

    kinds: frozenset[type]
    pack: Callable[[Any], Any]
    unpack: Callable[[Any], Any]


def encode(kind: type[T], value: T) -> bytes:
    """Return a value as one line of ASCII, its end included.

    Raises:
        TypeError: the value, or a part of it, is not of the type that its annotation says.
    """
    form = _form(_Kind(kind))
    return json.dumps(form.pack(value), separators=(",", ":"), allow_nan=False).encode("ascii") + b"\n"


def decode(kind: type[T], line: bytes) -> T:
    """Return the value that a whole line says.

    Raises:
        WireError: half a line, no JSON, or anything but a value of this type as `encode` writes it.
    """
    form = _form(_Kind(kind))
    try:
        value: T = form.unpack(json.loads(line.decode("ascii")))
        again = encode(kind, value)
    except (ValueError, TypeError, RecursionError, VpdeskError) as error:
        raise WireError from error
    if again != line:
        raise WireError
    return value


@dataclass(frozen=True, slots=True)
class _Kind:
    """An annotation, as a key: `int | None` is no type."""

    of: Any


@cache
def _form(kind: _Kind) -> _Form:
    """Return how values of a type are written and read."""
    annotation, origin = kind.of, get_origin(kind.of)
    if isinstance(annotation, NewType):
        return _form(_Kind(annotation.__supertype__))
    if origin in _WITH_PARTS:
        return _WITH_PARTS[origin](get_args(annotation))
    if annotation in _ALONE:
        return _ALONE[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _enum(annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return _fields(annotation)
    raise TypeError(f"no form on the wire for {annotation}")


def _checked(kind: type, value: object) -> Any:
    if type(value) is not kind:  # a bool is no number here, and a moment no day
        raise TypeError(f"not a {kind.__name__}")
    return value


def _exactly(kind: type) -> _Form:
    return _Form(frozenset({kind}), lambda value: _checked(kind, value), lambda said: _checked(kind, said))


def _finite(given: object) -> Any:
    """Return a float that JSON has a number for; Python also reads NaN, Infinity and 1e999, which are none."""
    if not isfinite(value := _checked(float, given)):
        raise ValueError("no finite number")
    return value


def _as_text(kind: type, write: Callable[[Any], str], read: Callable[[str], Any]) -> _Form:
    return _Form(frozenset({str}), lambda value: write(_checked(kind, value)), lambda said: read(_checked(str, said)))


def _tuple(annotations: tuple[Any, ...]) -> _Form:
    """Return a tuple of one kind of any length, or one of so many parts."""
    if annotations[1:] == (...,):
        part = _form(_Kind(annotations[0]))
        return _Form(
            frozenset({list}),
            lambda value: [part.pack(item) for item in _checked(tuple, value)],
            lambda said: tuple(part.unpack(item) for item in _checked(list, said)),
        )
    parts = [_form(_Kind(annotation)) for annotation in annotations]
    return _Form(
        frozenset({list}),
        lambda value: [part.pack(item) for part, item in zip(parts, _checked(tuple, value), strict=True)],
        lambda said: tuple(part.unpack(item) for part, item in zip(parts, _checked(list, said), strict=True)),
    )


def _set(annotations: tuple[Any, ...]) -> _Form:
    """Return a set in one order, so that equal sets are equal lines."""
    part = _form(_Kind(annotations[0]))
    return _Form(
        frozenset({list}),
        lambda value: sorted((part.pack(item) for item in _checked(frozenset, value)), key=json.dumps),
        lambda said: frozenset(part.unpack(item) for item in _checked(list, said)),
    )


def _mapping(annotations: tuple[Any, ...]) -> _Form:
    """Return pairs in the order of the mapping, which tables follow; keys need not be text."""
    key, value = (_form(_Kind(annotation)) for annotation in annotations)

    def pack(given: object) -> list[list[Any]]:
        if not isinstance(given, Mapping):
            raise TypeError("not a mapping")
        return [[key.pack(k), value.pack(v)] for k, v in given.items()]

    return _Form(
        frozenset({list}), pack, lambda said: {key.unpack(k): value.unpack(v) for k, v in _checked(list, said)}
    )


def _literal(words: tuple[Any, ...]) -> _Form:
    def one(given: object) -> object:
        if not any(type(given) is type(word) and given == word for word in words):
            raise TypeError("none of the words that may stand here")
        return given

    return _Form(frozenset(type(word) for word in words), one, one)


def _union(annotations: tuple[Any, ...]) -> _Form:
    """Return what one of the parts says; parts that look alike in JSON could not be told apart, and have no form."""
    parts = [_form(_Kind(annotation)) for annotation in annotations]
    by_kind = {kind: part for part in parts for kind in part.kinds}
    if len(by_kind) != sum(len(part.kinds) for part in parts):
        raise TypeError(f"these look alike on the wire: {annotations}")

    def pack(value: object) -> Any:
        for part in parts:
            try:
                return part.pack(value)
            except (TypeError, ValueError):
                continue
        raise TypeError(f"none of {annotations}")

    def unpack(said: object) -> Any:
        if type(said) not in by_kind:
            raise TypeError(f"none of {annotations}")
        return by_kind[type(said)].unpack(said)

    return _Form(frozenset(by_kind), pack, unpack)


def _enum(kind: type[Enum]) -> _Form:
    return _Form(frozenset({type(member.value) for member in kind}), lambda value: _checked(kind, value).value, kind)


def _fields(kind: type) -> _Form:
    """Return a dataclass by the names of its fields: one that is missing or too many is another version of it."""
    hints = get_type_hints(kind)
    parts = {field.name: _form(_Kind(hints[field.name])) for field in fields(kind)}

    def pack(value: object) -> Any:
        given = _checked(kind, value)
        return {name: part.pack(getattr(given, name)) for name, part in parts.items()}

    def unpack(said: object) -> Any:
        given = _checked(dict, said)
        if given.keys() != parts.keys():
            raise TypeError(f"not the fields of {kind.__name__}")
        return kind(**{name: part.unpack(given[name]) for name, part in parts.items()})

    return _Form(frozenset({dict}), pack, unpack)


_ALONE: Final[dict[Any, _Form]] = {
    **{kind: _exactly(kind) for kind in (bool, int, str, NoneType)},
    float: _Form(frozenset({float}), _finite, _finite),
    bytes: _as_text(bytes, bytes.hex, bytes.fromhex),
    date: _as_text(date, date.isoformat, date.fromisoformat),
    datetime: _as_text(datetime, datetime.isoformat, datetime.fromisoformat),
}
_WITH_PARTS: Final[dict[Any, Callable[[tuple[Any, ...]], _Form]]] = {
    tuple: _tuple,
    frozenset: _set,
    dict: _mapping,
    Mapping: _mapping,
    Literal: _literal,
    Union: _union,
    UnionType: _union,
}
