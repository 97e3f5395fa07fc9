"""The guided records of the practice vault: one considered and not done, one request under the AVG, one for names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.guided_questions import IN_WRITING, GuidedKind
from vpdesk.operations.guided import begin_guided, finalise_guided, rest_unknown, save_answers
from vpdesk.operations.practice_cases import W

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from vpdesk.domain.ids import CaseId, ClientId
    from vpdesk.store.vault import Vault

CONSIDERED: Final = {
    "weten": "De melder vertelde op 10 juni dat iemand bij een controle dreigde met geweld. Zelf niets gezien.",
    "grond": "acuut gevaar",
    "tekst": "De afspraken met de organisatie over vertrouwelijkheid, en de uitleg van het Huis over ernstig gevaar.",
    "ernst": "De dreiging was ernstig. De melder is veilig thuis en werkt deze week niet op straat.",
    "zelf": "Ja. Aangeboden op 12 juni om mee te gaan naar de politie; de melder wil zelf gaan.",
    "minder": "De melder doet zelf aangifte en vertelt het zelf aan de teamleider. Dat is genoeg.",
    "overleg": "Een collega-vertrouwenspersoon, zonder naam en zonder organisatie.",
    "afspraken": "Alleen bij ernstig gevaar, en dan eerst met de persoon zelf.",
    "vooraf": "Ja, besproken dat ik dit overwoog en waarom ik het niet doe.",
    "woorden": "Aan niemand.",
    "gevolgen": "De melder belt na de aangifte. Zelf besproken in de intervisie.",
}

FOR_NAMES: Final = {
    "vrager": "manager",
    "namens": "Een leidinggevende, voor zichzelf",
    "wat": "Wie er bij mij waren na het overleg van die week, en of het over de eigen afdeling ging.",
    "grondslag": "Geen. Mondeling gevraagd; niets op papier.",
    "overleg": "Een collega-vertrouwenspersoon, zonder namen.",
    "antwoord": f"‘{IN_WRITING}’ Er is niets meer gevraagd.",
}

ACCESS_REQUEST: Final = {
    "soort": "inzage",
    "van": "over wie het gaat",
    "gevraagd": "Alles wat over de vrager is vastgelegd. Wie de vrager is, is nog na te gaan.",
    "anderen": "Die van de getuige: wie sprak, volgt al uit wat er staat.",
}


def play(vault: Vault, cases: dict[str, CaseId], clients: dict[str, ClientId], *, day: Callable[[str], date]) -> None:
    """Write the records into the practice vault; `day` reads dd-mm in its year."""
    made = begin_guided(vault, kind=GuidedKind.DOORBREKEN, on=day("12-06"), case_id=cases["Vlieger"])
    considered = {**CONSIDERED, "gelezen": day("12-06").isoformat()}
    save_answers(vault, guided_id=made.id, texts=considered, on=day("12-06"))
    finalise_guided(vault, guided_id=made.id, outcome="overwogen, niet gedaan", on=day("18-06"))
    asked = begin_guided(vault, kind=GuidedKind.INFORMATIE, on=day("29-10"), client_id=clients[W])
    save_answers(vault, guided_id=asked.id, texts=FOR_NAMES, on=day("29-10"))
    rest_unknown(vault, guided_id=asked.id, on=day("29-10"))
    finalise_guided(vault, guided_id=asked.id, outcome="niets gegeven", on=day("30-10"))
    access = begin_guided(vault, kind=GuidedKind.AVG, on=day("28-12"), case_id=cases["Rietpluim"])
    save_answers(vault, guided_id=access.id, texts=ACCESS_REQUEST, on=day("29-12"))
