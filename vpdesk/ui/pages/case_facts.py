"""The form for the facts of a case, with the help texts of the code lists."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from vpdesk.domain import taxonomy, wording
from vpdesk.domain.cases import Case
from vpdesk.domain.clients import Unit
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import UnitId
from vpdesk.operations import cases
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.buttons import Button, popup_under
from vpdesk.ui.widgets.fields import ComboBox, Field
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

CONFLICT: Final = "arbeidsconflict"
CONFLICT_QUESTION: Final = "Is er ook ongewenst gedrag? Kies dan dat als hoofdthema."
_OUTSIDE: Final = frozenset({"buiten werkterrein", taxonomy.UNKNOWN.code})


def asks_about_conflict(theme: str, field: str) -> bool:
    """Return whether the one question about arbeidsconflict is due: a conflict inside the field of work."""
    return theme == CONFLICT and field not in _OUTSIDE


class Coded(QWidget):
    """A choice out of a code list with the help text of what is chosen below it."""

    def __init__(self, label: str, codes: taxonomy.CodeList, value: str, note: str = "") -> None:
        super().__init__()
        self.box = ComboBox.of_codes(codes, value)
        self._help = {term.code: term.help for term in codes.terms}
        self._note = note
        self._words = Label("", "small", "muted", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Field(label, self.box))
        column.addWidget(self._words)
        self.box.currentIndexChanged.connect(lambda _: self._explain())
        self._explain()

    @property
    def code(self) -> str:
        """The code chosen."""
        return str(self.box.currentData())

    def _explain(self) -> None:
        words = self._help[self.code] or self._note
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.box.setAccessibleDescription(words)


class FurtherThemes(Button):
    """Any number of themes beside the main one, ticked in a menu."""

    def __init__(self, chosen: tuple[str, ...]) -> None:
        super().__init__(name="Verdere thema’s", icon="plus")
        self.chosen = chosen
        self.clicked.connect(self._open_menu)
        self._say()

    def _say(self) -> None:
        labels = [taxonomy.THEMA.label(code) for code in self.chosen]
        self.setText(wording.joined(labels) if labels else "Geen. Kies…")
        self.setAccessibleDescription(self.text())
        self.updateGeometry()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for term in taxonomy.THEMA.terms:
            if term.code != taxonomy.UNKNOWN.code:
                action = menu.addAction(term.shown)
                action.setCheckable(True)
                action.setChecked(term.code in self.chosen)
                action.setToolTip(term.help)
                action.toggled.connect(self._ticking(term.code))
        menu.popup(popup_under(self))

    def _ticking(self, code: str) -> "Callable[[bool], None]":
        def tick(on: bool) -> None:
            others = {*self.chosen, code} if on else set(self.chosen) - {code}
            self.chosen = tuple(other for other in taxonomy.THEMA.codes if other in others)
            self._say()

        return tick


class FactsDialog(FormDialog):
    """All facts of a case, each of which may stay unknown."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, case: Case, units: tuple[Unit, ...]) -> None:
        super().__init__(
            parent, "Gegevens van de casus", "Bewaren", text="Alles mag onbekend blijven. Namen horen hier niet."
        )
        self._context = context
        self._case = case
        self.about = case.id
        self._asked = False
        self.setMinimumWidth(560)
        self.role = Coded("Rol", taxonomy.ROL, case.rol)
        self.field = Coded("Werkgebied", taxonomy.WERKGEBIED, case.werkgebied)
        self.theme = Coded("Hoofdthema", taxonomy.THEMA, case.thema)
        self.further = FurtherThemes(case.further_themes)
        self.relation = Coded("Relatie tot de ander", taxonomy.RELATIE, case.relatie)
        self.unit = ComboBox("Organisatieonderdeel")
        self.unit.addItem("Onbekend", None)
        offered = [unit for unit in units if unit.stands_on(case.opened) or unit.id == case.unit]
        for unit in offered:
            self.unit.addItem(unit.name, unit.id)
        self.unit.choose(case.unit)
        self.found_by = Coded("Gevonden via", taxonomy.GEVONDEN_VIA, case.gevonden_via)
        self.tie = Coded(
            "Verbonden als",
            taxonomy.VERBONDEN,
            case.verbonden,
            note="De Wbk beschermt meer mensen dan werknemers alleen.",
        )
        self.suspicion = Coded(
            "Vermoeden van misstand (Wbk)",
            taxonomy.MISSTAND,
            case.misstand,
            note="U legt vast wat de melder vermoedt; u beoordeelt het niet.",
        )
        self.question = Message(CONFLICT_QUESTION, "warning")
        self.question.hide()
        self._lay_out(bool(offered))
        self.theme.box.currentIndexChanged.connect(lambda _: self._follow_theme())
        self.field.box.currentIndexChanged.connect(lambda _: self._take_back_question())
        self.verb.clicked.connect(self._keep)
        self.role.box.setFocus()

    def _lay_out(self, has_units: bool) -> None:
        column = self.scrolling(420)
        column.addWidget(self.role)
        column.addWidget(self.theme)
        column.addWidget(Field("Verdere thema’s", self.further))
        column.addWidget(self.field)
        column.addWidget(self.question)
        column.addWidget(self.relation)
        unit = Field("Organisatieonderdeel", self.unit, hint="Met dit gegeven erbij zijn mensen eerder te herkennen.")
        unit.setVisible(has_units)
        column.addWidget(unit)
        column.addWidget(self.found_by)
        column.addWidget(self.tie)
        column.addWidget(self.suspicion)
        column.addStretch(1)

    def _follow_theme(self) -> None:
        fields = [code for code in taxonomy.fields_of_theme(self.theme.code) if code not in {"onbekend", "beide"}]
        if len(fields) == 1 and self.field.code == taxonomy.UNKNOWN.code:
            self.field.box.choose(fields[0])
        self._take_back_question()

    def _take_back_question(self) -> None:
        self._asked = False
        self.question.hide()
        self.verb.setText("Bewaren")
        self.verb.updateGeometry()

    def _keep(self) -> None:
        if asks_about_conflict(self.theme.code, self.field.code) and not self._asked:
            self._asked = True
            self.question.show()
            self.verb.setText("Toch arbeidsconflict bewaren")
            self.verb.updateGeometry()
            self.theme.box.setFocus()
            return
        try:
            changed = self._changed()
        except InvalidValueError as error:  # such as a theme of another field; what was chosen stays
            self.failed(error)
            return
        self.verb.setEnabled(False)
        change = self.sending(lambda vault: cases.change_case(vault, changed))
        self._context.worker.run(change, self._kept, self.failed)

    def _changed(self) -> Case:
        further = tuple(code for code in self.further.chosen if code != self.theme.code)
        unit = self.unit.currentData()
        return replace(
            self._case,
            rol=self.role.code,
            werkgebied=self.field.code,
            thema=self.theme.code,
            further_themes=further,
            relatie=self.relation.code,
            unit=None if unit is None else UnitId(unit),
            gevonden_via=self.found_by.code,
            verbonden=self.tie.code,
            misstand=self.suspicion.code,
        )

    def _kept(self, _case: Case) -> None:
        self._context.changes.tell(Topic.CASES)
        self.accept()
        before = self._case
        self._context.message(
            "De gegevens zijn bewaard.",
            undo=undoing(self._context, lambda vault: cases.change_case(vault, before), Topic.CASES),
        )
