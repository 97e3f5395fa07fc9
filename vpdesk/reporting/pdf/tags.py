"""The structure tree of the PDF: which text is a heading, a paragraph, a cell; and what a figure says."""

from dataclasses import dataclass, field
from typing import Any, Final

from reportlab.pdfbase import pdfdoc


@dataclass(eq=False, slots=True)
class Tag:
    """A structure element. It enters its parent when its first content is drawn, so the tree has the order of reading.

    `kids` are tags, or (page, number) of marked content on a page counted from 0; `area` is where a figure stands
    (left, bottom, right, top), in points from the bottom left.
    """

    kind: str
    parent: "Tag | None" = None
    scope: str = ""
    alt: str = ""
    area: tuple[float, float, float, float] | None = None
    kids: "list[Tag | tuple[int, int]]" = field(default_factory=list)
    links: list[tuple[Any, int]] = field(default_factory=list)
    entered: bool = False

    def enter(self) -> None:
        """Take the place among the kids of the parent, once."""
        if not self.entered:
            self.entered = True
            if self.parent is not None:
                self.parent.enter()
                self.parent.kids.append(self)


class _Entry(pdfdoc.PDFObject):  # type: ignore[misc] # ReportLab has no types
    """A dictionary of few keys whose values are bytes or objects, in the order of its keys.

    There are thousands of these in a file; ReportLab's own dictionary sorts and encodes each key and value anew.
    """

    def __init__(self, **entries: Any) -> None:
        self.entries = entries

    def format(self, document: Any) -> bytes:
        """Return the dictionary as it stands in the file."""
        parts = [
            b"/%s %s" % (key.encode(), value if isinstance(value, bytes) else value.format(document))
            for key, value in sorted(self.entries.items())
        ]
        return b"<<\n" + b" ".join(parts) + b"\n>>"


_NAMED: Final = "Note"
"""What PDF/UA-1 (7.9) asks an identity of, unique in the file."""


def _attributes(tag: Tag) -> dict[str, Any]:
    if tag.scope:
        return {"O": pdfdoc.PDFName("Table"), "Scope": pdfdoc.PDFName(tag.scope)}
    if tag.area is not None:
        area = pdfdoc.PDFArray([round(edge, 2) for edge in tag.area])
        return {"O": pdfdoc.PDFName("Layout"), "Placement": pdfdoc.PDFName("Block"), "BBox": area}
    if tag.kind == "L":
        return {"O": pdfdoc.PDFName("List"), "ListNumbering": pdfdoc.PDFName("Disc")}
    return {}


def write_tree(document: Any, root: Tag, pages: list[list[Tag]]) -> None:
    """Put the tree into the catalog of a ReportLab document; `pages` give the tag of each marked content in order."""
    page_objects = [document.idToObject[f"Page{n}"] for n in range(1, len(pages) + 1)]
    page_references = [pdfdoc.PDFObjectReference(f"Page{n}") for n in range(1, len(pages) + 1)]
    references: dict[int, Any] = {}
    tree = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
    tree_reference = document.Reference(tree)
    links: list[tuple[Any, Tag]] = []

    def write(tag: Tag, parent: Any) -> Any:
        entry = _Entry(Type=b"/StructElem", S=b"/%s" % tag.kind.encode(), P=parent)
        reference = references[id(tag)] = document.Reference(entry)
        if tag.alt:
            entry.entries["Alt"] = pdfdoc.PDFString(tag.alt)
        if tag.kind == _NAMED:
            entry.entries["ID"] = pdfdoc.PDFString(f"note-{len(references)}")
        attributes = _attributes(tag)
        if attributes:
            entry.entries["A"] = pdfdoc.PDFDictionary(attributes)
        kids: list[Any] = []
        for kid in tag.kids:
            if isinstance(kid, Tag):
                kids.append(write(kid, reference))
            else:
                kids.append(_Entry(Type=b"/MCR", Pg=page_references[kid[0]], MCID=b"%d" % kid[1]))
        for annotation, page in tag.links:
            links.append((annotation, tag))
            target = {"Type": pdfdoc.PDFName("OBJR"), "Obj": annotation, "Pg": page_references[page]}
            kids.append(pdfdoc.PDFDictionary(target))
        entry.entries["K"] = pdfdoc.PDFArray(kids)
        return reference

    tree["K"] = pdfdoc.PDFArray([write(root, tree_reference)])
    numbers: list[Any] = []
    for n, (page, tags) in enumerate(zip(page_objects, pages, strict=True)):
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = n
        page.Tabs = pdfdoc.PDFName("S")
        page.Trans = None  # ReportLab writes an empty one
        numbers += [n, pdfdoc.PDFArray([references[id(tag)] for tag in tags])]
    for n, (annotation, tag) in enumerate(links, start=len(pages)):
        made = document.idToObject[annotation.name]
        made.permitted = [*made.permitted, "StructParent"]
        made.otherkw["StructParent"] = n
        numbers += [n, references[id(tag)]]
    tree["ParentTree"] = document.Reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}))
    tree["ParentTreeNextKey"] = len(pages) + len(links)
    document.Catalog.StructTreeRoot = tree_reference
    document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
