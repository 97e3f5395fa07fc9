"""Fills a practice vault until every page has a great deal to show, or only texts as long as they may be."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from tools.bench.fixtures import NOW, Language, varied_case
from vpdesk.domain.call_backs import CallBack
from vpdesk.domain.cases import Conversation
from vpdesk.domain.clients import Agreed, Client
from vpdesk.domain.directory import DirectoryEntry
from vpdesk.domain.guided_questions import GuidedKind
from vpdesk.domain.ids import ActivityId, CallBackId, ClientId, ConversationId, DirectoryId, PersonId, ReminderId
from vpdesk.domain.people import Part, Person
from vpdesk.domain.phases import Phase, PhaseMove
from vpdesk.domain.reminders import Reminder
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.worklog import ADVICE, TALK, TASKS, Activity, FollowUp, FollowUpState

if TYPE_CHECKING:
    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

CASES: Final = 10_000
ORGANISATIONS: Final = 30
UNITS: Final = 40
RUNNING: Final = 400
TODAY: Final = NOW.date()
BUSY: Final = "Meerpaal"
"""The pseudonym of the one case to which everything happened."""

LONG: Final = "Rijksdienst voor de Ondersteuning van Gemeenschappelijke Arbeidsomstandighedenvoorzieningen"
UNBROKEN: Final = "Arbeidsongeschiktheidsverzekeringsmaatschappijmedewerkersoverleg"


def fill_many(vault: Vault, cases: int = CASES) -> None:
    """Add so many cases at thirty organisations, each with a talk, and much of everything else, in one transaction."""
    language, chance = Language(7), random.Random(7)  # noqa: S311 - the same vault in every run
    with vault.transaction():
        clients = [_organisation(vault, f"{language.words(2).title()} {n}").id for n in range(1, ORGANISATIONS + 1)]
        for number in range(UNITS):
            vault.clients.add_unit(clients[0], f"{language.words(2).capitalize()} {number}")
        for number in range(cases):
            _case(vault, language, chance, clients, running=number >= cases - RUNNING)
        busy = vault.cases.add(
            replace(varied_case(clients[0], date(2024, 2, 5), chance), pseudonym=BUSY, limits_discussed_on=TODAY)
        )
        for number in range(80):
            _talk(vault, language, busy, busy.opened + timedelta(days=8 * number))
        others = [part for part in Part if part is not Part.KOMT]
        for number in range(12):
            vault.people.add(Person(PersonId(0), busy.id, others[number % len(others)], name=language.words(2).title()))
        for number in range(600):
            task = TASKS.codes[number % len(TASKS.codes)]
            if task not in {TALK, "onbekend"}:
                _activity(vault, language, TODAY - timedelta(days=number), task, chance.choice(clients))
        for number in range(120):
            name = language.words(3).title()
            vault.directory.put(
                DirectoryEntry(DirectoryId(0), name, when=language.words(9), client=clients[number % 4])
            )
            if number % 4 == 0:
                vault.call_backs.add(
                    CallBack(CallBackId(0), TODAY, TODAY + timedelta(days=number // 20), clients[0], called=name)
                )
    from vpdesk.operations.guided import begin_guided  # noqa: PLC0415 - the report is measured without

    for number in range(90):
        kind = list(GuidedKind)[number % len(GuidedKind)]
        begin_guided(vault, kind=kind, on=TODAY - timedelta(days=number), client_id=clients[number % len(clients)])


def _organisation(vault: Vault, name: str) -> Client:
    agreed = Agreed(fields=("vpoo",), since=date(2015, 1, 1), minutes=8 * 60, report_by=(3, 1))
    return vault.clients.add(Client(id=ClientId(0), name=name, agreed=agreed))


def _case(vault: Vault, language: Language, chance: random.Random, clients: list[ClientId], *, running: bool) -> None:
    opened = TODAY - timedelta(days=chance.randrange(200) if running else 200 + chance.randrange(4000))
    drawn = varied_case(chance.choice(clients), opened, chance)
    moves = drawn.moves
    if not running:
        moves = (*moves, PhaseMove(Phase.AFGESLOTEN, moves[-1].on + timedelta(days=30), moves[-1].to))
    case = vault.cases.add(replace(drawn, moves=moves, pseudonym=language.words(2).title(), limits_discussed_on=opened))
    _talk(vault, language, case, opened)
    if running:
        vault.reminders.add(
            Reminder(
                id=ReminderId(0),
                kind=chance.choice((TodayKind.STAP, TodayKind.NAZORG)),
                due=TODAY + timedelta(days=chance.randrange(-60, 31)),
                title=language.words(3).capitalize(),
                client=case.client,
                case=case.id,
            )
        )


def _talk(vault: Vault, language: Language, case: Case, on: date) -> None:
    vault.conversations.add(
        Conversation(
            id=ConversationId(0),
            on=min(on, TODAY),
            minutes=language.chance.choice((10, 20, 30, 45, 60)),
            client=case.client,
            case=case.id,
            report=language.words(15),
            agreements=language.words(6),
        )
    )


def _activity(vault: Vault, language: Language, on: date, task: str, client: ClientId) -> None:
    asked = FollowUp(FollowUpState.BUSY, TODAY) if task in ADVICE else None
    title = language.words(4).capitalize()
    vault.worklog.add(Activity(ActivityId(0), on, task, 45, title, client, follow_up=asked))


def fill_long(vault: Vault) -> None:
    """Make every text that shows in a list or on a card as long as somebody could write it."""
    sentence = f"{LONG} en {UNBROKEN} "
    whole = (sentence * 3)[:300].strip()
    long_agreed = Agreed(
        fields=("vpoo", "vpi", "vpioo"),
        since=date(2020, 1, 1),
        until=TODAY + timedelta(days=20),
        minutes=2999 * 60 + 59,
        per="kwartaal",
        manager=whole,
        own_roles=("leiding", "toezicht", "or", "hr", "juridisch", "compliance", "integriteit"),
        confidentiality=whole * 2,
        breaking=whole * 2,
        controller=whole,
        report_by=(12, 31),
        recipients=whole,
        meldregeling=f"https://{UNBROKEN.lower()}.example/{UNBROKEN.lower()}/{UNBROKEN.lower()}",
        klachtenregeling=whole,
        onderzoeksprotocol=whole,
    )
    with vault.transaction():
        first, *_ = vault.clients.all()
        vault.clients.put(replace(first, name=whole, contact=whole, agreements=whole * 3, agreed=long_agreed))
        for unit in vault.clients.units(first.id):
            vault.clients.rename_unit(first.id, unit.id, f"{unit.name} {whole}"[:300])
        case = vault.cases.get(vault.connection.execute("SELECT max(id) FROM cases").fetchone()[0])
        vault.cases.put(replace(case, pseudonym=f"{UNBROKEN} {UNBROKEN}", client=first.id, unit=None))
        vault.people.add(Person(PersonId(0), case.id, Part.KOMT, name=whole, function=whole, reach=whole, hours=whole))
        for kind in (TodayKind.STAP, TodayKind.TERMIJN, TodayKind.NAZORG):
            vault.reminders.add(Reminder(ReminderId(0), kind, TODAY, whole, whole, client=first.id, case=case.id))
        vault.conversations.add(
            Conversation(
                ConversationId(0),
                TODAY,
                client=first.id,
                case=case.id,
                report=whole * 9,
                agreements=whole,
                next_step=whole,
                next_on=TODAY,
            )
        )
        vault.worklog.add(Activity(ActivityId(0), TODAY, "ongevraagd advies", 5939, whole, first.id))
        vault.worklog.add(Activity(ActivityId(0), TODAY, "intervisie", 5939, whole, proof=whole))
        vault.directory.put(
            DirectoryEntry(DirectoryId(0), whole[:200], when=whole, reach=whole, note=whole, client=first.id)
        )
        vault.call_backs.add(CallBack(CallBackId(0), TODAY, TODAY, first.id, called=whole[:200]))
