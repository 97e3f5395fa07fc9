"""Taking in a spreadsheet: choose it, say what its unknown columns and values mean, see what would happen, import."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.clients import Client
from vpdesk.domain.errors import AlreadyImportedError, VpdeskError
from vpdesk.operations import clients, importing
from vpdesk.operations.importing import Doubt, ImportPlan, ImportResult, Mapping, Sheet
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, Field, LineEdit
from vpdesk.ui.widgets.file_dialogs import SHEETS, ask_file
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message, ProgressLine
from vpdesk.ui.worker import Progress

UNDECIDED: Final = "?"
LEFT_OUT: Final = ""
STOPPED: Final = "Het importeren is daardoor gestopt: er is niets overgenomen."
TAKEN_ANYHOW: Final = "Klopt het, dan kunt u gewoon importeren. Klopt het niet, verander dan eerst het bestand."
_LISTED: Final = 6
_LISTED_DOUBTS: Final = 100


def with_column(sheet: Sheet, mapping: Mapping, name: str, target: str) -> Mapping:
    """Return a mapping in which a column of the sheet means `target`, with what vpdesk then knows of its values."""
    columns = {**mapping.columns, name: target}
    values = {column: kept for column, kept in mapping.values.items() if column in columns.values()}
    if target in importing.CODE_LISTS and target not in values:
        renamed = tuple(target if column == name else f"{column} " for column in sheet.columns)
        values[target] = importing.propose_mapping(replace(sheet, columns=renamed)).values.get(target, {})
    return replace(mapping, columns=columns, values=values)


def with_value(mapping: Mapping, column: str, value: str, code: str) -> Mapping:
    """Return a mapping in which a value of a column means a code."""
    values = {**mapping.values, column: {**mapping.values.get(column, {}), value: code}}
    return replace(mapping, values=values)


def outcome(plan: ImportPlan) -> str:
    """Return in one sentence what an import would do now."""
    total = len(plan.rows) + len(plan.rejected)
    can = f"{wording.number(len(plan.rows))} van de {wording.counted(total, 'regel', 'regels')} kunnen erin."
    if plan.undecided:
        can += f" Nog {wording.counted(len(plan.undecided), 'keuze', 'keuzes')}."
    if plan.rejected:
        can += f" {wording.counted(len(plan.rejected), 'regel kan', 'regels kunnen')} niet."
    return f"{can} Er is nog niets veranderd."


class ImportDialog(FormDialog):
    """The guided import; nothing is written before *Importeren*."""

    keeps_text = True
    hears_later = False

    def __init__(self, context: Context, parent: QWidget, client: str = "") -> None:
        super().__init__(
            parent,
            "Registraties importeren",
            "Importeren",
            text="vpdesk leest CSV, XLSX en ODS. U ziet eerst wat er gebeurt; alles komt erin, of niets.",
        )
        self._context = context
        self._wanted = client
        self._sheet: Sheet | None = None
        self._mapping: Mapping | None = None
        self._plan: ImportPlan | None = None
        self.setMinimumWidth(theme.px(620))
        self.client = ComboBox("Organisatie")
        self.client.setLineEdit(LineEdit(name="Organisatie"))
        self.choose = Button("Bestand kiezen…", icon="map")
        self._file = Label("Nog geen bestand gekozen", "body", "muted", wraps=True)
        self.progress = ProgressLine(can_cancel=False)
        self.state = Message("", "info")
        self.state.hide()
        self.again = CheckBox("Het zijn andere registraties: neem ze allemaal over")
        self.again.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.choose)
        row.addWidget(self._file, 1)
        self.body.addWidget(Field("Organisatie", self.client, hint="Een nieuwe naam maakt een nieuwe organisatie."))
        self.body.addLayout(row)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.state)
        self.body.addWidget(self.again)
        self._choices: QVBoxLayout = self.scrolling(260)
        self.doubts = Message("", "warning")
        self.doubts.hide()
        self.choices: list[ComboBox] = []
        self.verb.setEnabled(False)
        self.choose.clicked.connect(self._choose)
        self.verb.clicked.connect(self._import)
        self.client.currentTextChanged.connect(lambda _name: self._wonder())
        context.worker.run(clients.clients, self._offer, self.failed)

    def read(self, path: Path) -> None:
        """Read a sheet beside the vault thread, and propose what it means."""
        self.say_wrong("")
        self.verb.setEnabled(False)
        self._file.setText(path.name)
        self.progress.start("Het bestand wordt gelezen…")
        self._context.worker.aside(lambda: importing.read_sheet(path), self._took, self._not_read)

    def _offer(self, found: tuple[Client, ...]) -> None:
        for client in found:
            self.client.addItem(client.name)
        self.client.setCurrentText(self._wanted or (found[0].name if found else ""))

    def _choose(self) -> None:
        path = ask_file(self, "Bestand kiezen", SHEETS)
        if path is not None:
            self.read(path)

    def _not_read(self, error: VpdeskError) -> None:
        self.progress.finish()
        self.failed(error)
        self.verb.setEnabled(False)

    def _took(self, sheet: Sheet) -> None:
        self.progress.finish()
        self._sheet, self._mapping = sheet, importing.propose_mapping(sheet)
        self.again.setChecked(False)
        self.again.hide()
        self._show()

    def _show(self) -> None:
        if self._sheet is None or self._mapping is None:
            return
        sheet, mapping = self._sheet, self._mapping
        self.doubts.setParent(self)  # the others are made anew
        clear(self._choices)
        self.choices = []
        self._choices.addWidget(self.doubts)
        self._ask_columns(mapping)
        self._ask_values(mapping)
        self._choices.addStretch(1)
        self._check(sheet, mapping)

    def _check(self, sheet: Sheet, mapping: Mapping) -> None:
        today = self._context.clock().date()
        self._context.worker.aside(
            lambda: importing.check_sheet(sheet, mapping, today=today), self._planned, self._not_read
        )

    def _ask_columns(self, mapping: Mapping) -> None:
        for name, target in mapping.columns.items():
            known = target not in {UNDECIDED, LEFT_OUT} and target == importing.known_column(name)
            if known:
                continue
            box = ComboBox(f"Kolom {name}")
            box.addItem("Kies…", UNDECIDED)
            box.addItem("Weglaten", LEFT_OUT)
            for column in importing.COLUMNS:
                if column == target or column not in mapping.columns.values():
                    box.addItem(column.replace("_", " ").capitalize(), column)
            box.choose(target)
            hint = mapping.hints.get(("", name), "")
            box.activated.connect(self._choosing_column(name, box))
            said = f"Misschien {hint.replace('_', ' ')}." if hint else ""
            self._choices.addWidget(Field(f"Kolom ‘{name}’", box, hint=said))
            self.choices.append(box)

    def _ask_values(self, mapping: Mapping) -> None:
        for column, values in mapping.values.items():
            if column not in importing.CODE_LISTS:
                continue
            codes = importing.CODE_LISTS[column]
            for value, code in values.items():
                if code == importing.known_code(column, value):
                    continue
                box = ComboBox(f"{codes.title}: {value}")
                box.addItem("Kies…", UNDECIDED)
                for term in codes.terms:
                    box.addItem(term.shown, term.code)
                box.choose(code)
                box.activated.connect(self._choosing_value(column, value, box))
                hint = mapping.hints.get((column, value), "")
                said = f"Misschien {hint}." if hint else ""
                self._choices.addWidget(Field(f"{codes.title}: ‘{value}’", box, hint=said))
                self.choices.append(box)

    def _choosing_column(self, name: str, box: ComboBox) -> Callable[[int], None]:
        def chosen(_index: int) -> None:
            if self._sheet is not None and self._mapping is not None:
                self._mapping = with_column(self._sheet, self._mapping, name, str(box.currentData()))
                QTimer.singleShot(0, self._show)

        return chosen

    def _choosing_value(self, column: str, value: str, box: ComboBox) -> Callable[[int], None]:
        def chosen(_index: int) -> None:
            if self._sheet is not None and self._mapping is not None:
                self._mapping = with_value(self._mapping, column, value, str(box.currentData()))
                self._check(self._sheet, self._mapping)

        return chosen

    def _planned(self, plan: ImportPlan) -> None:
        self._plan = plan
        ready = not plan.undecided and not plan.rejected and bool(plan.rows)
        listed = [str(item) for item in plan.rejected[:_LISTED]]
        if len(plan.rejected) > _LISTED:
            listed.append(f"En nog {len(plan.rejected) - _LISTED}.")
        self.state.show_text("\n".join([outcome(plan), *listed]), "ok" if ready else "warning")
        self.state.show()
        self.verb.setEnabled(ready)
        self._wonder()

    def _wonder(self) -> None:
        """Ask which rows have a unit or an appointment that was not there on their day."""
        name, plan = self.client.currentText().strip(), self._plan
        if plan is None:
            return

        def told(found: tuple[Doubt, ...]) -> None:
            if (name, plan) != (self.client.currentText().strip(), self._plan):
                return
            listed = [str(doubt) for doubt in found[:_LISTED_DOUBTS]]
            if len(found) > _LISTED_DOUBTS:
                listed.append(f"En nog {len(found) - _LISTED_DOUBTS}.")
            self.doubts.show_text("\n".join([*listed, TAKEN_ANYHOW]), "warning", start="Klopt dit?")
            self.doubts.setVisible(bool(found))

        self._context.worker.run(lambda vault: importing.doubts(vault, client_name=name, plan=plan), told, self.failed)

    def _import(self) -> None:
        name = self.client.currentText().strip()
        if self._plan is None or not name:
            self.say_wrong("Kies eerst een organisatie. Er is nog niets veranderd.")
            return
        plan, again = self._plan, self.again.isChecked()
        self.progress.start("De registraties worden overgenomen…")
        self._context.worker.run(
            self.sending(lambda vault: importing.import_sheet(vault, client_name=name, plan=plan, again=again)),
            self._done,
            self._not_imported,
            progress=Progress(self),
            stopped=STOPPED,
        )

    def _not_imported(self, error: VpdeskError) -> None:
        self.progress.finish()
        self.again.setVisible(isinstance(error, AlreadyImportedError))
        self.failed(error)

    def _done(self, result: ImportResult) -> None:
        self.progress.finish()
        self._context.changes.tell(Topic.CLIENTS, Topic.CASES, Topic.CONVERSATIONS, Topic.REPORTS)
        self._context.message(f"{wording.counted(result.imported, 'registratie', 'registraties')} overgenomen.")
        self.accept()
