"""Destroying a case or a person: what goes for good, what stays, where it lives on, and a word typed to confirm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.clients import OPTIONAL_STATISTICS
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.retention import Decision
from vpdesk.domain.wording import counted, joined
from vpdesk.operations.cases import CasePage
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.copies import place_of
from vpdesk.ui.models.copy_list import precise
from vpdesk.ui.models.retention_words import report_answer, term_answer
from vpdesk.ui.widgets.fields import CheckBox, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import ProgressLine
from vpdesk.ui.worker import Progress

if TYPE_CHECKING:
    from vpdesk.operations.old_copies import Reach
    from vpdesk.operations.vaults import Vault

_TOUCHED = (Topic.CASES, Topic.CONVERSATIONS, Topic.REMINDERS, Topic.DRAFTS, Topic.CLIENTS, Topic.BACKUPS)

STOPPED: Final = "Het vernietigen is daardoor gestopt: er is niets vernietigd."
_FIRST = (
    "Loopt er nog een procedure, claim of verzoek? Wil de persoon eerst iets terug? Zijn papier, mail, agenda en "
    "telefoon ook leeg?"
)
_GOES = (
    "De casus met pseudoniem, gegevens en personen, {} met alle tekst, de tijdlijn, de lijsten, stappen, meldingen "
    "met hun berichten, benadeling, vastleggingen, bijlagen en nazorg, wat er eerder stond en wat u hierover nog aan "
    "het typen was, en de woorden ervan in het zoeken."
)
_STAYS = (
    "Eén regel met codes per verslagjaar: rol, werkgebied, hoofdthema, relatie, hoe de persoon u vond, fase en afloop, "
    "met hoeveel gesprekken en minuten. Geen datum, tekst, code of pseudoniem. Zo blijven oude jaren kloppen. "
    "Een periode die zo’n verslagjaar doorsnijdt, kan vpdesk daarna niet meer tellen. Van een casus die u overnam, "
    "blijft geen regel: die telt bij uw collega. Bij wat u overdroeg, blijft alleen hoeveel casussen het waren."
)
_OPTIONAL = (
    " Onderdeel en ‘verbonden als’ blijven niet. Een tabel daarover kan daarna niet meer in een nieuw verslag over die "
    "jaren."
)
_LIVES_ON = (
    "Wie een kopie van voor vandaag terugzet, heeft {} terug. Oude kopieën vervallen vanzelf terwijl u nieuwe "
    "maakt, de laatste na ongeveer een jaar, of eerder als een bewaartermijn korter is. Kopieën die u zelf ergens "
    "anders hebt gezet, kent vpdesk niet."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it, in words; `wrong` when a part could not be done."""

    sentence: str
    wrong: bool


class FinalDialog(FormDialog):
    """Destroys something once its word was typed: says what goes and in which copies it lives on.

    `what` is how it is called (*de casus*) and the verb; subclasses say how it is done.
    """

    touched: tuple[Topic, ...] = _TOUCHED

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        what: tuple[str, str],
        *,
        word: str,
        said: Sequence[tuple[str, str]],
        reach: "Reach",
        title: str = "",
    ) -> None:
        called, verb = what
        super().__init__(
            parent, title or verb, verb, text="Dit is voorgoed: het is niet ongedaan te maken.", final=True
        )
        self.context = context
        self._called = called
        self._word = word
        self._older = tuple(copy.path for copy in reach.copies)
        self._progress: Progress | None = None
        self.setMinimumWidth(theme.px(560))
        for heading, line in said:
            self._say(heading, line)
        self._say(f"Kopieën waarin {called} kan staan", *self._copies(reach), _LIVES_ON.format(called))
        self.renew = CheckBox("Maak daarna een nieuwe kopie en controleer die")
        self.renew.setChecked(True)
        self.older = CheckBox("Klopt die, vernietig dan de oudere kopieën binnen bereik")
        self.older.setVisible(bool(reach.copies or reach.former))
        self.renew.toggled.connect(self._follow)
        self.body.addWidget(self.renew)
        self.body.addWidget(self.older)
        self.code = LineEdit(name=f"Typ {word} om te bevestigen")
        self.above_foot(
            Field(f"Typ {word} om te bevestigen", self.code)
        )  # so that a form that scrolls begins at its top
        self.code.textChanged.connect(self._typed)
        self.progress = ProgressLine(can_cancel=False)
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.verb.setEnabled(False)
        self.verb.clicked.connect(self._destroy)
        self.code.setFocus()

    def carry_out(self, vault: "Vault") -> tuple[str, bool]:
        """Do it; return what to say, and whether the pages could be written anew at once."""
        raise NotImplementedError

    def gone(self) -> None:
        """Hear that it is gone."""

    def _say(self, title: str, *lines: str) -> None:
        section = QVBoxLayout()
        section.setSpacing(4)
        section.addWidget(Label(title, "label"))
        for line in lines:
            section.addWidget(Label(line, "body", "muted", wraps=True))
        self.body.addLayout(section)

    def _copies(self, reach: "Reach") -> list[str]:
        """Return a line for each place within reach with its days, and one for what is out of reach."""
        by_place: dict[Path, list[datetime]] = {}
        for copy in reach.copies:
            by_place.setdefault(copy.path.parent, []).append(copy.made)
        lines = [
            f"{place_of(place, self.context.door.folder)[0]}, {place}: {joined([precise(day) for day in days])}."
            for place, days in by_place.items()
        ]
        if reach.former:
            lines.append(
                f"In de map van de kluis: {counted(reach.former, 'eerdere stand', 'eerdere standen')}, van voordat u "
                "een kopie terugzette."
            )
        lines += [
            f"Nu buiten bereik: {place}. Verbind die plaats eerst als u de kopieën daar ook wilt vernietigen."
            for place in reach.away
        ]
        return lines or ["Er zijn binnen bereik geen kopieën."]

    def _follow(self, on: bool) -> None:
        self.older.setEnabled(on)
        if not on:
            self.older.setChecked(False)

    def _typed(self, text: str) -> None:
        self.verb.setEnabled(self._progress is None and text.strip() == self._word)

    def _destroy(self) -> None:
        if self._progress is not None or self.code.text().strip() != self._word:
            return
        self._progress = Progress(self)
        self._progress.moved.connect(self.progress.advance)
        self.progress.start(f"{self._called[:1].upper()}{self._called[1:]} wordt vernietigd")
        for control in (self.verb, self.back, self.renew, self.older, self.code):
            control.setEnabled(False)
        job = partial(
            _destroyed,
            destroy=self.carry_out,
            now=self.context.clock(),
            renew=self.renew.isChecked(),
            older=self._older if self.older.isChecked() else None,
            progress=self._progress,
        )
        self.context.worker.run(job, self._done, self.failed, progress=self._progress, stopped=STOPPED)

    def _done(self, outcome: Outcome) -> None:
        self._progress = None
        self.accept()
        self.gone()
        self.context.changes.tell(*self.touched)
        if outcome.wrong:
            self.context.failed(VpdeskError(outcome.sentence))
        else:
            self.context.message(outcome.sentence)

    def failed(self, error: VpdeskError) -> None:
        """Say why nothing was destroyed; everything can be asked again."""
        self._progress = None
        self.progress.finish()
        for control in (self.back, self.renew, self.code):
            control.setEnabled(True)
        self._follow(self.renew.isChecked())
        super().failed(error)

    def reject(self) -> None:
        """Stay while it is being done: there is no way back from it."""
        if self._progress is None:
            super().reject()


class DestroyDialog(FinalDialog):
    """Destroys a case; opens when it knows which copies there are, calls `gone` when the case is."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        page: CasePage,
        reach: "Reach",
        gone: Callable[[], None],
        decision: Decision,
    ) -> None:
        today = context.clock().date()
        known = f"Termijn voorbij? {term_answer(decision, today)} Jaar verslagen? {report_answer(decision)}"
        talks = counted(len(page.conversations), "gesprek", "gesprekken")
        super().__init__(
            context,
            parent,
            ("de casus", "Casus vernietigen"),
            word=page.case.code,
            said=(
                ("Wat vpdesk weet", known),
                ("Loop eerst na", _FIRST),
                ("Wat weggaat", _GOES.format(talks)),
                ("Wat blijft", _STAYS + (_OPTIONAL if set(page.client.statistics) & set(OPTIONAL_STATISTICS) else "")),
            ),
            reach=reach,
            title=f"Casus {page.case.code} vernietigen",
        )
        self.case = page.case
        self._gone = gone

    def carry_out(self, vault: "Vault") -> tuple[str, bool]:
        """Destroy the case."""
        from vpdesk.operations.destroying import destroy_case  # noqa: PLC0415 - loaded when used

        done = destroy_case(vault, case_id=self.case.id, now=self.context.clock())
        return f"Casus {done.code} is vernietigd.", done.wiped

    def gone(self) -> None:
        """Leave the page of the case."""
        self._gone()


def look(vault: "Vault") -> "Reach":
    """Return the copies within reach, for the dialog."""
    from vpdesk.operations.old_copies import in_reach  # noqa: PLC0415 - loaded when used

    return in_reach(vault)


def _destroyed(
    vault: "Vault",
    *,
    destroy: "Callable[[Vault], tuple[str, bool]]",
    now: datetime,
    renew: bool,
    older: tuple[Path, ...] | None,
    progress: Progress,
) -> Outcome:
    from vpdesk.operations.old_copies import renew_copies  # noqa: PLC0415 - loaded when used

    sentence, wiped = destroy(vault)
    said = [sentence]
    if not wiped:
        said.append(
            "Resten van de woorden kunnen nog in het versleutelde bestand staan, bijvoorbeeld omdat de schijf vol is. "
            "vpdesk ruimt ze op bij een volgende kopie."
        )
    if not renew:
        return Outcome(" ".join(said), wrong=not wiped)
    try:
        renewed = renew_copies(vault, now=now, older=older, progress=progress)
    except VpdeskError as error:
        said.append(f"Een nieuwe kopie is er niet, en de oudere kopieën staan er nog. {error.sentence}")
        return Outcome(" ".join(said), wrong=True)
    said.append("De nieuwe kopie is gemaakt en gecontroleerd.")
    if renewed.gone:
        said.append(f"{counted(len(renewed.gone), 'oudere kopie is', 'oudere kopieën zijn')} ook vernietigd.")
    if renewed.kept:
        said.append(
            f"{counted(len(renewed.kept), 'oudere kopie staat', 'oudere kopieën staan')} er nog: "
            f"{joined([str(path) for path in renewed.kept])}."
        )
    return Outcome(" ".join(said), wrong=bool(renewed.kept) or not wiped)
