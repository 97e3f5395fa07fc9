"""Two whole journeys with the keyboard alone, through the real program, a real keyring and the days they take."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import pytest

from tests.casework import with_draw
from tests.ui.user import MORNING, PASSPHRASE, User
from tests.vault_kit import SMALL
from vpdesk.domain.checklists import ItemState
from vpdesk.domain.conflicts import NEUTRAL
from vpdesk.domain.periods import Period
from vpdesk.domain.phases import Phase
from vpdesk.domain.reminders import ReminderState
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.domain.statements import Audience
from vpdesk.operations import cases, conversations, meldingen, relay, reports, steps
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client, client_by_name
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.today import today_items
from vpdesk.operations.vaults import system_keychain

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from vpdesk.domain.reminders import Reminder
    from vpdesk.operations.cases import CasePage
    from vpdesk.operations.vaults import Vault

pytestmark = [pytest.mark.window, pytest.mark.keyring]

ORGANISATION: Final = "Gemeente Esdoornveen"
CODE: Final = "2025-001"
CALL, TALK, LODGED = date(2025, 1, 7), date(2025, 1, 14), date(2025, 4, 1)
AFTERCARE: Final = (date(2025, 4, 29), date(2025, 7, 1), date(2025, 10, 1), date(2026, 4, 1))
OTHERS: Final = 11
RELAYED: Final = date(2025, 2, 3)
REFUSED: Final = date(2025, 2, 20)
MELDER, OTHER = "Noor Waterman", "Bas Everts"
MESSAGE: Final = "Rekeningen werden twee keer betaald."
TO_SEE: Final = 500
"""Milliseconds in which somebody sees a line that took the place of another; a key before that is not meant for it."""

OF_THE_VAULT: Final = {"settings"}


@pytest.fixture
def user(qtbot: QtBot, tmp_path: Path, secret_service: None) -> User:
    folder = tmp_path / "kluis"
    made = datetime(2025, 1, 6, 9)  # noqa: DTZ001 - the product works in the laptop's local time
    setup = begin_setup(folder, passphrase=PASSPHRASE, keychain=system_keychain, now=made, kdf=SMALL)
    with setup.confirm(setup.words) as vault:
        add_client(vault, name=ORGANISATION)
    return User(qtbot, folder, tmp_path / "home")


def the_case(vault: Vault, today: date, code: str = CODE) -> CasePage:
    (row,) = [row for row in cases.list_cases(vault, CaseFilter(text=code), 5) if row.code == code]
    return cases.case_page(vault, row.id, today=today)


def aftercare_of(vault: Vault, page: CasePage) -> list[Reminder]:
    return [one for one in vault.reminders.of_case(page.case.id) if one.kind is TodayKind.NAZORG]


def test_a_melder_from_the_first_call_to_aftercare_a_year_later(user: User) -> None:
    with user.at_the_desk(CALL):
        first_call(user)
    with user.vault(CALL) as vault:
        page = the_case(vault, CALL)
        pseudonym = page.case.pseudonym
        assert (page.case.rol, page.case.thema, page.case.limits_discussed_on) == ("melder", "pesten", CALL)
        assert [one.title for one in page.reminders] == ["Bellen over de regeling"]
        (talk,) = page.conversations
        assert conversations.get_conversation(vault, talk.id).working_note == "Belt in de pauze. Wil horen wat er kan."
        (wish,) = steps.regie(vault, page.case.id).wishes
        assert (wish.code, wish.words) == ("informatie", "eerst weten waar ik sta")
        assert sum(item.state is ItemState.GEDAAN for item in page.checklist) == 2

    with user.at_the_desk(TALK):
        second_talk(user)
    with user.vault(TALK) as vault:
        page = the_case(vault, TALK)
        assert page.case.phase is Phase.MELDINGSFASE
        assert page.reminders == ()
        second, _ = (conversations.get_conversation(vault, row.id) for row in page.conversations)
        assert (second.working_note, second.report) == ("", "Weet welke wegen er zijn.")
        (row,) = steps.regie(vault, page.case.id).steps
        (consent,) = steps.get_step(vault, row.id).consents
        assert (consent.content, consent.recipient) == ("dat zij steun zoekt", "dokter Wilg")
        (melding,) = meldingen.aftermath(vault, page.case.id).meldingen
        assert (melding.kind, melding.lodged) == ("klacht ongewenste omgangsvormen", TALK)

    with user.at_the_desk(LODGED):
        user.open_case(CODE, pseudonym, ORGANISATION)
        user.command("andere fase")
        with user.form():
            pass
    for number, day in enumerate(AFTERCARE):
        with user.vault(day) as vault:
            due = [item for item in today_items(vault, today=day) if item.kind is TodayKind.NAZORG]
            assert [item.due for item in due] == [day], "planned for this day, and no other"
        with user.at_the_desk(day):
            aftercare(user, number)

    last = AFTERCARE[-1]
    with user.vault(last) as vault:
        page = the_case(vault, last)
        assert page.case.phase is Phase.AFGESLOTEN
        planned = [(one.due, one.state) for one in aftercare_of(vault, page)]
        assert planned[:-1] == [(day, ReminderState.GEDAAN) for day in AFTERCARE]
        assert planned[-1] == (date(2027, 4, 1), ReminderState.VERVALLEN)
        notes = [conversations.get_conversation(vault, row.id).working_note for row in page.conversations]
        assert notes == ["Het gaat beter, zegt zij in gesprek 6.", *[""] * 5]
        for _ in range(OTHERS):
            open_case(vault, client=page.case.client, opened=CALL, rol="melder")
        assert cases_in_the_report(with_draw(vault), user.folder.parent) == (OTHERS + 1, OTHERS + 1)


def first_call(user: User) -> None:
    """A call comes in: the note first, then the case, what the person wants, and the list of the phase."""
    user.press("ctrl+n")
    user.program.type_until_there("Belt in de pauze. Wil horen wat er kan.")
    user.press("ctrl+Return")
    user.sees(f"Bewaren als {CODE}")
    user.press("3*Tab")
    user.choose("melder")
    user.press("Tab")
    user.choose("pest")
    user.press("3*Tab", "space", "Tab")
    user.type("Bellen over de regeling")
    user.press("ctrl+Return")
    user.sees("Het gesprek is bewaard.", f"Casus {CODE} · ")
    user.command("wens van")
    with user.form():
        user.choose("informatie")
        user.press("4*Tab")
        user.type("eerst weten waar ik sta")
    user.sees("De wens van de persoon is vastgelegd.")
    user.press("12*Tab", "space")
    user.sees("2 van 11")


def second_talk(user: User) -> None:
    """The appointment stands on Vandaag: a talk, its verslag, a step with consent, and the melding."""
    user.press("ctrl+1", "2*space")
    user.program.type_until_there("Besproken welke wegen er zijn.")
    user.press("ctrl+Return")
    user.sees("Hiermee gedaan: bellen over de regeling", f"Bewaren bij {CODE}")
    user.press("ctrl+Return")
    user.sees("Het gesprek is bewaard.", f"Casus {CODE} · ")
    user.press("Down", "Return")
    user.sees("Gesprek van vandaag")
    user.press("4*shift+Tab", "space")
    user.sees("Verslag van het gesprek")
    user.type("Weet welke wegen er zijn.")
    user.press("ctrl+Return")
    user.sees("Het verslag is bewaard.")
    user.command("stap van de persoon")
    with user.form():
        user.press("shift+Tab")
        user.choose("iets")
        user.press("Tab")
        user.type("de bedrijfsarts")
        user.press("6*Tab", "space", "4*Tab")
        user.type("dat zij steun zoekt")
        user.press("Tab")
        user.type("dokter Wilg")
    user.sees("Iets doorgeven vastgelegd.")
    user.command("melding vastleggen")
    with user.form():
        user.choose("klacht")
        user.press("6*Tab", "space")
    user.sees("De melding is vastgelegd.")
    user.command("andere fase")
    with user.form():
        user.type("Wil zelf melden")


def aftercare(user: User, number: int) -> None:
    """What stands on Vandaag is done: the old note goes and the call is made; after the last one the case is closed."""
    last = number + 1 == len(AFTERCARE)
    user.press("ctrl+1", "2*space")
    user.sees("De werkaantekening is vernietigd.")
    if last:  # by then the recovery words are due, and stand first
        user.sees("Nu controleren: ")
        user.press("Down")
    user.sees("Begin gesprek: Nazorg: bellen")  # said by the button once this row is chosen in the new list
    user.qtbot.wait(TO_SEE)
    user.press("space")
    user.program.type_until_there(f"Het gaat beter, zegt zij in gesprek {number + 3}.")
    user.press("ctrl+Return")
    user.sees("Hiermee gedaan: nazorg", f"Bewaren bij {CODE}")
    user.press("ctrl+Return")
    user.sees("Het gesprek is bewaard.", f"Casus {CODE} · ")
    if last:
        user.command("casus afsluiten")
        with user.form():
            user.sees("De geplande nazorg van 1 april 2027 vervalt.")
            user.choose("opgelost")


def cases_in_the_report(vault: Vault, folder: Path) -> tuple[int, int]:
    """Return how many cases the report over the year of the first call says there were, at least and at most."""
    client = client_by_name(vault, ORGANISATION)
    assert client is not None
    said = folder / "verslag.json"
    reports.export_report(
        vault,
        client_id=client.id,
        period=Period.year(CALL.year),
        audience=Audience.WERKGEVER,
        out=folder / "verslag.pdf",
        now=datetime.combine(AFTERCARE[-1], MORNING),
        statements_out=said,
        backup_places=[],
    )
    statements = json.loads(said.read_text("utf-8"))["statements"]
    (total,) = [one for one in statements if one["of"] == "casussen" and not one["where"]]
    return total["min"], total["max"]


def test_a_relay_melding_and_then_a_call_from_whom_it_is_about(user: User) -> None:
    with user.at_the_desk(RELAYED):
        relay_case(user)
        relayed(user)
    with user.vault(RELAYED) as vault:
        page = the_case(vault, RELAYED)
        (melding,) = meldingen.aftermath(vault, page.case.id).meldingen
        (message,) = relay.relay_log(vault, melding.id).messages
        assert (message.text, message.approved, message.passed) == (MESSAGE, RELAYED, RELAYED)
        copy = relay.copy_of_message(vault, message_id=message.id, today=RELAYED)
        assert melding.reference in copy
        told = (MELDER, "Waterman", OTHER, page.case.pseudonym, CODE)
        assert [word for word in told if word in copy] == []
        before = content_of(vault)
        assert str(before).count(OTHER) == 1, "only the name that stands with the melder"

    with user.at_the_desk(REFUSED):
        user.command("rolconflict nagaan")
        user.opened()
        user.type(OTHER)
        user.press("Return")
        user.sees("Er kan een rolconflict zijn.", "Dit is niet bewaard.")
        user.press("5*Tab", "space")
        user.program.until(lambda: user.copied == NEUTRAL)
        user.press("Escape")
        user.gone()
    with user.vault(REFUSED) as vault:
        assert content_of(vault) == before, "nothing of the second call was kept"
        assert cases.count_cases(vault, CaseFilter()) == 1


def content_of(vault: Vault) -> dict[str, list[object]]:
    """Return every table of the vault but what opening, copying and checking it write."""
    ask = vault.connection.execute
    tables = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {name: ask(f'SELECT * FROM "{name}"').fetchall() for name in tables if name not in OF_THE_VAULT}  # noqa: S608 - its own names


def relay_case(user: User) -> None:
    """A melder who wants the organisation not to know, and the names that must not reach it."""
    user.press("ctrl+n")
    user.program.type_until_there("Wil melden zonder dat de naam bekend wordt.")
    user.press("ctrl+Return")
    user.sees(f"Bewaren als {CODE}")
    user.press("3*Tab")
    user.choose("melder")
    user.press("4*Tab", "space", "ctrl+Return")
    user.sees("Het gesprek is bewaard.", f"Casus {CODE} · ")
    for name in (MELDER, OTHER):
        user.command("persoon toevoegen")
        with user.form():
            user.type(name)
    user.command("melding vastleggen")
    with user.form():
        user.choose("wbk")
        user.press("2*Tab", "space")
    user.sees("De melding is vastgelegd.")


def relayed(user: User) -> None:
    """The message is written without what tells who it is, approved by the melder, copied and passed on."""
    user.press("3*Tab", "Return")
    user.opened()
    user.sees("Berichten via u…", "Nog niet")
    user.press("2*Tab", "Return")
    user.opened()
    user.press("ctrl+Return")
    with user.form():
        user.type(f"{MELDER} zag het.")
        user.sees("Zo gaat de tekst niet weg.")
        user.press("ctrl+a")
        user.type(MESSAGE)
    user.sees("Het bericht is bewaard.")
    user.press("Down", "Return")
    user.opened()
    user.sees("Wacht op goedkeuring door de melder.")
    user.press("Tab", "Return")
    with user.form():
        user.sees("De melder kent deze tekst, woord voor woord")
    user.sees("Vastgelegd.")
    user.press("Return")
    user.program.until(lambda: MESSAGE in user.copied)
    user.press("3*Tab", "Return")
    with user.form():
        user.sees("Daarna blijft het bericht zoals het is.")
    for _ in range(3):
        user.press("Escape")
        user.gone()
