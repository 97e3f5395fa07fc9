"""What a file says of itself: title, author and day, and which standards for archives and readers it keeps to.

The same three stand in the information dictionary and in the XMP packet, as ISO 19005-2 (6.6.2) asks of a file that
has both; neither holds anything else.
"""

from datetime import date
from html import escape
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

# PDF/UA is not one of the schemas that PDF/A knows by itself, so the packet describes it.
_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate>
   <xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
  </rdf:Description>
  <rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def information(title: str, author: str, day: date) -> Any:
    """Return an information dictionary with a title, an author and a day, and nothing else."""
    moment = f"D:{day:%Y%m%d}000000Z"
    entries = {
        "Title": pdfdoc.PDFString(title),
        "Author": pdfdoc.PDFString(author),
        "CreationDate": pdfdoc.PDFString(moment),
        "ModDate": pdfdoc.PDFString(moment),
    }
    made = pdfdoc.PDFInfo()
    made.format = pdfdoc.PDFDictionary(entries).format
    return made


def packet(title: str, author: str, day: date, language: str) -> bytes:
    """Return the XMP packet, in UTF-8 and read only: nobody is to change a report in its place."""
    words = {"title": escape(title), "author": escape(author), "language": language, "day": f"{day:%Y-%m-%d}"}
    return _PACKET.format(**words).encode("utf-8")
