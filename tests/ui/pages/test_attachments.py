"""Attachments in the window: kept with a reason, seen from memory only, exported after a warning, named at closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.ui.naming import nameless
from vpdesk.domain.retention import HoldKind
from vpdesk.domain.rows import CaseFilter, TodayItem, TodayKind
from vpdesk.operations import attachments, cases, retention
from vpdesk.operations.cases import close_case
from vpdesk.ui.context import PageName
from vpdesk.ui.pages import attachment_dialogs, today_ways
from vpdesk.ui.pages.attachment_card import GoingAtClosing
from vpdesk.ui.pages.attachment_dialogs import DestroyAttachment, DestroyLeftOver, ExportDialog, StoreDialog
from vpdesk.ui.pages.attachment_view import NOT_SHOWN, AttachmentView
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.case_dialogs import CloseDialog
from vpdesk.ui.pages.person_dialogs import DESTROY_WORD
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.pages.today_keys import NOT_NEEDED
from vpdesk.ui.widgets.messages import Message, Toast
from vpdesk.ui.widgets.preview import PageView
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.attachments import Attachment
    from vpdesk.operations.vaults import Vault


def the_case(opened: Opened) -> CasePage:
    (row,) = opened.ask(lambda vault: cases.list_cases(vault, CaseFilter(text="Paraplu"), 1))
    page = opened.go(PageName.CASUS, case=row.id)
    assert isinstance(page, CasePage)
    return page


def keep(opened: Opened, page: CasePage, path: Path, monkeypatch: pytest.MonkeyPatch) -> Attachment:
    monkeypatch.setattr(attachment_dialogs, "ask_file", lambda *_: path)
    page.attachments.add.click()
    form = opened.child(StoreDialog)
    form.verb.click()
    assert form.wrong == "Kies eerst een bestand."
    form.choose.click()
    form.verb.click()
    opened.until(lambda: "vraagt een reden" in form.wrong)
    form.reason.setText("Staat alleen op de werklaptop")
    form.verb.click()
    opened.until(lambda: opened.gone(StoreDialog))
    number = page.case_id
    assert number is not None
    return opened.ask(lambda vault: attachments.attachments(vault, number))[-1]


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def press(widget: QWidget, text: str) -> None:
    next(button for button in widget.findChildren(QPushButton) if button.text() == text).click()


def test_a_file_is_kept_with_a_reason_exported_after_a_warning_and_destroyed(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = the_case(opened)
    opened.until(lambda: "De persoon bewaart het bewijs zelf." in words(page.attachments))
    path = tmp_path / "brief.txt"
    path.write_text("Geachte", "utf-8")
    keep(opened, page, path, monkeypatch)
    opened.until(lambda: "brief.txt" in words(page.attachments))
    assert "Staat alleen op de werklaptop" in words(page.attachments)
    to = tmp_path / "uit" / "kopie.txt"
    to.parent.mkdir()
    monkeypatch.setattr(attachment_dialogs, "ask_new_file", lambda *_: to)
    press(page.attachments, "Exporteren…")
    warned = opened.child(ExportDialog)
    assert f"Het bestand komt leesbaar in {to.parent}" in words(warned)
    assert warned.focusWidget() is warned.back, "nothing goes out by pressing Enter"
    warned.reject()
    assert not to.exists()
    press(page.attachments, "Exporteren…")
    opened.child(ExportDialog).verb.click()
    opened.until(lambda: opened.gone(ExportDialog))
    assert to.read_text("utf-8") == "Geachte"
    press(page.attachments, "Vernietigen…")
    opened.settle()
    final = opened.child(DestroyAttachment)
    assert not final.verb.isEnabled()
    final.renew.click()
    final.code.setText("vernietigen")
    final.verb.click()
    opened.until(lambda: opened.gone(DestroyAttachment))
    opened.until(lambda: "brief.txt" not in words(page.attachments))


def picture() -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    image.save(buffer, "PNG")
    return bytes(data.data())


def a_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - this test alone

    canvas = Canvas("", pageCompression=0)
    for page in (1, 2):
        canvas.drawString(100, 700, f"Bladzijde {page}")
        canvas.showPage()
    return bytes(canvas.getpdfdata())


def test_text_image_and_pdf_are_shown_from_memory_and_anything_else_is_not(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = the_case(opened)
    kinds = {"a": "Café".encode(), "b": picture(), "c": a_pdf(), "d": b"PK\x03\x04\x00", "e": b"%PDF-1.4 leeg"}
    for name, content in kinds.items():
        path = tmp_path / f"{name}.bin"
        path.write_bytes(content)
        view = AttachmentView(opened.desk.context, page, keep(opened, page, path, monkeypatch))
        view.open()
        opened.until(lambda view=view: view.shown is not None)  # type: ignore[misc] # bound now
        assert view.windowTitle() == "vpdesk", "a file name is content"
        if name == "a":
            assert isinstance(view.shown, PlainText)
            assert (view.shown.toPlainText(), view.shown.isReadOnly()) == ("Café", True)
        elif name == "b":
            opened.until(lambda view=view: any(not label.pixmap().isNull() for label in view.findChildren(QLabel)))  # type: ignore[misc] # bound now
        elif name == "c":
            assert isinstance(view.shown, PageView)
            press(view, "Volgende")
            opened.until(lambda view=view: "Bladzijde 2 van 2" in words(view))  # type: ignore[misc] # bound now
        else:
            assert isinstance(view.shown, Message)
            assert view.shown.accessibleName() == NOT_SHOWN
        view.reject()
    assert sorted(path.name for path in tmp_path.rglob("*.bin")) == [f"{name}.bin" for name in kinds]


def test_a_closed_case_takes_no_files_and_closing_names_what_goes(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = the_case(opened)
    command = opened.desk.commands.case_file
    command.trigger()
    opened.child(StoreDialog).reject()
    path = tmp_path / "brief.txt"
    path.write_text("Geachte", "utf-8")
    keep(opened, page, path, monkeypatch)
    page.close_case()
    form = opened.child(CloseDialog)
    (going,) = form.findChildren(GoingAtClosing)
    opened.until(going.isVisible)
    assert "Voorgoed weg gaat dit bestand" in going.accessibleName()
    assert "brief.txt" in going.accessibleName()
    form.verb.click()
    opened.until(lambda: opened.gone(CloseDialog))
    opened.until(lambda: not page.attachments.add.isVisible())
    assert "brief.txt" not in words(page.attachments)
    opened.settle()
    assert not command.isEnabled()
    toast = opened.desk.findChild(Toast)
    assert "bijlage is voorgoed vernietigd." in toast.text
    toast._undo.click()
    opened.until(page.attachments.add.isVisible)
    assert "brief.txt" not in words(page.attachments), "the case is open again, without the file"


def test_attachments_that_nothing_keeps_stand_on_vandaag_and_go_with_the_typed_word(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = the_case(opened)
    path = tmp_path / "brief.txt"
    path.write_text("Geachte", "utf-8")
    keep(opened, page, path, monkeypatch)
    number, today = page.case_id, opened.desk.context.clock().date()
    assert number is not None

    def closed_under_a_hold(vault: Vault) -> None:
        hold = retention.place_hold(vault, case_id=number, kind=HoldKind.CLAIM, since=today, reason="Claim")
        close_case(vault, case_id=number, outcome="onbekend", reason="onbekend", on=today)
        retention.take_back_hold(vault, hold)

    opened.ask(closed_under_a_hold)
    vandaag = opened.go(PageName.VANDAAG)
    assert isinstance(vandaag, TodayPage)

    def lines() -> list[TodayItem]:
        return [row.key for shown in vandaag.lists for row in shown.rows.rows if row.key.kind is TodayKind.BIJLAGEN]

    (item,) = lines()
    assert (item.title, item.case) == ("Bijlagen vernietigen", number)
    assert [act.text() for act in today_ways.menu_of(vandaag.context, vandaag, item).actions()] == [
        "Vernietigen…", "Casus openen",
    ]  # fmt: skip
    today_ways.by_key(vandaag.context, vandaag, item, NOT_NEEDED)
    opened.settle()
    opened.child(DestroyLeftOver).reject()
    vandaag._act(item)
    opened.settle()
    form = opened.child(DestroyLeftOver)
    assert "brief.txt" in words(form)
    assert nameless(form) == []
    form.renew.click()
    opened.qtbot.keyClicks(form.code, DESTROY_WORD)
    form.verb.click()
    opened.until(lambda: opened.gone(DestroyLeftOver))
    opened.until(lambda: not lines())
    vandaag._act(item)  # a key that was pressed on what was shown before
    opened.settle()
    assert opened.gone(DestroyLeftOver)
