"""The two chapters that speak of people: the year in short and support, composed from protected numbers only."""

from collections.abc import Callable
from typing import Final

from vpdesk.domain.report_chapters import Skippable, asks_for_tables
from vpdesk.domain.report_choices import key_of
from vpdesk.domain.statements import Audience, Box, Of
from vpdesk.domain.wording import joined, number
from vpdesk.reporting import figures
from vpdesk.reporting.chapters_chosen import first_had_no_tables
from vpdesk.reporting.cross_tables import cross_sections
from vpdesk.reporting.disclosure.result import Level, ProtectedReport, ProtectedTable
from vpdesk.reporting.document import (
    Block,
    Callout,
    Chapter,
    Heading,
    KeyNumber,
    KeyNumbers,
    Paragraph,
    Recommendation,
    Table,
    TablePair,
    Width,
)
from vpdesk.reporting.report_words import (
    Context,
    found,
    in_words,
    is_a_year,
    lower,
    opening,
    percentage,
    recommendations,
    spoken,
)

_NAMED_THEMES: Final = 3  # more than this many published themes read better in the figure than in a sentence
_NARROW: Final = 2  # columns of a table that may stand beside another


def total_in_words(protected: ProtectedReport) -> str:
    """Return the number of cases as printed: `18`, or `10 tot en met 14` for an interval; empty without a total."""
    total = protected.total
    if total is None:
        return ""
    return number(total.minimum) if total.exact else f"{number(total.minimum)} tot en met {number(total.maximum)}"


def rounded_talks(protected: ProtectedReport) -> str:
    """Return the number of talks to the nearest 5, as said; empty when it is not said."""
    for statement in protected.statements:
        if statement.of is Of.TALKS and statement.box == Box():
            return number((statement.minimum + statement.maximum) // 2)
    return ""


def in_short(
    protected: ProtectedReport, tables: dict[str, ProtectedTable], about: Context, *, alone: bool = False
) -> Chapter:
    """Return the first chapter: key numbers, what stands out, what is asked, and why there is no more.

    It stands `alone` where no chapter follows that tells more of it.
    """
    title = "Het jaar in het kort" if is_a_year(about.period) else "De periode in het kort"
    items = [KeyNumber(total_in_words(protected), "casussen", f"begonnen {_days(about)}")]
    talks = rounded_talks(protected)
    if talks:
        items.append(KeyNumber(talks, "gesprekken", "afgerond op vijftallen"))
    phases = tables.get("fase")
    reports = None if phases is None else _reports(phases)
    if phases is not None and reports is not None:
        share = f"{percentage(reports, phases.total)} van de {phases.total} casussen"
        plain = f"van de {phases.total} casussen"
        items.append(
            KeyNumber(
                number(reports),
                "casussen met een melding",
                share if phases.total >= figures.PERCENTAGES_FROM else plain,
            )
        )
    blocks: list[Block] = [KeyNumbers(tuple(items))]
    noticed = _what_stands_out(tables)
    blocks.extend(noticed)
    blocks.extend(found(about.finding("kort"), width=Width.MAIN))
    points = [b for b in recommendations(about.finding("aandachtspunten")) if isinstance(b, Recommendation)]
    if points:
        for_or = about.audience is Audience.OR
        asked = "Waar u op kunt letten" if for_or else "Wat ik de organisatie vraag"
        question = "Vraag de werkgever wat hiermee gebeurt. " if for_or else ""
        said = (Paragraph(f"{question}Aan zet: {point.actor}.", lead=f"{point.title}.") for point in points)
        blocks.append(Callout(asked, tuple(said)))
    if protected.level is not Level.EENRIJ:
        blocks.append(Callout("Waarom er alleen een totaal staat", (Paragraph(about.text(why_key(protected, about))),)))
    elif (
        Skippable.ONDERSTEUNING not in about.skipped
        and protected.total is not None
        and protected.total.maximum < 6 * about.threshold
    ):
        blocks.append(Callout("Waarom er weinig tabellen in staan", (Paragraph(about.text("kort.eenrij")),)))
    return Chapter("", title, title, about.text("kort.alleen" if alone else "kort"), tuple(blocks), own_page=True)


def why_key(protected: ProtectedReport, about: Context) -> str:
    """Return the key of the text that tells why a report names a total only."""
    if protected.level is Level.INTERVAL:
        return "kort.interval"
    if not asks_for_tables(about.skipped):
        return "kort.gekozen"
    return "kort.eerder" if first_had_no_tables(protected) else "kort.totaal"


def _days(about: Context) -> str:
    return f"in {about.period.first.year}" if about.period.is_calendar_year else in_words(about.period)


def _reports(table: ProtectedTable) -> int | None:
    values = dict(table.rows)
    together = values.get(key_of(("meldingsfase", "nafase")))
    if isinstance(together, int):
        return together
    reported, after = values.get("meldingsfase"), values.get("nafase")
    return reported + after if isinstance(reported, int) and isinstance(after, int) else None


def _what_stands_out(tables: dict[str, ProtectedTable]) -> list[Block]:
    blocks: list[Block] = []
    themes, phases = tables.get("thema"), tables.get("fase")
    if themes is not None and figures.shows_something(themes):
        blocks.extend(_themes_in_words(themes))
    if phases is not None and isinstance(start := dict(phases.rows).get("voorfase"), int):
        most = 2 * start > phases.total
        heading = "De meeste casussen blijven bij praten" if most else "Van praten naar melden"
        share = percentage(start, phases.total)
        sentence = f"In {start} van de {phases.total} casussen bleef het bij gesprekken en raad ({share})."
        reports = _reports(phases)
        if reports is not None:
            sentence += f" In {reports} casussen kwam het tot een melding."
        blocks += [Heading(heading, tight=True, side="" if blocks else "Wat opvalt"), Paragraph(sentence)]
    return blocks


def _themes_in_words(table: ProtectedTable) -> list[Block]:
    published = [(code, value) for code, value in table.rows if isinstance(value, int) and code != "onbekend"]
    top = figures.most_frequent(table)
    if len(published) > _NAMED_THEMES:
        if top is None or top[0] == "onbekend":
            return []
        published = [top]
    if not published:
        return []
    words = [
        f"{value} over {lower(spoken('thema', code))} ({percentage(value, table.total)})" for code, value in published
    ]
    text = f"Van de {table.total} casussen gingen er {joined(words)}."
    rest = table.total - sum(value for _, value in published)
    if rest and rest == table.hidden_sum:
        text += f" De andere {rest} casussen gaan over onderwerpen waarbij wij geen getal noemen."
    message = figures.theme_message(table)
    heading = message if message != figures.NAMES["thema"][0] else "Waarover het ging"
    return [Heading(heading, side="Wat opvalt", tight=True), Paragraph(text)]


_SECTIONS: Final = (
    ("rol", "Wie er kwamen", "ondersteuning.rol"),
    ("relatie", "Met wie het speelde", "ondersteuning.relatie"),
    ("afloop", "Hoe het afliep", "ondersteuning.afloop"),
    ("onderdeel", "Waar in de organisatie", "ondersteuning.onderdeel"),
)


def support(
    protected: ProtectedReport, tables: dict[str, ProtectedTable], about: Context, numbering: figures.Numbering
) -> Chapter:
    """Return the chapter on support: tables, theme bars and phases, as far as they are published."""
    counted = total_in_words(protected)
    talks = rounded_talks(protected)
    text = f"{opening(about.period)} begonnen {counted} casussen."
    if talks:
        text += f" Daarvoor waren ongeveer {talks} gesprekken nodig. {about.text('ondersteuning.gesprek')}"
    blocks: list[Block] = [Heading("Casussen en gesprekken"), Paragraph(text)]
    small = [tables[name] for name in ("rol", "verbonden", "relatie", "werkgebied", "afloop") if name in tables]
    shown = [table for table in small if figures.shows_something(table)]
    bars = _relation_as_bars(tables)
    if protected.total is not None and protected.total.maximum < figures.PERCENTAGES_FROM:
        pairs = [table for table in shown if not bars or figures.dimension_of(table) != "relatie"]
        odd = pairs.pop() if len(pairs) > 1 and len(pairs) % 2 else None
        blocks.extend(_in_pairs(pairs, numbering, about))
        blocks.extend(_themes_and_phases(tables, about, numbering))
        blocks.extend(_by_itself(odd, about, numbering))
        if bars:
            blocks.extend(_section_of(tables["relatie"], _SECTIONS[1], about, numbering, figures.relation_bars))
        blocks.extend(_section_of(tables.get("onderdeel"), _SECTIONS[3], about, numbering))
    else:
        blocks.extend(_who_came(tables, about, numbering))
        blocks.extend(_themes_and_phases(tables, about, numbering))
        blocks.extend(plain(tables.get("werkgebied"), about, numbering))
        draw = figures.relation_bars if bars else figures.one_way
        blocks.extend(_section_of(tables.get("relatie"), _SECTIONS[1], about, numbering, draw))
        blocks.extend(_section_of(tables.get("afloop"), _SECTIONS[2], about, numbering))
        blocks.extend(_section_of(tables.get("onderdeel"), _SECTIONS[3], about, numbering))
    blocks.extend(cross_sections(protected.crossed, numbering, about))
    return Chapter("", "Ondersteuning", "Ondersteuning", about.text("ondersteuning"), tuple(blocks), own_page=True)


def _relation_as_bars(tables: dict[str, ProtectedTable]) -> bool:
    """Return whether the relation is drawn instead of tabled: when no phases are drawn beside the themes.

    Known from what is published only, so it tells nothing more.
    """
    relation = tables.get("relatie")
    if "fase" in tables or relation is None:
        return False
    return figures.shows_something(relation) and figures.can_be_drawn(relation)


def _in_pairs(shown: list[ProtectedTable], numbering: figures.Numbering, about: Context) -> list[Block]:
    made = [figures.one_way(table, numbering, about) for table in shown]
    pairs: list[Block] = [TablePair(left, right) for left, right in zip(made[::2], made[1::2], strict=False)]
    return pairs + (made[-1:] if len(made) % 2 else [])


def _by_itself(table: ProtectedTable | None, about: Context, numbering: figures.Numbering) -> tuple[Block, ...]:
    """Return the table that has none to stand beside, in its section: after the figures, where it shares a page."""
    if table is None:
        return ()
    own = [words for words in _SECTIONS if words[0] == figures.dimension_of(table)]
    return _section_of(table, own[0], about, numbering) if own else plain(table, about, numbering)


def _who_came(tables: dict[str, ProtectedTable], about: Context, numbering: figures.Numbering) -> tuple[Block, ...]:
    """Return roles and ties with the organisation, side by side: below each other the second fills a page alone."""
    section = _section_of(tables.get("rol"), _SECTIONS[0], about, numbering)
    tied = plain(tables.get("verbonden"), about, numbering)
    both = (*section[-1:], *tied)
    match both:
        case (Table() as roles, Table() as ties) if len(roles.header) == len(ties.header) == _NARROW:
            return (*section[:-1], TablePair(roles, ties))
        case _:
            return (*section, *tied)


def plain(table: ProtectedTable | None, about: Context, numbering: figures.Numbering) -> tuple[Block, ...]:
    """Return a table without a section of its own, nothing when no row may be printed."""
    return () if table is None or not figures.shows_something(table) else (figures.one_way(table, numbering, about),)


def _section_of(
    table: ProtectedTable | None,
    words: tuple[str, str, str],
    about: Context,
    numbering: figures.Numbering,
    draw: Callable[[ProtectedTable, figures.Numbering, Context], Block] = figures.one_way,
) -> tuple[Block, ...]:
    if table is None:
        return ()
    head = (Heading(words[1]), Paragraph(about.text(words[2])))
    if not figures.shows_something(table):
        return (*head, Paragraph(about.text("ondersteuning.niets")))
    return (*head, draw(table, numbering, about))


def _themes_and_phases(
    tables: dict[str, ProtectedTable], about: Context, numbering: figures.Numbering
) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for name, title, key, finding in (
        ("thema", "Waarover het ging", "ondersteuning.thema", "themas"),
        ("fase", "Van praten naar melden", "ondersteuning.fase", "fasen"),
    ):
        table = tables.get(name)
        words = found(about.finding(finding), width=Width.WIDE)
        if table is None and not words:
            continue
        blocks += [Heading(title), Paragraph(about.text(key))]
        if table is not None and figures.shows_something(table):
            figure = figures.theme_bars if name == "thema" else figures.phase_flow
            draw = figure if figures.can_be_drawn(table) else figures.one_way
            blocks.append(draw(table, numbering, about))
        elif table is not None:
            blocks.append(Paragraph(about.text("ondersteuning.niets")))
        blocks.extend(words)
    return tuple(blocks)
