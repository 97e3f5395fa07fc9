"""What the chapters of a report tell of the advisor's own work: outreach, consultation, advice, upkeep, hours by task.

Work for the organisation is not about people who came, so how often it was done is told freely. The time of talks is
about people: it comes from the protected numbers only. Without it no hours stand in the report at all, since whoever
knows the sum (from an invoice) would subtract the others. Below twice the threshold nothing is counted.
"""

from collections.abc import Mapping
from typing import Final

from vpdesk.domain.balance import Balance
from vpdesk.domain.hours import MINUTES, rounded
from vpdesk.domain.report_work import ASKED, CONSULTED, SIGNAL, Work, WorkPart
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.domain.wording import joined, number
from vpdesk.domain.worklog import ADVICE, BALANCED, GROUPS, TASKS, Activity, FollowUpState, TaskGroup
from vpdesk.reporting.disclosure.result import Level, ProtectedReport
from vpdesk.reporting.document import (
    Bar,
    Block,
    BulletList,
    Caption,
    Cell,
    Facts,
    Heading,
    Paragraph,
    Row,
    RowKind,
    Table,
    TaskBar,
)
from vpdesk.reporting.figures import Numbering
from vpdesk.reporting.report_words import Context, when
from vpdesk.reporting.work_said import by_title, title_of

CHAPTER: Final = "werklog"
"""The key under which the words of the work log are marked."""

TITLE: Final = "Uw werkzaamheden"
WHERE: Final = (
    "Dit staat in het verslag zoals u het bij Activiteiten schreef. Verander het daar, laat het onderdeel weg bij "
    "Werkzaamheden, of schrijf op waarom het mag blijven."
)

_NOT_COUNTED: Final = "niet geteld"
_STATES: Final = {
    FollowUpState.OPEN: "Nog niets gehoord",
    FollowUpState.BUSY: "In behandeling",
    FollowUpState.DONE: "Opgevolgd",
    FollowUpState.PARTLY: "Deels opgevolgd",
    FollowUpState.NOT_DONE: "Niet opgevolgd",
}
_GIVEN: Final = {ASKED: "Op verzoek", "ongevraagd advies": "Uit eigen beweging"}
_UPKEEP: Final = {"intervisie": "intervisie", "bijscholing": "scholing", "extra activiteit": "andere bijeenkomsten"}


def outreach(work: Work, level: Level, about: Context, numbering: Numbering) -> tuple[Block, ...]:
    """Return what was done to inform people: a table, or below twice the threshold a list without numbers."""
    if WorkPart.VOORLICHTING not in work.parts:
        return ()
    found = by_title(work.of(*GROUPS[TaskGroup.INFORMEREN]))
    if not found:
        return ()
    if level is not Level.EENRIJ:
        return (BulletList(tuple(found)),)
    return (_outreach_table(found, numbering.table(f"Voorlichting en training {when(about.period)}")),)


def _outreach_table(found: Mapping[str, list[Activity]], caption: Caption) -> Table:
    reached = {title: [a.reached for a in held if a.reached is not None] for title, held in found.items()}
    if not any(reached.values()):
        rows = [Row((title, len(held))) for title, held in found.items()]
        rows.append(Row(("Alles samen", sum(map(len, found.values()))), RowKind.TOTAL))
        return Table(caption, ("Activiteit", "Keer"), tuple(rows))
    rows = [Row((title, len(held), _people(reached[title], len(held)))) for title, held in found.items()]
    people = sum(sum(each) for each in reached.values())
    rows.append(Row(("Alles samen", sum(map(len, found.values())), people), RowKind.TOTAL))
    missed = any(len(each) < len(found[title]) for title, each in reached.items())
    note = "Niet bij elke activiteit zijn de deelnemers geteld; wie niet is geteld, zit niet in de som."
    return Table(caption, ("Activiteit", "Keer", "Deelnemers"), tuple(rows), note=note if missed else "")


def _people(reached: list[int], times: int) -> Cell:
    return sum(reached) if reached or not times else _NOT_COUNTED


def hours(work: Work, protected: ProtectedReport, about: Context, numbering: Numbering) -> tuple[Block, ...]:
    """Return how the time was divided over the three tasks; nothing where the time of talks is not said."""
    talks = _time_of_talks(work, protected)
    if talks is None:
        return ()
    spent = [(task, sum(a.minutes for a in work.of(*GROUPS[task]))) for task in BALANCED[1:]]
    held = tuple(_hours(minutes) for minutes in ((talks.minimum + talks.maximum) // 2, *(m for _, m in spent)))
    balance = Balance(*held)
    parts = tuple(Bar(task.value.capitalize(), value) for task, value in zip(BALANCED, held, strict=True))
    said = "; ".join(
        f"{bar.label.lower()} {value} uur, {share}%"
        for bar, value, share in zip(parts, map(number, held), balance.shares, strict=True)
    )
    most = talks.minimum > sum(minutes for _, minutes in spent)
    title = "Meer dan de helft van de uren ging naar ondersteunen" if most else "Uren naar taak"
    figure = TaskBar(
        numbering.figure(title),
        parts,
        balance.shares,
        f"Uren van de vertrouwenspersoon {when(about.period)}, samen {number(balance.total)}, afgerond op hele uren. "
        + about.text("noot.uren"),
        f"Balk met de uren per taak. {said[:1].upper()}{said[1:]}. Samen {number(balance.total)} uur.",
    )
    return (Heading("Waar de tijd naartoe ging"), Paragraph(about.text("informeren.tijd")), figure)


def _time_of_talks(work: Work, protected: ProtectedReport) -> Statement | None:
    """Return the time of talks as it is said, where hours may stand in the report."""
    if WorkPart.UREN not in work.parts or protected.level is not Level.EENRIJ:
        return None
    return next((s for s in protected.statements if s.of is Of.MINUTES and s.box == Box()), None)


def _hours(minutes: int) -> int:
    return rounded(minutes, MINUTES).minutes // MINUTES


def upkeep(work: Work, protected: ProtectedReport) -> tuple[Block, ...]:
    """Return how the advisor kept up the profession, with hours where hours may stand in the report."""
    if WorkPart.VAKBEKWAAMHEID not in work.parts or protected.level is Level.GEEN_GETALLEN:
        return ()
    spent = {task: sum(a.minutes for a in work.of(task)) for task in _UPKEEP}
    told = [task for task in spent if work.of(task)]
    if not told:
        return ()
    if _time_of_talks(work, protected) is None:
        words = joined([_UPKEEP[task] for task in told])
    else:
        words = joined([f"{number(_hours(spent[task]))} uur {_UPKEEP[task]}" for task in told])
    return (Heading("Eigen deskundigheid"), Paragraph(f"Om het vak bij te houden was er {words}."))


def signals(work: Work, level: Level, numbering: Numbering) -> tuple[Block, ...]:
    """Return the signals to those in charge, by subject, and what was done with them."""
    if WorkPart.SIGNALEN not in work.parts or level is not Level.EENRIJ:
        return ()
    return (
        *_subjects(work.of(SIGNAL), "Signalen aan de leiding", numbering),
        *_subjects(_before(work, SIGNAL), "Eerdere signalen, en wat ermee is gedaan", numbering),
    )


def advice(work: Work, level: Level, about: Context, numbering: Numbering) -> tuple[Block, ...]:
    """Return advice by subject and what was done with it, and consultation; that which was asked for only with few."""
    blocks: list[Block] = []
    tasks = _advice_told(work, level)
    if tasks:
        blocks += _subjects(work.of(*tasks), f"Advies {when(about.period)}", numbering, given=len(tasks) > 1)
        blocks += _subjects(_before(work, *tasks), "Eerder advies, en wat ermee is gedaan", numbering)
    if WorkPart.OVERLEG in work.parts and level is Level.EENRIJ and (held := work.of(*CONSULTED)):
        rows = [Row((TASKS.label(task), times)) for task in CONSULTED if (times := len(work.of(task)))]
        rows.append(Row(("Alles samen", len(held)), RowKind.TOTAL))
        caption = numbering.table(f"Overleg met de organisatie {when(about.period)}")
        blocks.append(Table(caption, ("Overleg", "Keer"), tuple(rows)))
    return tuple(blocks)


def _advice_told(work: Work, level: Level) -> tuple[str, ...]:
    if WorkPart.ADVIES not in work.parts or level is Level.GEEN_GETALLEN:
        return ()
    return tuple(task for task in ADVICE if task != SIGNAL) if level is Level.EENRIJ else (ASKED,)


def _before(work: Work, *tasks: str) -> tuple[Activity, ...]:
    return tuple(activity for activity in work.before if activity.task in tasks)


def _subjects(
    held: tuple[Activity, ...], title: str, numbering: Numbering, *, given: bool = False
) -> tuple[Facts, ...]:
    if not held:
        return ()
    rows = tuple((title_of(a), ". ".join(filter(None, (_GIVEN[a.task] if given else "", _outcome(a))))) for a in held)
    return (Facts(numbering.table(title), rows, ("Onderwerp", "Wat ermee is gedaan"), even=True),)


def _outcome(activity: Activity) -> str:
    if activity.follow_up is None:
        return f"{_STATES[FollowUpState.OPEN]}."
    note = activity.follow_up.note.strip()
    words = _STATES[activity.follow_up.state]
    return f"{words}. {note}{'' if note[-1:] in '.!?' else '.'}" if note else f"{words}."


def own_words(work: Work, protected: ProtectedReport) -> str:
    """Return what the report prints of the work log in the user's own words, a paragraph for each text, each once."""
    level = protected.level
    told: list[Activity] = []
    if WorkPart.VOORLICHTING in work.parts:
        told += work.of(*GROUPS[TaskGroup.INFORMEREN])
    if WorkPart.SIGNALEN in work.parts and level is Level.EENRIJ:
        told += (*work.of(SIGNAL), *_before(work, SIGNAL))
    tasks = _advice_told(work, level)
    told += (*work.of(*tasks), *_before(work, *tasks))
    lines = [text for a in told for text in (a.title, a.follow_up.note if a.follow_up else "")]
    return "\n\n".join(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))
