"""Asks for a file or a folder in Dutch, with a dialog that tells nobody which one it was.

The dialogs of GTK, the desktop portal and Windows write what is chosen into the system's list of recent files, and Qt
can't ask them not to. So Qt's own dialog is used everywhere, and what that would remember is dropped.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QSettings, QStandardPaths, QTranslator, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget

PDF: Final = "PDF (*.pdf)"
LOGOS: Final = "Beeld (*.png *.jpg *.jpeg)"
SHEETS: Final = "Spreadsheets (*.csv *.xlsx *.ods)"

# What Qt's own Dutch lacks, or says in other words than a reader of file managers expects.
_WORDS: Final = {
    "&Look in:": "&Zoeken in:",
    "Files of &type:": "S&oort bestand:",
    "Folder": "Map",
    "File Folder": "Map",
    "File": "Bestand",
    "%1 File": "%1-bestand",
    "Drive": "Schijf",
    "Unknown": "Onbekend",
    "My Computer": "Computer",
    "Type": "Soort",
    "Kind": "Soort",
    "Date Modified": "Gewijzigd",
    "%1 KB": "%1 kB",
    '<b>The name "%1" cannot be used.</b>': "<b>De naam ‘%1’ kan niet.</b>",
    "<p>Try using another name, with fewer characters or no punctuation marks.": (
        "<p>Kies een andere naam, korter of zonder leestekens."
    ),
}
_OF_FILES: Final = frozenset({"QFileDialog", "QFileSystemModel", "QAbstractFileIconProvider"})


class _Dutch(QTranslator):
    """Says what Qt's own Dutch leaves in English; every other text is left to the translators before it."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        del disambiguation, n
        return _WORDS.get(text) if context in _OF_FILES else None


def starting_folder() -> Path:
    """Return the folder of documents, or home where there is none."""
    places = QStandardPaths.StandardLocation
    for place in (places.DocumentsLocation, places.HomeLocation):
        folder = QStandardPaths.writableLocation(place)
        if folder and Path(folder).is_dir():
            return Path(folder)
    return Path.home()


def file_dialog(parent: QWidget, title: str, accept: str, start: Path | None = None) -> QFileDialog:
    """Return a dialog with Dutch labels that begins in `start`, or among the documents; `accept` is its verb."""
    _speak_dutch()
    dialog = QFileDialog(parent, title, str(start or starting_folder()))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.destroyed.connect(forget_places)
    said = QFileDialog.DialogLabel
    for label, words in (
        (said.LookIn, "Zoeken in:"),
        (said.FileName, "Bestandsnaam:"),
        (said.FileType, "Soort bestand:"),
        (said.Accept, accept),
        (said.Reject, "Annuleren"),
    ):
        dialog.setLabelText(label, words)
    places = QStandardPaths.StandardLocation
    folders = [QStandardPaths.writableLocation(p) for p in (places.HomeLocation, places.DocumentsLocation)]
    there = [QUrl.fromLocalFile(folder) for folder in dict.fromkeys(folders) if folder and Path(folder).is_dir()]
    dialog.setSidebarUrls([QUrl("file:"), *there])
    return dialog


def forget_places() -> None:
    """Drop what Qt's dialog has just written of folders and names.

    Elsewhere than on Windows and macOS it wrote nothing: the program gives it no place for that.
    """
    QSettings(QSettings.Scope.UserScope, "QtProject").remove("FileDialog")


def _speak_dutch() -> None:
    app = QCoreApplication.instance()
    if app is None:
        return
    dutch = next((child for child in app.children() if isinstance(child, _Dutch)), None) or _Dutch(app)
    app.removeTranslator(dutch)
    app.installTranslator(dutch)  # the one that was installed last is asked first


def ask_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for a file that is there; None when the user thought better of it."""
    dialog = file_dialog(parent, title, "Openen")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([kinds])
    return _asked(dialog)


def ask_new_file(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Ask where a file is to be written; one that is there is only taken after a question."""
    dialog = file_dialog(parent, title, "Bewaren")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters([kinds])
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    dialog.selectFile(name)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Bewaren")
    return _asked(dialog)


def ask_folder(parent: QWidget, title: str, start: Path | None = None) -> Path | None:
    """Ask for a folder; None when the user thought better of it."""
    dialog = file_dialog(parent, title, "Kiezen", start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setLabelText(QFileDialog.DialogLabel.FileName, "Map:")
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Kiezen")
    return _asked(dialog)


def _asked(dialog: QFileDialog) -> Path | None:
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None
