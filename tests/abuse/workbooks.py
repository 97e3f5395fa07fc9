"""Workbooks and sheets that ask for far more than they hold, or hold far less than they say."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DATUM = '<c r="A1" t="inlineStr"><is><t>datum</t></is></c>'
DAY = '<row r="2"><c r="A2" t="inlineStr"><is><t>01-02-2021</t></is></c></row>'
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
CELL = '<table:table-cell {} office:value-type="string"><text:p>datum</text:p></table:table-cell>'


def plain() -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    book.active.append(["datum", "rol", "gesprekken"])
    book.active.append(["01-02-2021", "melder", 3])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def zipped(members: dict[str, bytes], *, twice: str = "") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        if twice:
            archive.writestr(twice + " ", members[twice])
    return written.getvalue()


def members() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(plain())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xlsx(rows: str, *, dimension: str = "A1", **others: bytes) -> bytes:
    sheet = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
    named = {"xl/" + name.replace("_", "."): content for name, content in others.items()}
    return zipped({**members(), "xl/worksheets/sheet1.xml": sheet.encode(), **named})


def ods(rows: str) -> bytes:
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{OFFICE}:office:1.0" '
        f'xmlns:table="{OFFICE}:table:1.0" xmlns:text="{OFFICE}:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b'<?xml version="1.0"?><m:manifest xmlns:m="m"/>',
            "content.xml": content.encode(),
        }
    )


def utf8(text: str) -> bytes:
    return text.encode()


def lying_zip() -> bytes:
    """A workbook whose directory says that a member is four thousand million bytes."""
    data = bytearray(plain())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 0xFFFFFFF0)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def compound() -> bytes:
    """The start of an XLS with a sector table that goes round and says that it is enormous."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", head, 44, 0x7FFFFFFF, 0, 0, 4096, 0, 0x7FFFFFFF, 0, 0x7FFFFFFF, 0)
    return bytes(head) + struct.pack("<128I", *[1, 0] * 64) * 8


def hostile() -> dict[str, Callable[[], bytes]]:
    """Return by what is wrong with it how to make each file: small on disk, or as large as vpdesk reads at most."""
    megabytes = 16 * 1024 * 1024
    head = "datum;rol;notitie\n"
    return {
        "a cell far away": lambda: xlsx(
            f'<row r="1">{DATUM}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
        "a cell far below": lambda: xlsx(
            f'<row r="1">{DATUM}</row><row r="1048576"><c r="P1048576"><v>1</v></c></row>'
        ),
        "a place that does not exist": lambda: xlsx(
            f'<row r="1">{DATUM}</row><row r="4294967297"><c r="ZZZZZZ4294967297"/></row>'
        ),
        "a dimension that is not so": lambda: xlsx(f'<row r="1">{DATUM}</row>{DAY}', dimension="A1:XFD1048576"),
        "one huge cell": lambda: xlsx(f'<row r="1">{DATUM.replace("datum", "x" * 300_000_000)}</row>'),
        "deep XML": lambda: xlsx("<row>" * 500_000),
        "a name that unfolds": lambda: zipped(
            {
                **members(),
                "xl/worksheets/sheet1.xml": (
                    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
                    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
                    + f']><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'
                    "</sheetData></worksheet>"
                ).encode(),
            }
        ),
        "huge shared strings": lambda: xlsx(
            f'<row r="1">{DATUM}</row>',
            sharedStrings_xml=f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295">'.encode()
            + b"<si><t>abcdefgh</t></si>" * 8_000_000
            + b"</sst>",
        ),
        "a million rows": lambda: xlsx(
            "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 200_000))
        ),
        "a row repeated a thousand million times": lambda: ods(
            f'<table:table-row table:number-rows-repeated="1000000000">{CELL.format("")}</table:table-row>'
        ),
        "a cell repeated a thousand million times": lambda: ods(
            f'<table:table-row>{CELL.format(f"""table:number-columns-repeated="{10**9}" """)}</table:table-row>'
        ),
        "a million empty rows": lambda: ods(
            f"<table:table-row>{CELL.format('')}</table:table-row>"
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
            f"<table:table-row>{CELL.format('')}</table:table-row>"
        ),
        "a directory that lies": lying_zip,
        "a workbook without its sheets": lambda: zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<b/>"}),
        "a zip of something else": lambda: zipped({"../../etc/passwd": b"x", "/abs": b"y", "a" * 60_000: b"z"}),
        "half a workbook": lambda: plain()[: len(plain()) // 2],
        "a sector table that goes round": compound,
        "CSV: one line of delimiters": lambda: utf8(head + ";" * (megabytes - 100)),
        "CSV: one header of delimiters": lambda: b"datum" + b";" * (megabytes - 100),
        "CSV: a header of names": lambda: utf8(";".join(f"kolom{n}" for n in range(1_500_000)))[: megabytes - 100],
        "CSV: empty lines": lambda: head.encode() + b"\n" * (megabytes - 100),
        "CSV: empty rows": lambda: head.encode() + b";;\n" * (5 * 1024 * 1024),
        "CSV: short rows": lambda: head.encode() + b"a;bc;de\n" * (2 * 1024 * 1024 - 100),
        "CSV: many values": lambda: head.encode() + b"".join(b"01-02-2021;w%d;x\n" % n for n in range(90_000)),
        "CSV: one huge cell": lambda: utf8(head + '01-02-2021;"' + "a" * (megabytes - 100)),
        "CSV: wide letters": lambda: utf8(head + "01-02-2021;melder;" + "🜁" * 4_000_000),
        "CSV: wide letters in rows": lambda: (head + "01-02-2021;melder;🜁🜁🜁🜁🜁🜁🜁\n" * 330_000).encode()[
            : megabytes - 10
        ],
        "CSV: zeros": lambda: b"\0" * (megabytes - 1),
        "CSV: two bytes a letter": lambda: ("datum;rol\n" + "x;y\n" * 2_000_000)[: megabytes // 2 - 9].encode("utf-16"),
        "CSV: quotes": lambda: head.encode() + b'"' * (megabytes - 100),
        "CSV: beyond what is read": lambda: b"a;b\n" * (megabytes // 4 + 1),
    }
