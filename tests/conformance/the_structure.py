"""Structure: every piece of content has its place in a tree that a screen reader can follow (A-2 6.7, UA-1 clause 7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from tests.conformance.the_file import content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conformance.the_file import Opened

_STANDARD: Final = frozenset(
    [
        "Document",
        "Part",
        "Sect",
        "Div",
        "Caption",
        "TOC",
        "TOCI",
        "Reference",
        "Note",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "P",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "Link",
        "Span",
        "Figure",
    ]
)
_INSIDE: Final = {
    "TOC": {"TOCI", "Caption", "TOC"},
    "L": {"LI", "Caption", "L"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "Caption"},
    "TR": {"TH", "TD"},
}
"""What may stand in an element; the rest may hold anything that is not listed here as a part of another."""

_PARTS: Final = {"TOCI": "TOC", "LI": "L", "Lbl": "LI", "LBody": "LI", "TR": "Table", "TH": "TR", "TD": "TR"}
_PAINTING: Final = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh", "EI"}


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the tree."""

    node: Any
    kind: str
    kids: tuple[Element, ...]
    marks: tuple[tuple[Any, int], ...]  # page and number of marked content
    annotations: tuple[Any, ...]

    def all(self) -> Iterator[Element]:
        """Give this and every element below, in the order of reading."""
        yield self
        for kid in self.kids:
            yield from kid.all()


def _element(node: Any) -> Element:
    given = node.get("/K", [])
    kids, marks, annotations = [], [], []
    for kid in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(kid, int):
            marks.append((node.Pg.objgen, int(kid)))
        elif kid.get("/Type") == "/MCR":
            marks.append((kid.Pg.objgen, int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            annotations.append(kid.Obj.objgen)
        else:
            kids.append(_element(kid))
    return Element(node, str(node.S).lstrip("/"), tuple(kids), tuple(marks), tuple(annotations))


def tree(opened: Opened) -> list[Element]:
    """Return every element in the order of reading; empty without a tree."""
    root = opened.pdf.Root.get("/StructTreeRoot")
    if root is None:
        return []
    tops = root.K if isinstance(root.K, pikepdf.Array) else [root.K]
    return [element for top in tops for element in _element(top).all()]


def marked(opened: Opened) -> list[str]:
    """A-2 6.7.2, UA 7.1: the file says that it is tagged, and nothing in it is in doubt."""
    mark = opened.pdf.Root.get("/MarkInfo", {})
    wrong = [] if bool(mark.get("/Marked", False)) else ["not marked"]
    if bool(mark.get("/Suspects", False)):
        wrong.append("suspects")
    return wrong


def kinds(opened: Opened) -> list[str]:
    """A-2 6.7.3: one document at the top, only kinds that every reader knows, each where it may stand."""
    elements = tree(opened)
    if not elements or elements[0].kind != "Document" or sum(one.kind == "Document" for one in elements) != 1:
        return ["not one document at the top"]
    wrong = [f"{one.kind} is no standard kind" for one in elements if one.kind not in _STANDARD]
    for one in elements:
        for kid in one.kids:
            allowed = _INSIDE.get(one.kind)
            if (allowed is not None and kid.kind not in allowed) or _PARTS.get(kid.kind, one.kind) != one.kind:
                wrong.append(f"{kid.kind} in {one.kind}")
    return wrong


def everything_is_tagged(opened: Opened) -> list[str]:
    """UA 7.1: what is drawn is tagged content or an artifact, never both, and never neither."""
    wrong = []
    for n, page in enumerate(opened.pdf.pages):
        inside: list[str] = []
        for name, operands in content(page):
            if name in {"BDC", "BMC"}:
                kind = str(operands[0])
                if kind != "/Span" and inside:
                    wrong.append(f"{kind} in {inside[-1]} on page {n}")
                inside.append(kind)
            elif name == "EMC":
                inside.pop()
            elif name in _PAINTING and not inside:
                wrong.append(f"{name} outside everything on page {n}")
    return wrong


def parents(opened: Opened) -> list[str]:
    """14.7.4.4 of ISO 32000-1: each piece of tagged content leads to the one element that holds it, and back."""
    elements = tree(opened)
    numbers = list(opened.pdf.Root.StructTreeRoot.ParentTree.Nums)
    above = {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}
    holders: dict[tuple[Any, int], list[Any]] = {}
    for element in elements:
        for mark in element.marks:
            holders.setdefault(mark, []).append(element.node.objgen)
    wrong = []
    for n, page in enumerate(opened.pdf.pages):
        row = above.get(int(page.get("/StructParents", -1)), [])
        shown = [int(operands[1].MCID) for name, operands in content(page) if _is_mark(name, operands)]
        if len(set(shown)) != len(shown):
            wrong.append(f"a number twice on page {n}")
        for number in shown:
            held = holders.pop((page.obj.objgen, number), [])
            if number >= len(row) or held != [row[number].objgen]:
                wrong.append(f"content {number} of page {n} has not one place")
    return wrong + ["an element holds what no page shows"] * len(holders)


def _is_mark(name: str, operands: list[Any]) -> bool:
    return name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]


def titled(opened: Opened) -> list[str]:
    """UA 7.1: a reader shows the title of the document, not the name of the file."""
    wanted = opened.pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)
    wrong = [] if bool(wanted) else ["the name of the file is shown"]
    if not str(opened.pdf.docinfo.get("/Title", "")).strip():
        wrong.append("no title")
    return wrong


def language(opened: Opened) -> list[str]:
    """UA 7.2, A-2 6.7.4: the language of the whole."""
    return [] if str(opened.pdf.Root.get("/Lang", "")) == "nl-NL" else ["no language"]


def figures(opened: Opened) -> list[str]:
    """UA 7.3, A-2 6.7.5: a figure says what it shows, and where it stands on its page."""
    found = [one for one in tree(opened) if one.kind == "Figure"]
    wrong = [f"figure {n} says nothing" for n, one in enumerate(found) if not str(one.node.get("/Alt", "")).strip()]
    pages = {page.obj.objgen: [float(edge) for edge in page.MediaBox] for page in opened.pdf.pages}
    for n, one in enumerate(found):
        box = [float(edge) for edge in one.node.get("/A", {}).get("/BBox", [])]
        page = pages[one.marks[0][0]]
        if len(box) != 4 or not (page[0] <= box[0] < box[2] <= page[2] and page[1] <= box[1] < box[3] <= page[3]):
            wrong.append(f"figure {n} is nowhere")
    return wrong


def headings(opened: Opened) -> list[str]:
    """UA 7.4.2: the first heading is of level 1, and none goes more than one level deeper than the one before it."""
    wrong, before = [], 0
    for one in tree(opened):
        if len(one.kind) == 2 and one.kind[0] == "H":
            level = int(one.kind[1])
            if level > before + 1:
                wrong.append(f"{one.kind} after H{before}")
            before = level
    return wrong


def tables(opened: Opened) -> list[str]:
    """UA 7.5: rows of equal length, each cell with a heading above it or at its left."""
    wrong = []
    for n, table in enumerate(one for one in tree(opened) if one.kind == "Table"):
        rows = [kid for kid in table.kids if kid.kind == "TR"]
        if len({len(row.kids) for row in rows}) != 1:
            wrong.append(f"table {n} has rows of several lengths")
        for row in rows:
            heads = [cell for cell in row.kids if cell.kind == "TH"]
            if not heads:
                wrong.append(f"table {n} has a row without a heading")
            if any(cell.node.get("/A", {}).get("/Scope") not in {"/Row", "/Column"} for cell in heads):
                wrong.append(f"table {n} has a heading of nothing")
    return wrong


def lists(opened: Opened) -> list[str]:
    """UA 7.6: each point has its sign and its words, and the list says which sign."""
    wrong = []
    for one in tree(opened):
        if one.kind == "L" and one.node.get("/A", {}).get("/ListNumbering") != "/Disc":
            wrong.append("a list that does not name its sign")
        if one.kind == "LI" and [kid.kind for kid in one.kids] != ["Lbl", "LBody"]:
            wrong.append("a point without its sign and words")
    return wrong


def notes(opened: Opened) -> list[str]:
    """UA 7.9: a note has an identity of its own."""
    found = [str(one.node.get("/ID", "")) for one in tree(opened) if one.kind == "Note"]
    return [] if all(found) and len(set(found)) == len(found) else ["a note without an identity of its own"]


def links(opened: Opened) -> list[str]:
    """UA 7.18: a link stands in the tree, says where it leads, and the tab key follows the order of reading."""
    held = {annotation: one.kind for one in tree(opened) for annotation in one.annotations}
    wrong = []
    for n, page in enumerate(opened.pdf.pages):
        for one in page.get("/Annots", []):
            if held.get(one.objgen) != "Link" or "/StructParent" not in one:
                wrong.append(f"a link on page {n} that is not in the tree")
            if not str(one.get("/Contents", "")).strip():
                wrong.append(f"a link on page {n} that says nothing")
        if page.get("/Tabs") != "/S":
            wrong.append(f"page {n} is not in the order of reading")
    return wrong


CHECKS: Final = (
    marked,
    kinds,
    everything_is_tagged,
    parents,
    titled,
    language,
    figures,
    headings,
    tables,
    lists,
    notes,
    links,
)
