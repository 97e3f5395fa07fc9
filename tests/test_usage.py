from __future__ import annotations

from pathlib import Path

import pytest

from vpdesk.domain.errors import InvalidValueError
from vpdesk.usage import WRONG_USAGE, parser_for

RUNS = dict.fromkeys(
    ("window", "demo", "init", "import", "report", "backup", "verify", "restore", "doctor"), lambda _run: 0
)
REPORT = ["report", "--vault", "k", "--client", "A", "--audience", "or", "--out", "a.pdf", "--from", "2025-01-01"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "--vault", "x"], "dit ontbreekt: --client"),
        ([*REPORT, "--to", "31-12-2025"], "dit is geen datum (jjjj-mm-dd): '31-12-2025'"),
        ([*REPORT, "--to", "2025-12-31", "--group", "thema=pesten"], "geen rij van twee of meer codes"),
        ([*REPORT, "--to", "2025-12-31", "--group", "thema=pesten+"], "geen rij van twee of meer codes"),
        ([*REPORT, "--to", "2025-12-31", "--group", "pesten+fraude"], "geen rij van twee of meer codes"),
        (["verify"], "dit ontbreekt: BESTAND"),
        (["verify", "a", "--sleutel", "x"], "dit kent vpdesk niet: --sleutel x"),
        (["toveren"], "deze keuze bestaat niet"),
        (["init", "--vault"], "hier hoort iets achter"),
    ],
)
def test_wrong_usage_is_said_in_dutch_and_ends_with_two(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        parser_for(RUNS).parse_args(arguments)
    assert leaving.value.code == WRONG_USAGE == 2
    text = capsys.readouterr().err
    assert said in text
    assert not any(word in text for word in ("usage", "required", "argument", "choose", "invalid"))


@pytest.mark.parametrize("name", ["", " ", "x" * 300, "rond", "rond/iets"])
def test_a_path_that_cannot_exist_is_one_sentence(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rond").symlink_to("rond")
    for arguments in (["doctor", "--vault", name], ["verify", name], ["backup", "--vault", "k", "--to", name]):
        with pytest.raises(InvalidValueError, match="niets veranderd"):
            parser_for(RUNS).parse_args(arguments)
    assert str(parser_for(RUNS).parse_args(["doctor", "--vault", "."]).vault) == "."


def test_the_help_of_every_command_is_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    for command in RUNS:
        with pytest.raises(SystemExit):
            parser_for(RUNS).parse_args(["-h"] if command == "window" else [command, "-h"])
        text = capsys.readouterr().out
        assert "gebruik: vpdesk" in text
        assert not any(word in text for word in ("usage", "options", "positional", "show this"))


def test_rows_to_count_together_may_be_named_more_than_once() -> None:
    rows = ["--group", "thema=pesten + discriminatie", "--group", "onderdeel=Noord+West+Zuid"]
    asked = parser_for(RUNS).parse_args([*REPORT, "--to", "2025-12-31", *rows])
    assert asked.groups == [("thema", ("pesten", "discriminatie")), ("onderdeel", ("Noord", "West", "Zuid"))]
    assert parser_for(RUNS).parse_args([*REPORT, "--to", "2025-12-31"]).groups == []


def test_options_stand_before_or_after_the_command() -> None:
    parser = parser_for(RUNS)
    assert str(parser.parse_args(["--vault", "k", "demo", "--no-window"]).vault) == "k"
    assert str(parser.parse_args(["demo", "--vault", "k"]).vault) == "k"
    assert parser.parse_args(["--json", "doctor"]).json
    assert parser.parse_args(["doctor", "--json"]).json
    assert not parser.parse_args(["doctor"]).json
    assert parser.parse_args([]).vault is None
