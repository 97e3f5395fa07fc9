"""The command line: reads the clock, secrets from standard input, and says in Dutch what was done."""

import argparse
import gc
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from vpdesk.asking import ask, line_from_stdin, secrets_of, stop_listening
from vpdesk.domain.errors import (
    AlreadyImportedError,
    ImportRefusedError,
    InvalidValueError,
    KeyringError,
    NotFoundError,
    OutputError,
    VaultDamagedError,
    VaultMissingError,
    VpdeskError,
    WrongSecretError,
)
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.domain.wording import counted, moment
from vpdesk.named import client_named, rows_chosen
from vpdesk.remembered import copies_of, folder_in_use
from vpdesk.saying import how_it_opens, say_practice, warn
from vpdesk.usage import WRONG_USAGE, parser_for

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.operations.vaults import Setup
    from vpdesk.store.vault import Vault

DONE, FAILED = 0, 1
TRIES: Final = 3
NOT_MADE: Final = "Er is geen kluis gemaakt. Begin opnieuw; u krijgt dan nieuwe woorden."


@dataclass(frozen=True, slots=True)
class Run:
    """One call of the program: what was asked, the moment, and where words go."""

    asked: argparse.Namespace
    now: datetime

    def say(self, sentence: str, **facts: object) -> None:
        """Print a sentence, or with --json the facts as one JSON object."""
        if self.asked.json:
            print(json.dumps(facts, ensure_ascii=False, default=str))
        else:
            print(sentence)


def _open(run: Run) -> "Vault":
    from vpdesk.operations import vaults  # noqa: PLC0415 - commands load what they use

    folder = run.asked.vault
    words, passphrase = secrets_of(run.asked)
    description = vaults.describe(folder)
    by_itself = description.practice or vaults.SlotKind.KEYRING in description.slots
    asks = description.exists and not description.problem  # what can't be read asks for nothing, and is refused below
    if asks and not by_itself and words is None and passphrase is None:
        passphrase = ask("Wachtzin: ")
    vault = _unlocked(run, words, passphrase)
    if words is not None:
        from vpdesk.operations.older import look_after_words  # noqa: PLC0415 - what asks the keyring looks by itself

        look_after_words(vault, vaults.system_keychain)
    warn(vault)
    say_practice(vault, words, passphrase)
    return vault


def _unlocked(run: Run, words: str | None, passphrase: str | None) -> "Vault":
    from vpdesk.operations import vaults  # noqa: PLC0415

    chain = vaults.system_keychain
    return vaults.open_vault(
        run.asked.vault, passphrase=passphrase, words=words, keychain=chain, now=run.now, in_use=folder_in_use
    )


def _window(run: Run) -> int:
    gc.disable()  # until the first paint; whatever starts a window is there to stay
    from vpdesk import app  # noqa: PLC0415 - Qt only for the window

    return app.run(run.asked)


def _demo(run: Run) -> int:
    from vpdesk.operations import vaults  # noqa: PLC0415

    folder: Path = run.asked.vault or vaults.default_folder().with_name("oefenkluis")
    if not run.asked.no_window:
        run.asked.vault, run.asked.demo = folder, True
        return _window(run)
    from vpdesk.operations import practice, reports  # noqa: PLC0415 - the window starts without the report
    from vpdesk.operations.backups import make_backup  # noqa: PLC0415
    from vpdesk.operations.places import usual_place  # noqa: PLC0415

    if vaults.describe(folder).exists:
        vault = vaults.open_vault(folder, keychain=vaults.system_keychain, now=run.now)
    else:
        vault = practice.make_practice_vault(folder, now=run.now)
    try:
        if not vault.practice:
            raise InvalidValueError(
                f"In {folder} staat een echte kluis. Die is niet veranderd. Kies voor de oefenkluis een andere map."
            )
        client = client_named(vault, practice.WATERVEEN)
        period = Period.year(practice.practice_today(vault).year - 1)
        pdf = folder.with_name(f"{folder.name}-jaarverslag-{period.first.year}.pdf")
        copies = usual_place(folder)
        reports.export_report(
            vault,
            client_id=client.id,
            period=period,
            audience=Audience.WERKGEVER,
            out=pdf,
            now=run.now,
            backup_places=(copies,),
        )
        backup = make_backup(vault, places=(copies,), now=run.now)
    finally:
        vault.close()
    run.say(
        f"Oefenkluis: {folder}\nJaarverslag van {client.name} over {period.first.year}: {pdf}\n"
        f"Reservekopie, gemaakt, geopend en gecontroleerd: {backup.path}\nAlles hierin is verzonnen.",
        vault=folder,
        report=pdf,
        backup=backup.path,
    )
    return DONE


def _init(run: Run) -> int:
    from vpdesk.operations import vaults  # noqa: PLC0415

    vaults.refuse_taken(run.asked.vault)
    keyring = vaults.keyring_is_offered(vaults.system_keychain)
    if run.asked.passphrase_stdin:
        passphrase = line_from_stdin("wachtzin")
    elif keyring:
        passphrase = ask("Kies een wachtzin: ")
        if ask("Nog een keer: ") != passphrase:
            raise WrongSecretError("De twee wachtzinnen zijn niet gelijk. Er is geen kluis gemaakt. Begin opnieuw.")
    else:
        passphrase = vaults.generate_passphrase()
        print(f"Uw wachtzin, schrijf hem op: {passphrase}")
    setup = vaults.begin_setup(run.asked.vault, passphrase=passphrase, keychain=vaults.system_keychain, now=run.now)
    how = (
        "U opent hem met uw wachtzin en de sleutelbos van deze laptop."
        if keyring
        else "Dit systeem heeft geen sleutelbos: u opent de kluis met alleen uw wachtzin."
    )
    stands = f"De kluis staat in {run.asked.vault}. {how}"
    facts = {"vault": run.asked.vault, "slot": setup.slot, "words": list(setup.words)}

    def tell() -> None:
        words = f"\nHerstelwoorden: {' '.join(setup.words)}" if run.asked.passphrase_stdin else ""
        run.say(stands + words, **facts)
        sys.stdout.flush()

    try:
        if run.asked.passphrase_stdin:
            setup.confirm(setup.words, tell=tell, typed=False).close()
        else:
            print("Schrijf deze 16 herstelwoorden op. U ziet ze maar een keer:")
            print("  ".join(f"{n}. {word}" for n, word in enumerate(setup.words, start=1)))
            _typed_back(setup, tell)
    except OSError:
        stop_listening()
        raise OutputError(
            "De herstelwoorden konden niet worden getoond, dus is er geen kluis gemaakt. Begin opnieuw op een plaats "
            "waar u ze kunt lezen."
        ) from None
    except KeyboardInterrupt:
        raise WrongSecretError("Gestopt. Er is geen kluis gemaakt.") from None
    finally:
        setup.abandon()  # nothing happens where the vault counts
    return DONE


def _typed_back(setup: "Setup", tell: Callable[[], None]) -> None:
    """Ask for the words until they open the vault; raises WrongSecretError after the last try."""
    for left in reversed(range(TRIES)):
        try:
            setup.confirm(ask("Typ de 16 woorden over: "), tell=tell).close()
        except (WrongSecretError, KeyringError) as error:
            if not left:
                raise type(error)(f"{error.sentence}\n{NOT_MADE}") from None
            print(f"{error.sentence} Er is nog geen kluis. U kunt het nog {left} keer proberen.", file=sys.stderr)
        else:
            return


def _import(run: Run) -> int:
    from vpdesk.operations import importing  # noqa: PLC0415

    asked = run.asked
    sheet = importing.read_sheet(asked.file)
    mapping = importing.propose_mapping(sheet)
    written = False
    if asked.mapping is not None and asked.mapping.exists():
        mapping = importing.load_mapping(asked.mapping)
    elif asked.mapping is not None and asked.dry_run:
        importing.write_mapping(mapping, asked.mapping)
        written = True
    elif asked.mapping is not None:
        raise NotFoundError(
            f"Het koppelbestand {asked.mapping} bestaat niet. Er is niets veranderd. "
            "Maak het eerst met --dry-run en vul daarna de vraagtekens in."
        )
    plan = importing.check_sheet(sheet, mapping, today=run.now.date())
    if asked.dry_run:
        run.say(
            importing.describe_plan(plan)
            + (f"\nHet voorstel staat in {asked.mapping}." if written else "")
            + "\nEr is nog niets veranderd. Of registraties al in de kluis staan, en of hun onderdeel en uw "
            "aanstelling er op die dag waren, ziet vpdesk bij het overnemen.",
            rows=len(plan.rows),
            rejected=[str(item) for item in plan.rejected],
            undecided=[str(item) for item in plan.undecided],
            mapping=asked.mapping,
        )
        return DONE
    importing.refuse_unready(plan)
    vault = _open(run)
    try:
        wondered = [str(doubt) for doubt in importing.doubts(vault, client_name=asked.client, plan=plan)]
        result = importing.import_sheet(vault, client_name=asked.client, plan=plan, again=asked.again)
    except AlreadyImportedError as error:
        raise ImportRefusedError(
            f"{error.sentence} Zijn het andere registraties, geef dan --again erbij: dan komen ze er allemaal in."
        ) from None
    finally:
        vault.close()
    stands = "staat" if result.imported == 1 else "staan"
    said = f"{counted(result.imported, 'registratie', 'registraties')} van {asked.client} {stands} nu in de kluis."
    run.say(
        "\n".join([said, *(["Kijk deze regels na:"] if wondered else []), *wondered]),
        imported=result.imported,
        rejected=[],
        doubts=wondered,
    )
    return DONE


def _report(run: Run) -> int:
    from vpdesk.operations import backups, report_said, reports  # noqa: PLC0415
    from vpdesk.operations.places import usual_place  # noqa: PLC0415

    asked = run.asked
    period = Period(asked.first, asked.last)
    vault = _open(run)
    try:
        if asked.later_reports:
            reports.confirm_ledger_complete(vault)
        organisation = client_named(vault, asked.client)
        client = organisation.id
        if asked.groups and (wrong := rows_chosen(vault, client, period, asked.groups)):
            print(wrong, file=sys.stderr)
            return WRONG_USAGE
        published = reports.publications(vault, client)
        if bound := report_said.open_first(published, organisation, period, Audience(asked.audience)):
            print(f"Let op: {bound}", file=sys.stderr)
        result = reports.export_report(
            vault,
            client_id=client,
            period=period,
            audience=Audience(asked.audience),
            out=asked.out,
            now=run.now,
            statements_out=asked.statements,
            backup_places=backups.places(vault) or (usual_place(asked.vault),),
            revised=asked.revised,
        )
        out = reports.publications(vault, client)
    finally:
        vault.close()
    ignored = bool(asked.groups) and (result.again or report_said.keeps_rows(out, result.publication))
    run.say(
        report_said.done(result, organisation, today=run.now.date(), rows_ignored=ignored),
        report=result.path,
        sha256=result.sha256,
        again=result.again,
        statements=asked.statements,
        niveau=report_said.level_of(result.publication),
        weggelaten=report_said.left_out(result.publication, organisation),
        groepen_genegeerd=ignored,
    )
    return DONE


def _backup(run: Run) -> int:
    from vpdesk.operations import backups  # noqa: PLC0415

    vault = _open(run)
    try:
        result = backups.make_backup(vault, places=(run.asked.to,), now=run.now)
    finally:
        vault.close()
    what = "Reservekopie van de oefenkluis" if vault.practice else "Reservekopie"
    run.say(
        f"{what} gemaakt, geopend en gecontroleerd: {result.path}",
        backup=result.path,
        sequence=result.sequence,
        verified=result.verified,
    )
    return DONE


def _verify(run: Run) -> int:
    from vpdesk.operations import backups  # noqa: PLC0415

    asked = run.asked
    words, passphrase = secrets_of(asked)
    vault = None
    if asked.vault is not None:
        vault = _unlocked(run, words, passphrase)
        say_practice(vault, words, passphrase)
    try:
        report = backups.verify_backup(asked.file, words=words, vault=vault, attachments=True)
    finally:
        if vault is not None:
            vault.close()
    verdict = "echt en te openen" if report.authentic else "heel"
    beside = report.beside
    said = f"Deze reservekopie van {moment(report.made, run.now.date())} is {verdict}."
    run.say(
        said if beside is None else f"{said}\n{beside.sentence}".strip(),
        whole=report.whole,
        authentic=report.authentic,
        made=report.made,
        attachments=beside and beside.facts,
    )
    return FAILED if beside is not None and beside.wrong else DONE


def _restore(run: Run) -> int:
    from vpdesk.operations import restoring, vaults  # noqa: PLC0415

    asked = run.asked
    words = None
    if asked.words_stdin:
        words = line_from_stdin("regel met herstelwoorden")
    elif restoring.needs_words(asked.file):
        words = ask("Uw 16 herstelwoorden: ")
    passphrase = line_from_stdin("wachtzin") if asked.passphrase_stdin else None
    vault = restoring.restore_backup(
        asked.file,
        folder=asked.vault,
        words=words,
        passphrase=passphrase,
        keychain=vaults.system_keychain,
        now=run.now,
        later_reports=asked.later_reports,
    )
    warn(vault)
    say_practice(vault, words, passphrase)
    known, how = restoring.ledger_is_known(vault), how_it_opens(vault)
    enrolled = bool(passphrase) and not vault.practice
    vault.close()
    question = (
        ""
        if known
        else " Zijn er na deze kopie verslagen uitgegeven? "
        "Tot vpdesk dat weet, noemt het over die periode geen aantallen."
    )
    run.say(f"De kluis is teruggezet in {asked.vault}. {how}{question}", vault=asked.vault, enrolled=enrolled)
    return DONE


def _doctor(run: Run) -> int:
    from vpdesk.operations import doctor, vaults  # noqa: PLC0415

    words, passphrase = secrets_of(run.asked)
    lines = doctor.examine(
        run.asked.vault or vaults.default_folder(),
        passphrase=passphrase,
        words=words,
        keychain=vaults.system_keychain,
        now=run.now,
        in_use=folder_in_use,
    )
    verdicts = [("in orde" if line.looked else "onbekend") if line.ok else "let op" for line in lines]
    run.say(
        "\n".join(f"{said:8} {line.name}: {line.sentence}" for said, line in zip(verdicts, lines, strict=True)),
        checks=[
            {"name": line.name, "ok": line.ok if line.looked else None, "sentence": line.sentence} for line in lines
        ],
    )
    return DONE if all(line.ok for line in lines) else FAILED


_COMMANDS: Final = {
    "window": _window,
    "demo": _demo,
    "init": _init,
    "import": _import,
    "report": _report,
    "backup": _backup,
    "verify": _verify,
    "restore": _restore,
    "doctor": _doctor,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        asked = parser_for(_COMMANDS).parse_args(list(arguments))
        run = Run(asked, datetime.now().astimezone().replace(tzinfo=None))  # noqa: TID251 - the composition root
        code: int = asked.run(run)
    except VpdeskError as error:
        print(error.sentence, file=sys.stderr)
        if isinstance(error, (VaultDamagedError, VaultMissingError)) and getattr(asked, "vault", None) is not None:
            for sentence in copies_of(asked.vault, missing=isinstance(error, VaultMissingError)):
                print(sentence, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Gestopt. Wat al bewaard was, is veilig.", file=sys.stderr)
        return FAILED
    return code
