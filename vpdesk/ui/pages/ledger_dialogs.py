"""What left the house: the list of it, what each thing said, what is added by hand, and what never went after all."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vpdesk.domain import wording
from vpdesk.domain.clients import Unit
from vpdesk.domain.errors import ContradictsError, VpdeskError
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.seen import says_something
from vpdesk.operations import clients, ledger, report_files, reports
from vpdesk.operations.ledger_clash import KINDS
from vpdesk.operations.report_letter import letter_for
from vpdesk.operations.reports import ExportResult
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.report_periods import label
from vpdesk.ui.pages.ledger_entry import EntryForm
from vpdesk.ui.pages.report_dialogs import ask_place, audience_label
from vpdesk.ui.widgets.buttons import QUIET, Button, popup_under
from vpdesk.ui.widgets.fields import Field, LineEdit
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.lists import ROW_HEIGHT, ListRow, TwoLineList

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_UNCOUNTED: Final = (
    "Het telt dan in geen enkel verslag meer mee{save}. Doe dit alleen als werkelijk niemand het heeft gezien; anders "
    "kan een volgend verslag een klein getal verraden. De regel en uw reden blijven staan."
)
_MOST_LINES: Final = 8
_MOST_ROWS: Final = 4
_ABOUT: Final = (
    "Alles wat hier staat, telt mee in elk nieuw verslag, behalve wat nooit is verstuurd. Zo kan niemand een klein "
    "getal vinden door twee stukken naast elkaar te leggen. Zet er daarom ook bij wat u in een brief, op een factuur "
    "of hardop hebt genoemd."
)


class LedgerDialog(FormDialog):
    """What went out for an organisation; writing a report again gives the same bytes."""

    def __init__(
        self, context: Context, parent: QWidget, client: ClientId, done: Callable[[ExportResult], None]
    ) -> None:
        super().__init__(parent, "Wat naar buiten is gegaan", "Opnieuw bewaren…", text=_ABOUT)
        self._context, self._client, self._done = context, client, done
        self._found: tuple[Publication, ...] = ()
        self._units: tuple[Unit, ...] = ()
        self.list = TwoLineList("Wat naar buiten is gegaan")
        self.list.setMinimumWidth(theme.px(560))
        self._give_room(1)
        self._none = Label("Er is voor deze organisatie nog niets uitgegeven.", "body", "muted", wraps=True)
        self.said = Label("", "small", wraps=True)
        self.said.setAccessibleName("Wat erin stond")
        self.why_not = Label("", "small", "muted", wraps=True)
        self.why_not.setAccessibleName("Waarom niet opnieuw bewaren")
        self.every = Button("Alle getallen tonen", QUIET, size=28)
        self._whole: PublicationId | None = None
        self.add = Button("Iets toevoegen…", size=28)
        self.sent = Button("Nooit verstuurd…", size=28)
        self.to = Button("Aan wie…", size=28)
        self.other = Button("In andere vorm…", size=28)
        row = Flow()
        self.letter = Button("Brief erbij…", size=28)
        for button in (self.add, self.to, self.sent, self.other, self.letter):
            row.addWidget(button)
        self.body.addWidget(self.list)
        self.body.addWidget(self._none)
        self.body.addWidget(self.said)
        self.body.addWidget(self.every, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.why_not)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self.list.chosen.connect(lambda _key: self._tell())
        self.every.clicked.connect(self._show_every)
        self.add.clicked.connect(self._add)
        self.sent.clicked.connect(self._mark)
        self.to.clicked.connect(self._ask_whom)
        self.other.clicked.connect(self._ask_kind)
        self.letter.clicked.connect(self._show_letter)
        self.verb.clicked.connect(self._again)
        self.load()

    @property
    def chosen(self) -> Publication | None:
        """What the list stands at."""
        return next((item for item in self._found if item.id == self.list.key), None)

    def load(self) -> None:
        """Read the list anew."""
        client = self._client

        def asked(vault: "Vault") -> tuple[tuple[Publication, ...], tuple[Unit, ...]]:
            return reports.publications(vault, client), clients.units(vault, client)

        self._context.worker.run(asked, self._show, self.failed)

    def _show(self, answer: tuple[tuple[Publication, ...], tuple[Unit, ...]]) -> None:
        at = self.list.key
        self._found, self._units = found, _ = answer
        today = self._context.clock().date()
        self.list.show_rows([_row(item, wording.short_date(item.exported.date(), today)) for item in reversed(found)])
        self.list.setVisible(bool(found))
        self._give_room(len(found))
        self._none.setVisible(not found)
        if found:
            self.list.choose(at if any(item.id == at for item in found) else found[-1].id)
            self.list.setFocus()
        self._tell()

    def _give_room(self, rows: int) -> None:
        """Let the list be as high as its rows, so that what it says about the chosen one needs no scrolling."""
        theme.measure(self.list, "setFixedHeight", min(rows, _MOST_ROWS) * ROW_HEIGHT)

    def _tell(self) -> None:
        item = self.chosen
        self.said.setVisible(item is not None)
        for button in (self.sent, self.to):
            button.setVisible(item is not None)
        self.other.setVisible(item is not None and not report_files.why_only_pdf(item))
        self.letter.setVisible(item is not None and bool(letter_for(item, self._found)))
        why_not = reports.not_again(item) if item is not None else ""
        self.verb.setEnabled(item is not None and not why_not)
        self.verb.setAccessibleDescription(why_not)
        self.verb.setToolTip(why_not)
        self.every.hide()
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        if item is None:
            return
        numbers = list(ledger.in_words(item, self._units)) or ["Geen getallen over mensen."]
        rest = 0 if item.id == self._whole else max(0, len(numbers) - _MOST_LINES)
        self.every.setVisible(rest > 0)
        if rest:
            numbers = [*numbers[:_MOST_LINES], f"en nog {wording.counted(rest, 'getal', 'getallen')}."]
        self.said.setText("\n".join(_content(item, numbers, () if item.out else ledger.quoting(item, self._found))))
        self.sent.setText("Nooit verstuurd…" if item.out else "Toch verstuurd")
        self.sent.setAccessibleName(self.sent.text())
        self.fit()

    def _show_every(self) -> None:
        """Show every number of what the list stands at; the keyboard goes back to the list, from which one scrolls."""
        self._whole = self.chosen.id if self.chosen is not None else None
        self.list.setFocus()
        self._tell()

    def _add(self) -> None:
        EntryForm(self._context, self, self._client, self._changed).open()

    def _mark(self) -> None:
        item = self.chosen
        if item is None:
            return
        if item.out:
            NeverSentForm(self._context, self, item, ledger.quoting(item, self._found), self._changed).open()
            return
        number = item.id

        def refused(error: VpdeskError) -> None:
            if isinstance(error, ContradictsError):
                SentAnywayForm(self._context, self, item, error.sentence, self._changed).open()
            else:
                self.failed(error)

        self._context.worker.run(lambda vault: ledger.was_sent(vault, number), self._changed, refused)

    def _ask_whom(self) -> None:
        if self.chosen is not None:
            RecipientForm(self._context, self, self.chosen, self._changed).open()

    def _ask_kind(self) -> None:
        if self.chosen is not None:
            from vpdesk.ui.pages.report_files import files_menu  # noqa: PLC0415 - seldom needed

            files_menu(self._context, self, self.chosen, self.failed).popup(popup_under(self.other))

    def _show_letter(self) -> None:
        if self.chosen is not None:
            from vpdesk.ui.pages.report_letter import LetterDialog  # noqa: PLC0415 - idem

            LetterDialog(self, self.chosen, self._found).open()

    def _changed(self, _publication: Publication) -> None:
        self._context.changes.tell(Topic.REPORTS)
        self.load()

    def _again(self) -> None:
        item = self.chosen
        if item is None:
            return
        out = ask_place(self, f"{item.title}.pdf")
        if out is not None:
            number = item.id
            self._context.worker.run(
                lambda vault: reports.export_stored(vault, number, out), self._written, self.failed
            )

    def _written(self, result: ExportResult) -> None:
        self.accept()
        self._done(result)


class NeverSentForm(FormDialog):
    """Asks why something never left; `then(publication)` follows. Reports that quote it are named by their titles."""

    keeps_text = True

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        item: Publication,
        quoting: tuple[str, ...],
        then: Callable[[Publication], None],
    ) -> None:
        super().__init__(
            parent,
            "Nooit verstuurd",
            "Niet meer meetellen",
            text=_UNCOUNTED.format(save=f", behalve {_quoted_in(quoting)}" if quoting else ""),
        )
        self._context, self._item, self._then = context, item, then
        self.reason = LineEdit(name="Waarom is dit nooit verstuurd?")
        self._field = Field("Waarom is dit nooit verstuurd?", self.reason)
        self.body.addWidget(self._field)
        self.reason.setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        reason, number = self.reason.text().strip(), self._item.id
        if not says_something(reason):
            self._field.show_error("Schrijf in een paar woorden waarom het nooit is verstuurd.")
            self.reason.setFocus()
            return
        self.verb.setEnabled(False)
        self._context.worker.run(
            lambda vault: ledger.never_sent(vault, number, reason=reason), partial(_kept, self, self._then), self.failed
        )


class SentAnywayForm(FormDialog):
    """Asks whether something left though its numbers contradict what is out; `then(publication)` follows."""

    def __init__(
        self, context: Context, parent: QWidget, item: Publication, why: str, then: Callable[[Publication], None]
    ) -> None:
        super().__init__(parent, "Toch verstuurd", "Toch laten meetellen", text=why)
        self._context, self._item, self._then = context, item, then
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        number = self._item.id
        self.verb.setEnabled(False)
        self._context.worker.run(
            lambda vault: ledger.was_sent(vault, number, anyway=True), partial(_kept, self, self._then), self.failed
        )


class RecipientForm(FormDialog):
    """Asks to whom something went; `then(publication)` follows."""

    keeps_text = True

    def __init__(
        self, context: Context, parent: QWidget, item: Publication, then: Callable[[Publication], None]
    ) -> None:
        super().__init__(parent, "Aan wie", "Bewaren")
        self._context, self._item, self._then = context, item, then
        self.recipient = LineEdit(item.recipient, name="Aan wie is het gegeven?")
        self.body.addWidget(
            Field(
                "Aan wie is het gegeven?",
                self.recipient,
                hint="Een functie of een groep is genoeg: de directie, de OR.",
            )
        )
        self.recipient.setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        recipient, number = self.recipient.text(), self._item.id
        self.verb.setEnabled(False)

        def keep(vault: "Vault") -> Publication:
            return ledger.sent_to(vault, number, recipient=recipient)

        self._context.worker.run(keep, partial(_kept, self, self._then), self.failed)


def _kept(form: FormDialog, then: Callable[[Publication], None], publication: Publication) -> None:
    form.accept()
    then(publication)


def _row(item: Publication, on: str) -> ListRow:
    to = f" · {item.recipient}" if item.recipient else ""
    return ListRow(
        item.id,
        f"{KINDS[item.kind]} {label(item.period)}{', herzien' if item.revision else ''}",
        f"{audience_label(item.audience)}{to}",
        "rapport" if item.kind is Kind.VERSLAG else "mail",
        right=on,
        state=None if item.out else ("nooit verstuurd", "info"),
    )


def _when(item: Publication) -> str:
    """Return *Uitgegeven op 3 juli 2025 om 10:42. Aan: De directie.*; what was entered by hand has a day only."""
    at = "" if item.by_hand else f" om {item.exported:%H:%M}"
    to = f" Aan: {item.recipient.removesuffix('.')}." if item.recipient else ""
    return f"{'Uitgegeven' if item.out else 'Vastgelegd'} op {wording.long_date(item.exported.date())}{at}.{to}"


def _quoted_in(titles: Sequence[str]) -> str:
    """Return which part of something counts though it was never sent."""
    names = wording.joined([f"‘{title}’" for title in titles])
    return f"wat {names} ervan {'noemt' if len(titles) == 1 else 'noemen'}: dat is wel naar buiten"


def _content(item: Publication, numbers: list[str], quoting: Sequence[str]) -> list[str]:
    lines = [_when(item), *numbers]
    if item.never_sent:
        lines.append(f"Nooit verstuurd: {item.never_sent}")
    if quoting:
        lines.append(f"Toch telt mee {_quoted_in(quoting)}.")
    if item.sha256:
        lines.append(f"Controlegetal van het bestand (SHA-256): {item.sha256}")
    return lines
