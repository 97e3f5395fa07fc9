"""A report that went out, as a text to edit or as tables: which of them, where to, and what is said then."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QMenu, QWidget

from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.publications import Publication
from vpdesk.operations import report_files
from vpdesk.operations.report_files import FOR_YOURSELF, NAMES, NOT_CHECKED, Format
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.file_dialogs import PDF, ask_new_file

_ASKED: Final = {
    Format.SPREEKBLAD: PDF,
    Format.DOCX: "Word (*.docx)",
    Format.ODT: "OpenDocument-tekst (*.odt)",
    Format.CSV: "CSV (*.csv)",
    Format.ODS: "OpenDocument-rekenblad (*.ods)",
}


def files_menu(
    context: Context, parent: QWidget, publication: Publication, failed: Callable[[VpdeskError], None]
) -> QMenu:
    """Return the menu of what a report can be written as besides PDF."""
    menu = QMenu(parent)
    for kind, name in NAMES.items():
        menu.addAction(f"{name}…", partial(_ask, context, parent, publication, kind, failed))
    return menu


def _ask(
    context: Context, parent: QWidget, publication: Publication, kind: Format, failed: Callable[[VpdeskError], None]
) -> None:
    out = ask_new_file(parent, "Bewaren", report_files.file_name(publication, kind), _ASKED[kind])
    if out is None:
        return
    if out.suffix.lower() != f".{kind.value}":
        out = out.with_name(f"{out.name}.{kind.value}")
    number = publication.id

    def written(path: Path) -> None:
        rest = FOR_YOURSELF if kind is Format.SPREEKBLAD else NOT_CHECKED
        context.message(f"{path.name} is bewaard. {rest}")

    context.worker.run(lambda vault: report_files.save_as(vault, number, out=out, kind=kind), written, failed)
