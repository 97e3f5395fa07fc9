"""What is tried on Jaarverslag before it is chosen: the sentence that says what it gives."""

from dataclasses import dataclass

from vpdesk.domain import wording
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.operations import reports
from vpdesk.operations.reports import Idea, Prepared


@dataclass(frozen=True, slots=True)
class Trial:
    """An idea, the report before it and the period that this was about; the vault hears of it when it is kept."""

    idea: Idea
    before: Prepared
    period: Period

    @property
    def choices(self) -> ReportChoices | None:
        """The choices that are tried, None where only the period is."""
        if self.idea.period is not None:
            return None
        return reports.with_rows(self.before.gathered.choices, self.idea.dimension, self.idea.rows)

    @property
    def begun(self) -> str:
        """What is said while it is being made."""
        return f"Proef: {_lower(self.idea.words)}. Dit wordt nu nagerekend."

    def gives_less(self, after: Prepared) -> bool:
        """Return whether fewer numbers would be printed than without it."""
        then, now = (reports.numbers_in(prepared, self.idea.dimension) for prepared in (after, self.before))
        return then < now

    def gives(self, after: Prepared) -> str:
        """Return what the idea gives, in numbers that would be printed and in dashes."""
        dimension = self.idea.dimension
        where = "in deze tabel" if dimension else "in het verslag"
        then, now = (reports.numbers_in(prepared, dimension) for prepared in (after, self.before))
        dashes, dashes_now = (reports.dashes_in(prepared, dimension) for prepared in (after, self.before))
        verb, numbers = "staat" if then == 1 else "staan", wording.counted(then, "getal", "getallen")
        if then == now:
            result = f"Dan {verb} er evenveel getallen {where}: {then}."
        elif self.gives_less(after):
            result = f"Dan {verb} er minder getallen {where}: {then} in plaats van {now}."
        else:
            result = f"Dan {verb} er {numbers} {where} in plaats van {now}."
        if dashes != dashes_now:
            result += f" Het aantal streepjes is dan {dashes} in plaats van {dashes_now}."
        return f"Proef: {_lower(self.idea.words)}. {result}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
