"""Which chapters the reports of an organisation have, in their fixed order, and whether its staff reads them too."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from vpdesk.domain.ids import ClientId
from vpdesk.domain.report_chapters import TITLES, Skippable, Skipped
from vpdesk.domain.wording import counted
from vpdesk.operations.report_readers import choose_staff, is_for_staff
from vpdesk.operations.report_skipping import skip, skipped
from vpdesk.ui.widgets.fields import CheckBox
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.context import Context

_ABOUT = (
    "Dit geldt voor alle verslagen en uitgaven van deze organisatie. Kies wat uw lezers willen weten, en laat het niet "
    "afhangen van de aantallen: wie ziet dat een hoofdstuk er dit jaar niet is, vraagt zich af waarom."
)
_ALWAYS = (
    "Altijd in het verslag: over dit verslag, het jaar in het kort, en hoe de cijfers beschermd zijn. Wat een "
    "weggelaten hoofdstuk telt, staat ook nergens anders. Teksten die u daar schreef, blijven bewaard."
)
_STAFF = "De uitgave voor de werkgever is ook voor het personeel"
_NO_COUNCIL = (
    "Voor een kleine organisatie zonder ondernemingsraad: het staat dan op het voorblad en onderaan elke bladzijde. De "
    "cijfers zijn dezelfde. Komt het verslag op een website, kies dan Openbaar."
)


def left_out_in_words(chapters: Skipped) -> str:
    """Return how many chapters are left out, empty for none."""
    return f"{counted(len(chapters), 'hoofdstuk', 'hoofdstukken')} weggelaten" if chapters else ""


def ask_chapters(context: "Context", parent: QWidget, client: ClientId, then: Callable[[], None]) -> None:
    """Ask which chapters there shall be; `then` follows once the choice is kept."""

    def asked(vault: "Vault") -> tuple[Skipped, bool]:
        return skipped(vault, client), is_for_staff(vault, client)

    context.worker.run(asked, lambda found: ChaptersDialog(context, parent, client, found, then).open(), context.failed)


class ChaptersDialog(FormDialog):
    """A box for each chapter that may be left out, and one for who reads the edition for the employer."""

    def __init__(
        self,
        context: "Context",
        parent: QWidget,
        client: ClientId,
        chosen: tuple[Skipped, bool],
        then: Callable[[], None],
    ) -> None:
        super().__init__(parent, "Hoofdstukken", "Bewaren", text=_ABOUT)
        self._context, self._client, self._then = context, client, then
        left_out, staff = chosen
        self.boxes = {chapter: CheckBox(TITLES[chapter]) for chapter in Skippable}
        for chapter, box in self.boxes.items():
            box.setChecked(chapter not in left_out)
            self.body.addWidget(box)
        self.body.addWidget(Label(_ALWAYS, "small", "muted", wraps=True))
        self.staff = CheckBox(_STAFF)
        self.staff.setChecked(staff)
        self.body.addSpacing(8)
        self.body.addWidget(self.staff)
        self.body.addWidget(Label(_NO_COUNCIL, "small", "muted", wraps=True))
        self.boxes[next(iter(Skippable))].setFocus()
        self.verb.clicked.connect(self._keep)

    def _keep(self) -> None:
        chosen = frozenset(chapter for chapter, box in self.boxes.items() if not box.isChecked())
        staff = self.staff.isChecked()

        def keep(vault: "Vault") -> Skipped:
            choose_staff(vault, self._client, staff=staff)
            return skip(vault, self._client, chosen)

        self._context.worker.run(self.sending(keep), self._kept, self.failed)

    def _kept(self, _chosen: Skipped) -> None:
        self.accept()
        self._then()
