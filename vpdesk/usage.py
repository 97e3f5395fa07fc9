"""The options of the command line, in Dutch."""

import argparse
import errno
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from vpdesk import __version__
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.statements import Audience

WRONG_USAGE = 2


class DutchParser(argparse.ArgumentParser):
    """argparse with Dutch headings and one Dutch sentence for wrong usage."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["add_help"] = False
        super().__init__(*args, **kwargs)
        self._positionals.title = "wat"
        self._optionals.title = "keuzes"
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg")

    def format_usage(self) -> str:
        """Return the usage line under a Dutch heading."""
        return super().format_usage().replace("usage:", "gebruik:", 1)

    def format_help(self) -> str:
        """Return the help under a Dutch heading."""
        return super().format_help().replace("usage:", "gebruik:", 1)

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2 and the way to write it."""
        detail = _in_dutch(message)
        self.exit(WRONG_USAGE, f"{self.format_usage()}Deze opdracht klopt niet: {detail}\n")


def _in_dutch(message: str) -> str:
    for english, dutch in (
        ("the following arguments are required:", "dit ontbreekt:"),
        ("unrecognized arguments:", "dit kent vpdesk niet:"),
        ("invalid choice:", "deze keuze bestaat niet:"),
        ("expected one argument", "hier hoort iets achter"),
        ("(choose from", "(kies uit"),
        ("argument ", "bij "),
        ("invalid date value:", "dit is geen datum (jjjj-mm-dd):"),
        ("invalid row value:", "dit is geen rij van twee of meer codes (thema=pesten+discriminatie):"),
    ):
        message = message.replace(english, dutch)
    return message


def _day(text: str) -> date:
    return date.fromisoformat(text)


_day.__name__ = "date"  # argparse names the type in its message


def _row(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a dimension and the codes that share a row; whether they exist is known when the vault is open."""
    name, _, codes = text.partition("=")
    row = tuple(code.strip() for code in codes.split("+"))
    if len(row) < 2 or not all((name.strip(), *row)):  # noqa: PLR2004 - one code is a row already
        raise ValueError(text)
    return name.strip(), row


_row.__name__ = "row"  # argparse names the type in its message


def _path(text: str) -> Path:
    """Return the path; an empty one would mean the folder of the moment, and one too long means none."""
    path = Path(text)
    if not text.strip():
        raise InvalidValueError("Er is geen map of bestand genoemd. Er is niets veranderd. Geef de naam erbij.")
    try:
        path.stat()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise InvalidValueError(
                "De naam van een map of bestand is te lang. Er is niets veranderd. Kies een kortere naam."
            ) from None
        if error.errno == errno.ELOOP:
            raise InvalidValueError(
                f"{text} is een koppeling die naar zichzelf wijst. Er is niets veranderd. Kies een andere map of naam."
            ) from None
    return path


def _report_options(report: DutchParser) -> None:
    report.add_argument("--client", required=True, metavar="NAAM", help="organisatie")
    report.add_argument("--from", dest="first", type=_day, required=True, metavar="DATUM", help="eerste dag")
    report.add_argument("--to", dest="last", type=_day, required=True, metavar="DATUM", help="laatste dag")
    report.add_argument("--audience", choices=[a.value for a in Audience], required=True, help="voor wie")
    report.add_argument("--out", type=_path, required=True, metavar="BESTAND", help="PDF-bestand")
    report.add_argument(
        "--group",
        dest="groups",
        type=_row,
        action="append",
        default=[],
        metavar="INDELING=CODE+CODE",
        help="tel codes samen in een rij: thema=pesten+discriminatie, onderdeel=Noord+West; mag vaker, blijft bewaard",
    )
    report.add_argument("--later-reports", choices=["none"], help="none: na de teruggezette kopie is niets uitgegeven")
    report.add_argument(
        "--revised", action="store_true", help="herziene uitgave: tel een periode waarover een verslag uit is opnieuw"
    )
    report.add_argument("--statements", type=_path, metavar="BESTAND", help="elk genoemd getal, als JSON")


def parser_for(runs: Mapping[str, Callable[[Any], int]]) -> DutchParser:
    """Return the parser; `runs` gives for each command, and for `window`, what runs it.

    Parsing raises InvalidValueError for a path that can't exist.
    """
    parser = DutchParser(prog="vpdesk", description="Versleutelde werkplek voor de vertrouwenspersoon.")
    parser.add_argument("--version", action="version", version=f"vpdesk {__version__}", help="toon de versie")
    parser.add_argument("--json", action="store_true", help="uitvoer voor programma's")
    parser.add_argument("--vault", type=_path, metavar="MAP", help="map van de kluis")
    parser.add_argument("--quit-after-paint", action="store_true", help="voor metingen: stop na het eerste beeld")
    parser.add_argument("--report-modules", type=_path, metavar="BESTAND", help="voor metingen: de geladen modules")
    parser.set_defaults(run=runs["window"], demo=False)
    commands = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", parser_class=DutchParser)

    def command(name: str, explanation: str, *, vault: bool = True) -> DutchParser:
        made: DutchParser = commands.add_parser(name, help=explanation, description=explanation)
        made.set_defaults(run=runs[name])
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="uitvoer voor programma's")
        # SUPPRESS, so that `vpdesk --vault DIR demo` keeps what stood before the command
        made.add_argument(
            "--vault", type=_path, required=vault, default=argparse.SUPPRESS, metavar="MAP", help="map van de kluis"
        )
        return made

    def secrets(made: DutchParser) -> None:
        made.add_argument(
            "--words-stdin", action="store_true", help="herstelwoorden op de standaardinvoer, eerste regel"
        )
        made.add_argument("--passphrase-stdin", action="store_true", help="wachtzin op de standaardinvoer, daarna")

    demo = command("demo", "maak en open de oefenkluis", vault=False)
    demo.add_argument("--no-window", action="store_true", help="zonder venster: kluis, jaarverslag en reservekopie")
    demo.add_argument("--quit-after-paint", action="store_true", default=argparse.SUPPRESS, help="voor metingen")
    demo.add_argument(
        "--report-modules", type=_path, metavar="BESTAND", default=argparse.SUPPRESS, help="voor metingen"
    )

    init = command("init", "maak een nieuwe kluis")
    init.add_argument("--passphrase-stdin", action="store_true", help="wachtzin op de standaardinvoer")

    imported = command("import", "lees registraties uit een spreadsheet")
    imported.add_argument("file", type=_path, metavar="BESTAND", help="CSV, XLSX, XLS of ODS")
    imported.add_argument(
        "--client", required=True, metavar="NAAM", help="organisatie; ontbreekt zij, dan maakt vpdesk haar"
    )
    imported.add_argument("--mapping", type=_path, metavar="BESTAND", help="koppelbestand (TOML)")
    imported.add_argument("--dry-run", action="store_true", help="vertel alleen wat er zou gebeuren")
    imported.add_argument(
        "--again", action="store_true", help="neem ook over wat er al lijkt te staan: het zijn andere registraties"
    )
    secrets(imported)

    report = command("report", "schrijf een jaarverslag")
    _report_options(report)
    secrets(report)

    backup = command("backup", "maak een reservekopie en controleer die")
    backup.add_argument("--to", type=_path, required=True, metavar="MAP", help="map voor reservekopieën")
    secrets(backup)

    verify = command("verify", "controleer een reservekopie", vault=False)
    verify.add_argument("file", type=_path, metavar="BESTAND", help="reservekopie")
    secrets(verify)

    restore = command("restore", "zet een reservekopie terug")
    restore.add_argument("file", type=_path, metavar="BESTAND", help="reservekopie")
    restore.add_argument("--later-reports", choices=["none"], help="none: na deze kopie is geen verslag uitgegeven")
    secrets(restore)

    secrets(command("doctor", "controleer sleutelbos, kluis en reservekopieën", vault=False))
    return parser
