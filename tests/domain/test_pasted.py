"""Of what is pasted only headings, lists, bold and words stay, from wherever it was copied."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain.markup import printed
from vpdesk.domain.pasted import from_html

WORD = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><style>p {color:red}</style>
<title>Notulen</title></head><body lang=NL><h1>Verslag<o:p></o:p></h1>
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>
bellen <b>voor</b> maandag</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>eerst
dit</p><p class=MsoNormal>Einde</p></body></html>"""
MAIL = """<div>Dag,<br><br>zie <a href="https://volg.example/?u=42">de regeling</a><img src="https://volg.example/p.gif"
alt="pixel"><script>alert(1)</script></div><blockquote>Van: <span style="font-weight:700;color:#f00">K.</span><hr>
<table><tr><td>een</td><td>twee</td></tr></table></blockquote>"""
BROWSER = """<meta charset=utf-8><b style="font-weight:normal"><h2><b>Stappen</b></h2><ol><li><p>kijk</p></li><li>
 doe<ul><li>klein</li></ul></li></ol></b><li>los</li><pre>a  b
c</pre></i><table><th>kop</table>"""


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (WORD, "# Verslag\n- bellen **voor** maandag\n1. eerst dit\nEinde"),
        (MAIL, "Dag,\nzie de regeling\nVan: **K.**\neen twee"),
        (BROWSER, "## Stappen\n1. kijk\n2. doe\n- klein\n- los\na  b\nc\nkop"),
        ("<b>a<p>b</b> c", "**a**\n**b** c"),
        ("<noscript><p>weg</noscript>blijft<noscript>x<noscript>y</noscript></noscript>", "blijft"),
        ("&lt;b&gt; 5 &amp; 6", "<b> 5 & 6"),
    ],
)
def test_headings_lists_bold_and_words_stay(html: str, kept: str) -> None:
    assert printed(from_html(html)) == kept


_PIECES = (
    "<p>",
    "</p>",
    "<li>",
    "<ol>",
    "</ol>",
    "<b>",
    "</b>",
    "<h1>",
    "</h1>",
    "<![",
    "<!--",
    "<!",
    "<?",
    "<style>",
    "a ",
)


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=12))
def test_nothing_that_is_pasted_can_break_it(pieces: list[str]) -> None:
    for one in from_html("".join(pieces)):
        assert one.words.strip()
