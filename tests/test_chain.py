"""The whole job through the command line on a real sheet: a laptop, a vault, a report, a backup, another laptop."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from tests.casework import NOW, with_draw
from tests.command_laptop import AS_IT_IS, QUICK, Laptop
from tests.keyring_session import keyring_session
from vpdesk.operations.vaults import open_vault
from vpdesk.store.keychain import MemoryKeychain

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data"
SHEET = DATA / "hogeschool-2020-2022.csv"
MAPPING = DATA / "hogeschool-mapping.toml"
CLIENT = "Hogeschool aan de Vaart"
PASSPHRASE = "zeven stille schapen"

pytestmark = pytest.mark.keyring


@pytest.fixture
def laptop(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Laptop]:
    """A computer on which keys are stretched quickly, or the program as it is where a test asks for that."""
    with keyring_session() as environment:
        yield Laptop(environment, tmp_path / "laptop", getattr(request, "param", QUICK))


@pytest.fixture
def made(laptop: Laptop) -> tuple[Laptop, Path, str]:
    """A laptop with a vault, of which the draw is known here; returns the words too."""
    vault = laptop.folder / "kluis"
    answer = laptop.done("init", "--vault", vault, "--passphrase-stdin", secrets=(PASSPHRASE,))
    assert answer["slot"] == "daily"
    assert len(answer["words"]) == 16
    with open_vault(vault, words=answer["words"], keychain=MemoryKeychain(), now=NOW) as opened:
        with_draw(opened)
    return laptop, vault, " ".join(answer["words"])


def _import(laptop: Laptop, vault: Path) -> None:
    arguments = ("import", SHEET, "--vault", vault, "--client", CLIENT, "--mapping", MAPPING, "--passphrase-stdin")
    assert laptop.done(*arguments, secrets=(PASSPHRASE,))["imported"] == 301


def _report(laptop: Laptop, vault: Path, first: str, last: str, name: str, *secrets: str) -> dict[str, Any]:
    out, statements = laptop.folder / f"{name}.pdf", laptop.folder / f"{name}.json"
    laptop.folder.mkdir(parents=True, exist_ok=True)
    how = "--words-stdin" if len(secrets[0].split()) == 16 else "--passphrase-stdin"
    period = ("--from", first, "--to", last)
    files = ("--audience", "werkgever", "--out", out, "--statements", statements)
    laptop.done("report", "--vault", vault, "--client", CLIENT, *period, *files, how, secrets=secrets)
    answer: dict[str, Any] = json.loads(statements.read_text("utf-8"))
    answer["pdf"] = out
    return answer


def _rows(first: str, last: str) -> list[dict[str, str]]:
    def day(text: str) -> date:
        return datetime.strptime(text, "%d-%m-%Y").date()  # noqa: DTZ007 - a day has no zone

    values = {"docent": "begeleider", "medestudent": "collega"}
    with SHEET.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    period = date.fromisoformat(first), date.fromisoformat(last)
    chosen = [row for row in rows if period[0] <= day(row["datum"]) <= period[1]]
    return [row | {"relatie": values.get(row["relatie"], row["relatie"]), "verbonden": row["groep"]} for row in chosen]


@pytest.mark.parametrize("laptop", [AS_IT_IS], ids=["as it is"], indirect=True)
def test_the_whole_job_on_a_real_sheet_and_again_on_another_laptop(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, words = made
    _import(laptop, vault)
    copies = laptop.folder / "kopie"
    backup = Path(
        laptop.done("backup", "--vault", vault, "--to", copies, "--passphrase-stdin", secrets=(PASSPHRASE,))["backup"]
    )
    assert [backup] == list(copies.iterdir())
    year = _report(laptop, vault, "2020-09-01", "2021-08-31", "jaar", PASSPHRASE)

    rows = _rows("2020-09-01", "2021-08-31")
    assert len(rows) == 127
    exact = 0
    for statement in year["statements"]:
        if statement["of"] != "casussen":
            continue
        inside = sum(all(row[name] in codes for name, codes in statement["where"].items()) for row in rows)
        assert statement["min"] <= inside <= statement["max"], statement
        exact += statement["min"] == statement["max"]
        if statement["min"] == statement["max"]:
            assert inside >= year["threshold"]
    assert {"of": "casussen", "where": {}, "min": 127, "max": 127} in [
        {key: value for key, value in statement.items() if key != "periode"} for statement in year["statements"]
    ]
    assert exact > 10

    text = " ".join(page.extract_text() for page in pypdf.PdfReader(year["pdf"]).pages)
    assert CLIENT in text
    assert "127" in text
    assert "Oefenkluis" not in text

    (made_beside,) = (laptop.folder / "reservekopieen").iterdir()
    assert laptop.done("verify", made_beside)["whole"] is True

    again = laptop.folder / "jaar.pdf"
    first_bytes = again.read_bytes()
    _report(laptop, vault, "2020-09-01", "2021-08-31", "jaar", PASSPHRASE)
    assert again.read_bytes() == first_bytes

    with keyring_session() as environment:
        other = Laptop(environment, laptop.folder / "elders", AS_IT_IS)
        there = other.folder / "kluis"
        assert other.done("verify", backup)["authentic"] is None
        assert other.done("verify", backup, "--words-stdin", secrets=(words,))["authentic"] is True
        other.done("restore", backup, "--vault", there, "--later-reports", "none", "--words-stdin", secrets=(words,))
        elsewhere = _report(other, there, "2020-09-01", "2021-08-31", "jaar", words)
        assert elsewhere["pdf"].read_bytes() == first_bytes
        assert elsewhere["statements"] == year["statements"]


def test_a_half_year_beside_the_year_lets_nobody_subtract_a_small_number(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, _ = made
    _import(laptop, vault)
    half = _report(laptop, vault, "2020-09-01", "2021-02-28", "half", PASSPHRASE)
    year = _report(laptop, vault, "2020-09-01", "2021-08-31", "jaar", PASSPHRASE)
    threshold = year["threshold"]

    def exact(report: dict[str, Any]) -> dict[str, int]:
        return {
            json.dumps(s["where"], sort_keys=True): s["min"]
            for s in report["statements"]
            if s["of"] == "casussen" and s["min"] == s["max"]
        }

    halves, years = exact(half), exact(year)
    shared = set(halves) & set(years)
    assert shared
    for box in shared:
        assert years[box] - halves[box] >= threshold, box


def test_a_restored_vault_asks_what_went_out_before_it_names_a_number(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, words = made
    _import(laptop, vault)
    backup = laptop.done(
        "backup", "--vault", vault, "--to", laptop.folder / "k", "--passphrase-stdin", secrets=(PASSPHRASE,)
    )
    with keyring_session() as environment:
        other = Laptop(environment, laptop.folder / "elders")
        there = other.folder / "kluis"
        other.done("restore", backup["backup"], "--vault", there, "--words-stdin", secrets=(words,))
        period = ("--from", "2020-09-01", "--to", "2021-08-31", "--audience", "or", "--out", other.folder / "x.pdf")
        ask = ("report", "--vault", there, "--client", CLIENT, *period, "--words-stdin")
        assert "verslagen uitgegeven" in other.refused(*ask, secrets=(words,))
        assert other.done(*ask, "--later-reports", "none", secrets=(words,))["again"] is False


def test_restoring_with_a_passphrase_enrols_the_new_laptop(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, words = made
    backup = laptop.done(
        "backup", "--vault", vault, "--to", laptop.folder / "k", "--passphrase-stdin", secrets=(PASSPHRASE,)
    )
    with keyring_session() as environment:
        other = Laptop(environment, laptop.folder / "elders")
        there = other.folder / "kluis"
        how = ("--words-stdin", "--passphrase-stdin", "--later-reports", "none")
        other.done("restore", backup["backup"], "--vault", there, *how, secrets=(words, "nieuwe lange wachtzin"))
        copies = other.folder / "k"
        other.done("backup", "--vault", there, "--to", copies, "--passphrase-stdin", secrets=("nieuwe lange wachtzin",))
        said = other.refused("backup", "--vault", there, "--to", copies, "--passphrase-stdin", secrets=(PASSPHRASE,))
        assert "wachtzin" in said


def test_the_sheet_waits_for_a_person_where_the_program_does_not_know(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, _ = made
    mapping = laptop.folder / "koppeling.toml"
    ask = ("import", SHEET, "--vault", vault, "--client", CLIENT, "--mapping", mapping)
    laptop.done(*ask, "--dry-run")
    proposal = mapping.read_text("utf-8")
    assert '"?"' in proposal
    assert "docent" in proposal
    said = laptop.refused(*ask, "--passphrase-stdin", secrets=(PASSPHRASE,))
    assert "docent" in said
    decided = proposal.replace('"docent" = "?"', '"docent" = "begeleider"').replace(
        '"medestudent" = "?"', '"medestudent" = "collega"'
    )
    decided = decided.replace('"groep" = "?"', '"groep" = "verbonden"')
    mapping.write_text(decided, "utf-8")
    said = laptop.done(*ask, "--passphrase-stdin", secrets=(PASSPHRASE,))
    assert said["imported"] == 301


def test_a_wrong_passphrase_and_wrong_words_open_nothing_and_change_nothing(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, words = made
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    to = ("backup", "--vault", vault, "--to", laptop.folder / "k")
    assert "wachtzin" in laptop.refused(*to, "--passphrase-stdin", secrets=("een heel andere zin",))
    first, *others = words.split()  # two neighbours may be the same word: swapped they would be the right ones
    laptop.refused(*to, "--words-stdin", secrets=(" ".join([*others, first]),))
    assert "xqzt" in laptop.refused(*to, "--words-stdin", secrets=(" ".join(["xqzt", *words.split()[1:]]),))
    with keyring_session() as environment:
        strange = Laptop(environment, laptop.folder)
        other = strange.done("init", "--vault", laptop.folder / "ander", "--passphrase-stdin", secrets=(PASSPHRASE,))
    laptop.refused(*to, "--words-stdin", secrets=(" ".join(other["words"]),))
    assert {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()} == before


def test_a_vault_path_that_is_no_vault_is_refused_and_left_alone(laptop: Laptop) -> None:
    laptop.folder.mkdir()
    empty = laptop.folder / "leeg"
    empty.mkdir()
    file = laptop.folder / "bestand"
    file.write_bytes(b"")
    foreign = laptop.folder / "vreemd"
    foreign.mkdir()
    (foreign / "vault.db").write_bytes(b"SQLite format 3\x00" + bytes(4096))
    for place in (laptop.folder / "niets", empty, file, foreign):
        said = laptop.refused(
            "backup", "--vault", place, "--to", laptop.folder / "k", "--passphrase-stdin", secrets=(PASSPHRASE,)
        )
        assert "kluis" in said.lower()
    assert not (laptop.folder / "niets").exists()
    assert list(empty.iterdir()) == []
    assert file.read_bytes() == b""
    assert [p.name for p in foreign.iterdir()] == ["vault.db"]
    said = laptop.refused("init", "--vault", foreign, "--passphrase-stdin", secrets=(PASSPHRASE,))
    assert [p.name for p in foreign.iterdir()] == ["vault.db"]
    assert said


def test_a_vault_whose_words_nobody_could_read_is_not_made(laptop: Laptop) -> None:
    vault = laptop.folder / "kluis"
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "vpdesk", "init", "--vault", str(vault), "--passphrase-stdin"],
            input=PASSPHRASE + "\n",
            env=laptop.environment,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert not vault.exists()


@pytest.mark.parametrize(
    "backend", ["keyring.backends.null.Keyring", "keyring.backends.fail.Keyring", "keyrings.alt.file.PlaintextKeyring"]
)
def test_a_keyring_that_keeps_nothing_safe_is_refused_by_name(laptop: Laptop, backend: str) -> None:
    laptop.environment = laptop.environment | {"PYTHON_KEYRING_BACKEND": backend}
    said = laptop.refused("init", "--vault", laptop.folder / "kluis", "--passphrase-stdin", secrets=(PASSPHRASE,))
    assert backend.rsplit(".", 1)[0].rsplit(".", maxsplit=1)[-1] in said.lower() or backend in said
    assert not (laptop.folder / "kluis").exists()


def test_without_a_keyring_a_new_vault_opens_with_the_passphrase_alone_and_an_old_one_says_what_it_needs(
    made: tuple[Laptop, Path, str],
) -> None:
    laptop, vault, words = made
    bare = Laptop({k: v for k, v in laptop.environment.items() if k != "DBUS_SESSION_BUS_ADDRESS"}, laptop.folder)
    bare.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={laptop.folder}/geen-bus"
    to = laptop.folder / "k"
    said = bare.refused("backup", "--vault", vault, "--to", to, "--passphrase-stdin", secrets=(PASSPHRASE,))
    assert "sleutelbos" in said
    bare.done("backup", "--vault", vault, "--to", to, "--words-stdin", secrets=(words,))
    phrase = "zes heel lange woorden op papier"
    answer = bare.done("init", "--vault", laptop.folder / "los", "--passphrase-stdin", secrets=(phrase,))
    assert answer["slot"] == "passphrase"
    bare.done(
        "backup",
        "--vault",
        laptop.folder / "los",
        "--to",
        laptop.folder / "k2",
        "--passphrase-stdin",
        secrets=(phrase,),
    )


SHEETS: dict[str, bytes] = {
    "delimiter": b"datum|rol|thema\n01-02-2021|melder|pesten\n",
    "encoding": b"datum;rol;thema\n01-02-2021;melder;pest\x81\x8d\x00\xffen\n",
    "impossible-date": b"datum;rol;thema\n31-02-2021;melder;pesten\n",
    "unknown-code": b"datum;rol;thema\n01-02-2021;toverfee;pesten\n",
    "no-rows": b"datum;rol;thema\n",
    "empty": b"",
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_with_a_fault_is_refused_whole(made: tuple[Laptop, Path, str], name: str) -> None:
    laptop, vault, _ = made
    sheet = laptop.folder / f"{name}.csv"
    sheet.write_bytes(SHEETS[name])
    ask = ("import", sheet, "--vault", vault, "--client", "Nergens", "--passphrase-stdin")
    laptop.refused(*ask, secrets=(PASSPHRASE,))
    period = ("--from", "2021-01-01", "--to", "2021-12-31", "--audience", "or", "--out", laptop.folder / "x.pdf")
    said = laptop.refused(
        "report", "--vault", vault, "--client", "Nergens", *period, "--passphrase-stdin", secrets=(PASSPHRASE,)
    )
    assert "Nergens" in said


def test_cp1252_is_accepted(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, _ = made
    sheet = laptop.folder / "windows.csv"
    sheet.write_bytes("datum;rol;thema;notitie\n01-02-2021;melder;pesten;privé, café\n".encode("cp1252"))
    ask = ("import", sheet, "--vault", vault, "--client", "Nergens", "--passphrase-stdin")
    assert laptop.done(*ask, secrets=(PASSPHRASE,))["imported"] == 1


def test_rows_counted_together_are_one_number_and_stay_chosen(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, _ = made
    _import(laptop, vault)
    files = ("--audience", "or", "--out", laptop.folder / "jaar.pdf", "--statements", laptop.folder / "jaar.json")
    ask = ("report", "--vault", vault, "--client", CLIENT, *files, "--passphrase-stdin")
    year = ("--from", "2020-09-01", "--to", "2021-08-31")
    for groups, said in (
        (("--group", "thema=pesten+pestem"), "pestem"),
        (("--group", "kleur=rood+groen"), "kleur"),
        (("--group", "thema=pesten+fraude", "--group", "thema=pesten+corruptie"), "maar in één rij"),
    ):
        result = laptop.call(*ask, *year, *groups, secrets=(PASSPHRASE,))
        assert (result.returncode, result.stdout) == (2, "")
        assert said in result.stderr
    assert not (laptop.folder / "jaar.pdf").exists()
    laptop.done(*ask, *year, "--group", "thema=pesten+intimidatie", secrets=(PASSPHRASE,))
    assert _whole(laptop, "pesten", "intimidatie")
    again = laptop.done(*ask, *year, "--group", "thema=pesten+intimidatie", secrets=(PASSPHRASE,))
    assert (again["niveau"], again["again"], again["groepen_genegeerd"]) == ("eenrij", True, True)
    other = [word if word != "or" else "werkgever" for word in map(str, ask)]
    words = laptop.call(*other, *year, "--group", "thema=pesten+fraude", secrets=(PASSPHRASE,)).stdout
    assert "Er staan tabellen in" in words
    assert "--group geldt hier niet" in words
    laptop.done(*ask, *year, "--group", "thema=pesten+intimidatie", secrets=(PASSPHRASE,))
    next_year = laptop.done(*ask, "--from", "2021-09-01", "--to", "2022-08-31", secrets=(PASSPHRASE,))
    assert next_year["groepen_genegeerd"] is False
    assert _whole(laptop, "pesten", "intimidatie")  # chosen for the next year too


def _whole(laptop: Laptop, *row: str) -> bool:
    """Return whether themes are counted, and these only together; whether their row is printed hangs on the draw."""
    said = json.loads((laptop.folder / "jaar.json").read_text("utf-8"))["statements"]
    boxes = [set(s["where"]["thema"]) for s in said if "thema" in s["where"]]
    return any(box >= set(row) for box in boxes) and all(box >= set(row) or box.isdisjoint(row) for box in boxes)


def test_an_output_that_cannot_be_written_leaves_no_report_and_no_entry(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, _ = made
    _import(laptop, vault)
    period = ("--from", "2020-09-01", "--to", "2021-08-31", "--audience", "werkgever")
    ask = ("report", "--vault", vault, "--client", CLIENT, *period, "--passphrase-stdin")
    laptop.refused(*ask, "--out", laptop.folder / "nergens" / "x.pdf", secrets=(PASSPHRASE,))
    assert laptop.done(*ask, "--out", laptop.folder / "x.pdf", secrets=(PASSPHRASE,))["again"] is False
    laptop.refused(
        "backup", "--vault", vault, "--to", laptop.folder / "x.pdf", "--passphrase-stdin", secrets=(PASSPHRASE,)
    )


def test_an_open_report_that_comes_first_says_what_it_binds_before_it_goes_out(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, _ = made
    _import(laptop, vault)
    period = ("--from", "2020-09-01", "--to", "2021-08-31", "--audience", "openbaar")
    ask = ("report", "--vault", vault, "--client", CLIENT, *period, "--passphrase-stdin", "--out")
    result = laptop.call(*ask, laptop.folder / "open.pdf", secrets=(PASSPHRASE,))
    assert result.returncode == 0
    assert "Let op: Over deze periode is nog geen verslag voor de werkgever" in result.stderr
    assert "Let op: Over" not in laptop.call(*ask, laptop.folder / "weer.pdf", secrets=(PASSPHRASE,)).stderr


def test_a_revised_edition_is_asked_for_by_name_and_refused_where_nothing_changed(
    made: tuple[Laptop, Path, str],
) -> None:
    laptop, vault, _ = made
    _import(laptop, vault)
    period = ("--from", "2020-09-01", "--to", "2021-08-31", "--audience", "werkgever")
    ask = ("report", "--vault", vault, "--client", CLIENT, *period, "--passphrase-stdin")
    revised = (*ask, "--revised", "--out", laptop.folder / "herzien.pdf")
    assert "nog geen verslag uitgegeven" in laptop.refused(*revised, secrets=(PASSPHRASE,))
    assert laptop.done(*ask, "--out", laptop.folder / "x.pdf", secrets=(PASSPHRASE,))["again"] is False
    assert "niet nodig" in laptop.refused(*revised, secrets=(PASSPHRASE,))
    assert not (laptop.folder / "herzien.pdf").exists()


def test_a_backup_cut_short_or_with_one_flipped_bit_is_refused(made: tuple[Laptop, Path, str]) -> None:
    laptop, vault, words = made
    to = laptop.folder / "k"
    backup = Path(
        laptop.done("backup", "--vault", vault, "--to", to, "--passphrase-stdin", secrets=(PASSPHRASE,))["backup"]
    )
    whole = backup.read_bytes()
    middle = len(whole) // 2
    for name, damaged in (
        ("kort", whole[:-100]),
        ("bit", whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]),
        ("kop", whole[:12] + bytes([whole[12] ^ 1]) + whole[13:]),
        ("leeg", b""),
    ):
        copy = laptop.folder / name
        copy.write_bytes(damaged)
        laptop.refused("verify", copy)
        laptop.refused("restore", copy, "--vault", laptop.folder / "nieuw", "--words-stdin", secrets=(words,))
        assert not (laptop.folder / "nieuw").exists()
    laptop.refused("verify", laptop.folder / "bestaat-niet")


def test_the_demo_makes_a_practice_vault_a_report_and_a_verified_backup(laptop: Laptop) -> None:
    vault = laptop.folder / "oefenkluis"
    said = laptop.done("demo", "--no-window", "--vault", vault)
    assert Path(said["report"]).read_bytes().startswith(b"%PDF-1.7")
    for page in pypdf.PdfReader(said["report"]).pages:
        assert "Oefenkluis: alles hier is verzonnen" in page.extract_text()
    assert laptop.done("verify", said["backup"])["whole"] is True
    again = laptop.done("demo", "--no-window", "--vault", vault)
    assert again["report"] == said["report"]


def test_wrong_usage_ends_with_two_and_says_so_in_dutch(laptop: Laptop) -> None:
    result = laptop.call("report", "--vault", "x")
    assert result.returncode == 2
    assert "dit ontbreekt" in result.stderr
    assert "usage" not in result.stderr
