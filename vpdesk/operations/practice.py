"""Makes the practice vault: an invented year at two organisations, through the operations that a user has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.cases import Conversation
from vpdesk.domain.certification import Scheme
from vpdesk.domain.checklists import CHECKLISTS, ItemState
from vpdesk.domain.phases import Phase
from vpdesk.domain.reminders import ReminderState
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.taxonomy import INTEGRITEIT, OMGANGSVORMEN
from vpdesk.domain.worklog import FollowUp
from vpdesk.operations import practice_cases as invented
from vpdesk.operations import practice_clients, practice_guided, practice_meldingen, practice_rest, practice_steps
from vpdesk.operations.cases import check_item, close_case, get_case, move_case, open_case
from vpdesk.operations.certification import save_scheme
from vpdesk.operations.clients import add_client, add_unit, check_agreement
from vpdesk.operations.conversations import NEW, save_conversation
from vpdesk.operations.practice_call_backs import add_call_backs
from vpdesk.operations.practice_day import TODAY, practice_today
from vpdesk.operations.practice_people import add_people
from vpdesk.operations.retention import place_hold
from vpdesk.operations.today import add_reminder, do_reminder, postpone_reminder
from vpdesk.operations.vaults import begin_setup
from vpdesk.operations.worklog import add_activity, save_earlier_total

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.ids import CaseId, ClientId, UnitId
    from vpdesk.operations.practice_cases import PracticeCase
    from vpdesk.store.vault import Vault

__all__ = ["WATERVEEN", "ZILVERELS", "fill_practice_vault", "make_practice_vault", "practice_today"]

WATERVEEN: Final = invented.W
ZILVERELS: Final = invented.Z

_MINUTES: Final = (50, 30, 45, 25, 40, 20, 60)
_CHANNELS: Final = ("telefoon", "op locatie", "telefoon", "beeldbellen", "elders", "telefoon", "e-mail")
_AGREED: Final = (
    "de persoon denkt er een week over na",
    "wij bellen over twee weken",
    "de persoon leest de regeling",
    "de persoon schrijft data en feiten op",
    "wij spreken elkaar buiten kantoor",
)


def make_practice_vault(folder: Path, *, now: datetime) -> Vault:
    """Make a practice vault in a folder and return it open; its clock stands at 20 January of this year.

    Raises:
        VaultError: the folder is in use or can't be written.
    """
    vault = begin_setup(folder, now=now, practice=True).confirm()
    try:
        fill_practice_vault(vault, year=now.year - 1)
    except BaseException:
        vault.close()
        raise
    return vault


def fill_practice_vault(vault: Vault, *, year: int) -> None:
    """Write the invented year into an empty vault."""
    Rehearsal(vault, year).play()


class Rehearsal:
    """The invented year, played day by day enough that the histories come about as a user would make them."""

    def __init__(self, vault: Vault, year: int) -> None:
        self._vault = vault
        self._year = year
        self._today = date(year + 1, 1, 20)
        self._clients: dict[str, ClientId] = {}
        self._units: dict[str, list[UnitId]] = {}
        self._cases: dict[str, CaseId] = {}

    def play(self) -> None:
        """Write everything."""
        with self._vault.transaction():
            self._vault.settings.put(TODAY, self._today.isoformat())
        for name, units in invented.UNITS.items():
            client = add_client(
                self._vault,
                name=name,
                contact="Griffier" if name == WATERVEEN else "Bestuurder",
                agreed=practice_clients.agreed(name, self._year),
            )
            self._clients[name] = client.id
            for code, state in practice_clients.DISCUSSED[name].items():
                on = self._day("10-12", self._year - 1)
                check_agreement(self._vault, client_id=client.id, code=code, state=state, on=on)
            self._units[name] = [add_unit(self._vault, client_id=client.id, name=unit).id for unit in units]
        for years_ago, cases in invented.EARLIER_TOTALS:
            save_earlier_total(
                self._vault, client_id=self._clients[WATERVEEN], year=self._year - years_ago, cases=cases
            )
        for number, case in enumerate(invented.BEFORE):
            self._play_case(case, number, self._year - 1)
        for number, case in enumerate(sorted(invented.CASES, key=lambda case: self._day(case.opened))):
            self._play_case(case, number, self._year)
        self._special()
        practice_steps.play(self._vault, self._cases, self._clients, day=self._day, today=self._today)
        practice_meldingen.play(self._vault, self._cases, day=self._day)
        practice_guided.play(self._vault, self._cases, self._clients, day=self._day)
        add_people(self._vault, self._cases, declined=self._day("05-02"), witness=self._day("24-04"))
        for day, task, minutes, title, of, reached in invented.ACTIVITIES:
            add_activity(
                self._vault,
                on=self._day(day),
                task=task,
                minutes=minutes,
                title=title,
                client_id=self._clients.get(of),
                reached=reached,
                follow_up=self._follow_up(title),
                proof=invented.PROOF.get(title, ""),
            )
        practice_rest.play(self._vault, self._cases, self._clients, day=self._day, next_year=self._year + 1)
        save_scheme(self._vault, Scheme(date(self._year, 1, 1), checked=self._today))

    def _follow_up(self, title: str) -> FollowUp | None:
        found = invented.FOLLOW_UPS.get(title)
        return None if found is None else FollowUp(found[0], self._day(found[1]), found[2])

    def _day(self, text: str, year: int = 0) -> date:
        day, month = text.split("-")
        return date(year or self._year, int(month), int(day))

    def _play_case(self, case: PracticeCase, number: int, year: int) -> None:
        opened = self._day(case.opened, year)
        closed = self._day(case.closed, year) if case.closed else None
        units = self._units[case.client]
        made = open_case(
            self._vault,
            client=self._clients[case.client],
            opened=opened,
            pseudonym=case.pseudonym,
            rol=case.rol,
            thema=case.thema,
            further_themes=(case.further,) if case.further else (),
            werkgebied=case.werkgebied or _field(case.thema),
            relatie=case.relatie,
            unit=units[number % len(units)],
            verbonden=case.verbonden,
            gevonden_via=case.gevonden_via,
            misstand=case.misstand,
            limits_discussed_on=None if case.pseudonym == "Kade" else opened,
        )
        self._cases[case.pseudonym] = made.id
        moves = {Phase.MELDINGSFASE: case.melding, Phase.NAFASE: case.nazorg}
        for phase, day in moves.items():
            if day:
                move_case(
                    self._vault, case_id=made.id, to=phase, on=self._day(day, year), reason="Keuze van de persoon"
                )
        last = closed or self._today - timedelta(days=6)
        talks = case.talks[:-1] if case.pseudonym == "Sluis" else case.talks
        for order, text in enumerate(talks):
            on = opened + (last - opened) * order // max(1, len(talks) - 1)
            agreed = "" if order == len(talks) - 1 else _AGREED[(number + order) % len(_AGREED)]
            self._talk(made.id, on, text, number + order, agreed)
        self._aftercare_until(made.id, closed or self._today)
        if closed is not None:
            practice_rest.end_the_aftercare(self._vault, case.pseudonym, made.id, closed)
            close_case(self._vault, case_id=made.id, outcome=case.afloop, reason=case.reden, on=closed)
        else:
            self._check_some(made.id, opened)

    def _talk(self, case_id: CaseId, on: date, text: str, turn: int, agreed: str = "") -> None:
        case = get_case(self._vault, case_id)
        standing = [move.to for move in case.moves if move.on <= on]
        save_conversation(
            self._vault,
            Conversation(
                id=NEW,
                on=on,
                channel=_CHANNELS[turn % len(_CHANNELS)],
                minutes=_MINUTES[turn % len(_MINUTES)],
                client=case.client,
                case=case_id,
                phase=standing[-1],
                report=text,
                agreements=agreed,
            ),
            now=datetime.combine(self._today, time(10)),
        )

    def _aftercare_until(self, case_id: CaseId, end: date) -> None:
        """Do the aftercare that fell due before a day, as someone who forgets nothing would."""
        while True:
            due = [
                reminder
                for reminder in self._vault.reminders.of_case(case_id)
                if reminder.kind is TodayKind.NAZORG and reminder.state is ReminderState.OPEN and reminder.due < end
            ]
            if not due:
                return
            do_reminder(self._vault, reminder_id=due[0].id, on=due[0].due)

    def _check_some(self, case_id: CaseId, on: date) -> None:
        phase = get_case(self._vault, case_id).phase
        items = [item for item in CHECKLISTS[phase] if not item.relay]
        for item in items[1:4]:
            check_item(self._vault, case_id=case_id, phase=phase, code=item.code, state=ItemState.GEDAAN, on=on)

    def _special(self) -> None:
        """Write what happens in one case only."""
        vault, cases = self._vault, self._cases
        sluis = cases["Sluis"]
        reopened = self._day("12-11")
        move_case(vault, case_id=sluis, to=Phase.NAFASE, on=reopened, reason="Benadeling: contract niet verlengd")
        self._talk(sluis, reopened, invented.CASES[2].talks[-1], 5)
        self._aftercare_until(sluis, self._today)
        (last,) = vault.conversations.rows(case=cases["Kade"], limit=1)
        noted = replace(vault.conversations.get(last.id), report="", working_note=invented.NOTE, marked=True)
        save_conversation(vault, noted, now=datetime.combine(self._today, time(10)))
        self._late_aftercare(cases["Schelp"], date(self._year + 1, 1, 18))
        soon = [
            ("Paraplu", TodayKind.STAP, 22, "Vervolggesprek", "Wat wil de melder nu"),
            ("Emmer", TodayKind.STAP, 23, "Terugbellen", "Met tolk"),
            ("Windwijzer", TodayKind.STAP, 21, "Overdracht bespreken", "Eerst toestemming"),
        ]
        for pseudonym, kind, day, title, detail in soon:
            due = date(self._year + 1, 1, day)
            add_reminder(vault, case_id=cases[pseudonym], kind=kind, due=due, title=title, detail=detail)
        add_call_backs(vault, self._clients, today=self._today)
        for pseudonym, why, since, reason in invented.HOLDS:
            place_hold(vault, case_id=cases[pseudonym], kind=why, since=self._day(since), reason=reason)

    def _late_aftercare(self, case_id: CaseId, due: date) -> None:
        for reminder in self._vault.reminders.of_case(case_id):
            if reminder.state is ReminderState.OPEN:
                postpone_reminder(self._vault, reminder_id=reminder.id, due=due)


def _field(theme: str) -> str:
    if theme in OMGANGSVORMEN:
        return "ongewenste omgangsvormen"
    return "integriteit" if theme in INTEGRITEIT else "buiten werkterrein"
