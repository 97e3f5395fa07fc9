"""Checks of where things stand: the folder of the vault, its copies in every place, and what was left behind."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultError
from vpdesk.domain.rows import CheckLine
from vpdesk.domain.wording import joined, moment, short_date, size
from vpdesk.operations import synced
from vpdesk.operations.backups import backup_state, headers_in, is_whole, places, unread_files
from vpdesk.operations.formers import former_vaults
from vpdesk.operations.moving import is_set_aside
from vpdesk.operations.places import MOVING, behind, disk_of, is_there, lacking, usual_place
from vpdesk.store import container, disk, generations, space
from vpdesk.store.generations import FolderState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from vpdesk.domain.rows import BackupState
    from vpdesk.store.vault import Vault

LEAST_FREE: Final = 100_000_000
TIMES_THE_VAULT: Final = 3  # a restore needs the vault twice, beside the one that stands
TOO_LONG_WITHOUT: Final = timedelta(days=7)
FORMER_FOR: Final = timedelta(days=30)
AHEAD: Final = timedelta(days=1)  # more than a change to or from summer time

SYNCED: Final = (
    "Uw kluis staat in een map die meeloopt met {}. De kluis blijft versleuteld, maar kan daar beschadigd raken. "
    "Verplaats haar op de pagina Kluis naar een map die alleen op deze laptop staat."
)


NO_WRITES: Final = (
    "vpdesk kan nu niet schrijven in {}: er wordt niets bewaard, en bij het afsluiten komt er geen kopie. Wat bewaard "
    "was, is te lezen. Maak nu een reservekopie op een andere plaats. Kijk dan of de map van u is en of de schijf niet "
    "op slot staat."
)
CLOCK_WAS_WRONG: Final = (
    " Toen de kopie van {} werd gemaakt, stond de klok van de laptop niet goed: die dag moet nog komen."
)
CLOCK_OF_LAST: Final = " De klok van de laptop stond toen niet goed: die dag moet nog komen."


NO_ENTRY: Final = (
    "vpdesk mag niet alles lezen in de map {}, dus de kluis gaat nu niet open. Er is niets veranderd. Kijk of de map "
    "en de bestanden erin van u zijn."
)
NO_FILES: Final = (
    "vpdesk kan in {} geen bestanden maken. Wat u schrijft, wordt bewaard, en er komen reservekopieën. Maar een kopie "
    "terugzetten of een sleutel vervangen kan daar niet. Kijk of de map van u is."
)
NOT_LOOKED: Final = (
    "Dit is niet nagekeken: vpdesk kan {} niet lezen. Er is niets veranderd. Kijk of u daar bij mag en of de schijf "
    "nog is aangesloten."
)
NO_COPIES: Final = (
    "vpdesk kan daar niet schrijven, dus er komt geen kopie bij. Kijk of de map van u is en of de schijf niet op slot "
    "staat, of kies op de pagina Kluis een andere plaats."
)


def looked(name: str, look: Callable[[], Iterable[CheckLine]]) -> tuple[CheckLine, ...]:
    """Return the lines of a check, or one that says what the system refuses to show: the others still come."""
    try:
        return tuple(look())
    except VaultError as error:
        return (CheckLine(name, ok=False, sentence=error.sentence),)
    except OSError as error:
        where = f"‘{error.filename}’" if error.filename else "wat daarvoor nodig is"
        return (CheckLine(name, ok=False, sentence=NOT_LOOKED.format(where)),)


def folder_lines(folder: Path, *, read_only: bool = False) -> tuple[CheckLine, ...]:
    """Check place and rights, whether the folder travels, and the room on its disk."""
    try:
        generations.state(folder)
    except VaultError as error:  # another user's: there is no more to tell
        return (CheckLine("Map", ok=False, sentence=error.sentence),)
    return (
        *looked("Map", lambda: (_folder(folder, read_only=read_only),)),
        *looked("Cloud", lambda: (_synced(folder),)),
        *looked("Ruimte", lambda: (_room(folder),)),
    )


def _folder(folder: Path, *, read_only: bool) -> CheckLine:
    if not folder.is_dir():
        return CheckLine("Map", ok=False, sentence=f"De map {folder} is er nog niet. Maak een kluis of kies haar map.")
    if not _can_be_read(folder):
        return CheckLine("Map", ok=False, sentence=NO_ENTRY.format(folder))
    if read_only or not _takes_writes(folder):
        return CheckLine("Map", ok=False, sentence=NO_WRITES.format(folder))
    if not os.access(folder, os.W_OK):
        return CheckLine("Map", ok=False, sentence=NO_FILES.format(folder))
    if sys.platform != "win32" and folder.stat().st_mode & 0o077:
        return CheckLine(
            "Map",
            ok=False,
            sentence=f"Anderen op deze laptop kunnen in de map {folder} kijken. Maak haar alleen van u.",
        )
    return CheckLine("Map", ok=True, sentence=f"{folder}, op deze laptop en alleen van u.")


def _can_be_read(folder: Path) -> bool:
    """Return whether this user may read what opening the vault reads; also where no vault is."""
    lock = folder / generations.LOCK
    try:
        generation = generations.current(folder)
    except VaultError:
        return True  # the line about the vault says why
    names = (generations.DATABASE, generations.KEYS)
    needed = [generation / name for name in names if not os.access(generation, os.X_OK) or (generation / name).exists()]
    return all(os.access(path, os.R_OK) for path in (*needed, *([lock] if lock.exists() else [])))


def _takes_writes(folder: Path) -> bool:
    """Return whether the vault in a folder opens for writing; where there is none, whether the folder takes files."""
    lock = folder / generations.LOCK
    try:
        generation = generations.current(folder)
    except VaultError:
        return os.access(folder, os.W_OK)
    return generations.takes_writes(generation) and os.access(lock if lock.exists() else folder, os.W_OK)


def _synced(folder: Path) -> CheckLine:
    service = synced.service_of(folder)
    if service:
        return CheckLine("Cloud", ok=False, sentence=SYNCED.format(service))
    return CheckLine("Cloud", ok=True, sentence="De map loopt niet mee met een cloud die vpdesk kent.")


def _room(folder: Path) -> CheckLine:
    free = space.free(folder)
    if free is None:
        return CheckLine("Ruimte", ok=True, sentence="Dit systeem zegt niet hoeveel ruimte er vrij is.")
    databases = [path.stat().st_size for path in folder.glob(f"g-*/{generations.DATABASE}") if path.is_file()]
    needed = max([LEAST_FREE, *(TIMES_THE_VAULT * database for database in databases)])
    if free < needed:
        return CheckLine(
            "Ruimte",
            ok=False,
            sentence=f"Er is nog {size(free)} vrij. Wat bewaard is, is veilig, maar om te kunnen terugzetten is "
            f"{size(needed)} nodig. Maak ruimte vrij.",
        )
    return CheckLine("Ruimte", ok=True, sentence=f"Er is {size(free)} vrij.")


def copy_lines(vault: Vault, now: datetime) -> tuple[CheckLine, ...]:
    """Check for every place whether it is there and its newest copy is whole, and whether the last copy is recent."""
    state = backup_state(vault, now=now)
    if state.made is None:
        return (CheckLine("Reservekopieën", ok=False, sentence=f"{state.message} Kies een plaats en maak er een."),)
    made, went_to = state.made, Path(state.place)
    chosen = places(vault) or (went_to,)
    found = {place: _look(vault, place, made, now) for place in dict.fromkeys((*chosen, went_to))}
    lines = [_place(vault, found[place], now, made=made, last=made if place == went_to else None) for place in chosen]
    return (_recent(state, made, now, lost=all(place.lost for place in found.values())), *lines)


def _recent(state: BackupState, made: datetime, now: datetime, *, lost: bool) -> CheckLine:
    name, clock = "Reservekopieën", CLOCK_OF_LAST if made - now > AHEAD else ""
    if lost:
        sentence = (
            f"De laatste, van {moment(made, now.date())}, is er niet meer, of is niet meer heel te lezen. "
            "Maak nu een nieuwe."
        )
        return CheckLine(name, ok=False, sentence=sentence)
    if state.changed_since and not timedelta(0) <= now - made < TOO_LONG_WITHOUT:
        sentence = (
            f"De laatste is van {short_date(made.date(), now.date())}, en daarna is er iets veranderd. "
            f"Maak nu een nieuwe op de pagina Kluis.{clock}"
        )
        return CheckLine(name, ok=False, sentence=sentence)
    last = f"De laatste is van {moment(made, now.date())}, geopend en gecontroleerd."
    return CheckLine(name, ok=True, sentence=f"{last}{clock}")


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in one place: the moments of this vault's copies, the newest first, and whether that one is whole.

    Those of a day that is still to come are last, since their clock was wrong.
    `unread` are the files that are named as copies and can't be read; `last` says that the last
    copy that was made stands here whole.
    """

    place: Path
    there: bool
    open: bool = False
    copies: tuple[datetime, ...] = ()
    whole: bool = False
    last: bool = False
    unread: tuple[str, ...] = ()

    @property
    def lost(self) -> bool:
        """Return whether the last copy is certainly not here; of a place that is away nobody knows."""
        return self.open and not self.last


def _look(vault: Vault, place: Path, last: datetime, now: datetime) -> _Found:
    try:
        if not place.is_dir():
            return _Found(place, there=False)
    except OSError:  # a folder on the way to it is another user's
        return _Found(place, there=True)
    if not is_there(vault, place):
        return _Found(place, there=False)
    if not os.access(place, os.R_OK | os.X_OK):
        return _Found(place, there=True)
    own = [(path, header) for path, header in headers_in(place) if header.vault_id == vault.id]
    own.sort(key=lambda found: (found[1].made - now <= AHEAD, found[1].made, found[1].sequence), reverse=True)
    ours = [(path, header.made) for path, header in own]
    whole = bool(ours) and is_whole(ours[0][0])
    return _Found(
        place,
        there=True,
        open=True,
        copies=tuple(made for _, made in ours),
        whole=whole,
        last=any(made == last and (whole if not n else is_whole(path)) for n, (path, made) in enumerate(ours)),
        unread=tuple(path.name for path, why in unread_files([place]) if why != container.TOO_NEW),
    )


def _place(vault: Vault, found: _Found, now: datetime, *, made: datetime, last: datetime | None) -> CheckLine:
    """Return the line about a place; `made` is the moment of the last copy, `last` is that too where it went here."""
    place = found.place
    wrong = _out_of_sight(found) or _wrong(found, now, last=last)
    name = "Kopieën op deze laptop" if place == usual_place(vault.folder) else f"Kopieën in ‘{place.name or place}’"
    if wrong:
        return CheckLine(name, ok=False, sentence=wrong)
    many = f"{len(found.copies)} kopieën" if len(found.copies) > 1 else "1 kopie"
    newest = f"{many} in {place}; de nieuwste is van {short_date(found.copies[0].date(), now.date())} en heel."
    ahead = max(found.copies)
    if ahead - now > AHEAD:
        newest += CLOCK_WAS_WRONG.format(short_date(ahead.date(), now.date()))
    if not os.access(place, os.W_OK | os.X_OK):
        return CheckLine(name, ok=False, sentence=f"{newest} Maar {NO_COPIES}")
    if place in lacking(vault):
        return CheckLine(
            name, ok=False, sentence=f"{behind(vault, place, short_date(made.date(), now.date()))} {newest}"
        )
    same = place in places(vault) and place != usual_place(vault.folder) and disk_of(place) == disk_of(vault.folder)
    return CheckLine(
        name, ok=True, sentence=f"{newest}{' Deze map staat op dezelfde schijf als uw kluis.' if same else ''}"
    )


def _out_of_sight(found: _Found) -> str:
    """Return why nothing can be said of the copies in a place, with what to do; '' where they can be looked at."""
    if not found.there:
        return (
            f"‘{found.place}’ is er nu niet. Andere kopieën blijven goed. Sluit de stick of schijf aan, "
            "of kies op de pagina Kluis een andere plaats."
        )
    if not found.open:
        return (
            f"vpdesk mag niet kijken in ‘{found.place}’. Of er kopieën staan, is niet te zeggen; er komt geen bij. "
            "Kijk of de map van u is, of kies op de pagina Kluis een andere plaats."
        )
    return ""


def _wrong(found: _Found, now: datetime, *, last: datetime | None) -> str:
    """Return what is wrong with the copies in a place, with what to do; '' where there are some, and they are whole."""
    place = found.place
    anew = "Uw kluis is in orde. Maak een nieuwe kopie."
    if not os.access(place, os.W_OK | os.X_OK):
        anew = NO_COPIES[0].upper() + NO_COPIES[1:]
    if found.unread:
        return (
            f"In {place} staat iets dat vpdesk niet als reservekopie kan lezen: {joined(list(found.unread))}. "
            f"Dat is beschadigd, of u mag er niet bij. {anew} Haal weg wat beschadigd is."
        )
    if not found.copies and last is not None:
        return f"De laatste kopie, van {moment(last, now.date())}, staat niet meer in {place}. {anew}"
    if not found.copies:
        return f"In {place} staat nog geen kopie van deze kluis. {anew}"
    newest = short_date(found.copies[0].date(), now.date())
    if not found.whole:
        return f"De nieuwste in {place}, van {newest}, is beschadigd. {anew}"
    if last is not None and not found.last:
        gone = moment(last, now.date())
        return f"De laatste kopie, van {gone}, staat niet meer heel in {place}; de nieuwste is van {newest}. {anew}"
    return ""


def left_in_vault(vault: Vault, now: datetime) -> tuple[CheckLine, ...]:
    """Tell what stands beside the vault: the one from before a restore, and what a move left."""
    lines = (
        *looked("Vorige kluis", lambda: _former(vault, now)),
        *looked("Resten", lambda: _left_over(vault)),
    )
    return lines or (NOTHING_LEFT,)


def _former(vault: Vault, now: datetime) -> Iterator[CheckLine]:
    for former in former_vaults(vault):
        long = now - former.until >= FORMER_FOR
        sentence = (
            f"De kluis van voor het terugzetten staat er nog: tot {short_date(former.until.date(), now.date())}, "
        )
        sentence += f"{size(former.size)}."
        if long:
            sentence += " Mist u na het terugzetten niets, verwijder haar dan op de pagina Kluis."
        yield CheckLine("Vorige kluis", ok=not long, sentence=sentence)


def _left_over(vault: Vault) -> Iterator[CheckLine]:
    if vault.settings.get(MOVING) and not is_set_aside(vault):
        sentence = (
            "Wat van een verplaatsing overbleef, kon nog niet worden weggehaald. Er is niets verloren. "
            "Sluit andere vensters van vpdesk, kijk of de map van u is en start vpdesk opnieuw."
        )
        yield CheckLine("Resten", ok=False, sentence=sentence)
    if in_the_way := generations.work_in_the_way(vault.folder):
        yield CheckLine("Resten", ok=False, sentence=in_the_way)


def left_in_folder(folder: Path) -> tuple[CheckLine, ...]:
    """Tell what an interrupted copy, restore or move left in the folder of a vault that is not open."""
    try:
        if generations.state(folder) is not FolderState.VAULT:
            return ()
        with disk.sentences(folder, refused=disk.NOT_READABLE):
            in_the_way = generations.work_in_the_way(folder)
            if in_the_way:
                return (CheckLine("Resten", ok=False, sentence=in_the_way),)
            unfinished = [path for path in folder.glob("g-*") if (path / generations.UNFINISHED).exists()]
            left = bool(unfinished or generations.work_files(folder))
    except VaultError:  # another user's, as the line about the folder says
        return ()
    if left:
        return (
            CheckLine(
                "Resten",
                ok=False,
                sentence="Er staat iets van een afgebroken kopie of terugzetting. De kluis heeft daar geen last van; "
                "vpdesk ruimt het op als u haar opent.",
            ),
        )
    return (NOTHING_LEFT,)


NOTHING_LEFT: Final = CheckLine("Resten", ok=True, sentence="Er is niets blijven liggen.")
