"""A document as text, to be kept beside the report that was drawn from it and read back as it was."""

import dataclasses
import json
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, cast

from vpdesk.reporting import document as kinds
from vpdesk.reporting.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable

_KIND: Final = "is"
_NAMED: Final = {
    name: kind
    for name, kind in vars(kinds).items()
    if isinstance(kind, type) and (dataclasses.is_dataclass(kind) or issubclass(kind, Enum))
}
"""The kinds of values of which a document is made, by name."""


def document_text(document: Document) -> str:
    """Return a document as JSON: every value with its kind, so that it is read back equal."""
    return json.dumps(_told(document), ensure_ascii=False, separators=(",", ":"))


def read_document(text: str) -> Document:
    """Return the document of a text.

    Raises:
        ValueError: this is not the text of a document, or of one that a later version wrote.
    """
    try:
        made = _read(json.loads(text))
    except (KeyError, TypeError) as error:
        raise ValueError("not a document that this version knows") from error
    if isinstance(made, Document):
        return made
    raise ValueError("something else than a document")


def _told(value: Any) -> Any:
    if isinstance(value, Enum):
        return {_KIND: type(value).__name__, "value": value.value}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: _told(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {_KIND: type(value).__name__, **fields}
    if isinstance(value, date):
        return {_KIND: "date", "value": value.isoformat()}
    if isinstance(value, tuple):
        return [_told(one) for one in value]
    return value


def _read(told: Any) -> Any:
    if isinstance(told, list):
        return tuple(_read(one) for one in told)
    if not isinstance(told, dict):
        return told
    named = told.pop(_KIND)
    if named == "date":
        return date.fromisoformat(told["value"])
    make = cast("Callable[..., Any]", _NAMED[named])
    return make(**{name: _read(value) for name, value in told.items()})
