"""What a user asks for about the texts for the AVG: read, change, note that one was looked over."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from vpdesk.domain.avg_help import SHIPPED, HelpText, changed, shipped
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

SETTING: Final = "avg_help"


@understood()
def avg_help(vault: Vault) -> tuple[HelpText, ...]:
    """Return every text, as it ships or as the user changed it, in their fixed order."""
    kept = json.loads(vault.settings.get(SETTING, "{}"))
    return tuple(_kept(text, kept.get(text.key)) for text in SHIPPED)


def change_help(vault: Vault, *, key: str, words: str, checked: date | None = None) -> HelpText:
    """Write a text in the user's words; with `checked` it counts as looked over on that day.

    Raises:
        InvalidValueError: there are no words.
        NotFoundError: there is no such text.
    """
    text = changed(_text(vault, key), words)
    return _put(vault, text if checked is None else replace(text, checked=checked))


def help_looked_over(vault: Vault, *, key: str, on: date | None) -> HelpText:
    """Write that a text was found to be right on a day, None for never; raises NotFoundError."""
    return _put(vault, replace(_text(vault, key), checked=on))


def _text(vault: Vault, key: str) -> HelpText:
    shipped(key)
    return next(text for text in avg_help(vault) if text.key == key)


def _put(vault: Vault, text: HelpText) -> HelpText:
    with vault.transaction():
        texts = {one.key: one for one in avg_help(vault)} | {text.key: text}
        kept = {
            key: {"text": one.text if one.own else "", "checked": one.checked and one.checked.isoformat()}
            for key, one in texts.items()
            if one.own or one.checked
        }
        vault.settings.put(SETTING, json.dumps(kept, ensure_ascii=False))
    return text


def _kept(text: HelpText, kept: dict[str, str] | None) -> HelpText:
    if kept is None:
        return text
    day = date.fromisoformat(kept["checked"]) if kept["checked"] else None
    own = bool(kept["text"])
    return replace(text, text=str(kept["text"]) if own else text.text, checked=day, own=own)
