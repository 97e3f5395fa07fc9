"""The operations that faults are injected into: how each is prepared, done and judged."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.casework import a_case, a_talk
from tests.vault_kit import NOW, PHRASE, SMALL
from vpdesk.domain.errors import VaultError, VpdeskError
from vpdesk.operations.access import NewSheets, NewWords, new_sheets, new_words, replace_words, set_emergency
from vpdesk.operations.backups import checked_backups, make_backup, restore_backup, verify_backup
from vpdesk.operations.cases import close_case
from vpdesk.operations.conversations import get_conversation, save_conversation, search
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.vaults import describe, enrol_device, open_vault
from vpdesk.store import generations
from vpdesk.store.backup import BEFORE_UPDATE
from vpdesk.store.container import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.faults.strace_kit import Voice
    from vpdesk.domain.cases import Conversation
    from vpdesk.domain.ids import CaseId, ConversationId
    from vpdesk.store.vault import Vault

OTHER_PHRASE: Final = "een heel andere zin"
GOLDEN: Final = Path(__file__).parent.parent / "golden" / "vaults"
OLD, NEW = "oud " * 900, "nieuw " * 900
LATER: Final = NOW + timedelta(days=1)


class FileKeychain:
    """A keyring that survives the killed process; it stands outside the folder in which faults strike."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def _secrets(self) -> dict[str, str]:
        return dict(json.loads(self.path.read_text())) if self.path.exists() else {}

    def _keep(self, secrets: dict[str, str]) -> None:
        self.path.write_text(json.dumps(secrets))

    def backend_name(self) -> str:
        return "proef"

    def get(self, entry: str) -> str | None:
        return self._secrets().get(entry)

    def put(self, entry: str, secret: str) -> None:
        self._keep({**self._secrets(), entry: secret})

    def drop(self, entry: str) -> None:
        self._keep({name: secret for name, secret in self._secrets().items() if name != entry})


@dataclass
class Scene:
    """A laptop with a vault, a folder for backups and a keyring; `again` puts it back as it was prepared."""

    base: Path
    words: tuple[str, ...] = ()
    new_words: NewWords = field(default_factory=new_words)
    sheets: NewSheets = field(default_factory=new_sheets)
    talk: ConversationId | None = None
    case: CaseId | None = None
    copy: Path = Path()

    @property
    def root(self) -> Path:
        """Where faults strike: the folder of the vault and that of the backups."""
        return self.base / "schijf"

    @property
    def folder(self) -> Path:
        return self.root / "kluis"

    @property
    def place(self) -> Path:
        return self.root / "kopieen"

    @property
    def keychain(self) -> FileKeychain:
        return FileKeychain(self.base / "sleutelbos.json")

    def keep(self) -> None:
        """Remember how everything stands now."""
        for name in ("schijf", "sleutelbos.json"):
            source = self.base / name
            if source.is_dir():
                shutil.copytree(source, self.base / f"{name} eerst")
            elif source.exists():
                shutil.copy(source, self.base / f"{name} eerst")

    def again(self) -> None:
        """Put everything back as it was kept."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.base / "schijf eerst", self.root)
        (self.base / "sleutelbos.json").unlink(missing_ok=True)
        if (self.base / "sleutelbos.json eerst").exists():
            shutil.copy(self.base / "sleutelbos.json eerst", self.base / "sleutelbos.json")

    def opened(self, **way: object) -> Vault:
        """Open the vault with its words, or another way: words, passphrase or sheets."""
        way = way or {"words": self.words}
        return open_vault(self.folder, **way, keychain=self.keychain, now=LATER)  # type: ignore[arg-type] # as its own

    def opens(self, **way: object) -> bool:
        """Return whether that way opens the vault."""
        try:
            self.opened(**way).close()
        except VaultError:
            return False
        return True

    def judge_files(self, *, generations_at_most: int = 1) -> None:
        """After an opening nothing stays that a fault left: no temporary file, no journal, no unfinished generation."""
        counts = generations.current(self.folder)
        kept = {"current", "lock", BEFORE_UPDATE}
        inside = sorted(path.name for path in self.folder.iterdir() if path.name not in kept)
        assert counts.name in inside
        assert len(inside) <= generations_at_most, inside
        assert all(name.startswith("g-") for name in inside), inside
        for name in inside:
            assert sorted(path.name for path in (self.folder / name).iterdir()) == ["vault.db", "vault.keys"], name


@dataclass(frozen=True)
class Operation:
    """One entry of the table.

    `run` works in the child and acknowledges what it has done; `judge` opens what is there, fails when it is not whole,
    and returns whether it holds the new state.
    """

    name: str
    prepare: Callable[[Scene], None]
    run: Callable[[Scene, Voice], None]
    judge: Callable[[Scene], bool]
    ends_old: bool = True  # False where the judging itself brings an old state up to date
    everywhere: bool = True  # False where the exhaustive series are another test's: test_interrupted.py makes vaults


def prepared(operation: Operation, base: Path) -> Scene:
    """Return the scene of an operation, ready to be played many times."""
    base.mkdir()
    scene = Scene(base)
    scene.root.mkdir()
    operation.prepare(scene)
    scene.keep()
    return scene


def new_vault(scene: Scene) -> Vault:
    setup = begin_setup(scene.folder, passphrase=PHRASE, keychain=scene.keychain, now=NOW, kdf=SMALL)
    scene.words = setup.words
    vault = setup.confirm(setup.words)
    case = a_case(vault, pseudonym="Sluis")  # a search for *oud* would find Goudvink too
    for number in range(3):
        a_talk(vault, case, working_note=f"vulling {number} " * 200)
    scene.talk = a_talk(vault, case, working_note=OLD).id
    return vault


def _with_vault(scene: Scene) -> None:
    new_vault(scene).close()


def _talk(vault: Vault, scene: Scene) -> Conversation:
    assert scene.talk is not None
    return get_conversation(vault, scene.talk)


def _changed(vault: Vault, scene: Scene) -> Conversation:
    talk = replace(_talk(vault, scene), working_note=NEW, next_step="bellen", next_on=date(2026, 2, 3))
    return save_conversation(vault, talk, now=NOW)


def _is_new(vault: Vault, scene: Scene) -> bool:
    """Return which text stands there; text, search index and reminder must agree."""
    assert vault.integrity(full=True)
    talk = _talk(vault, scene)
    found = {word: len(search(vault, word)) for word in ("oud", "nieuw")}
    step = vault.reminders.of_conversation(talk.id)
    if talk.working_note == OLD:
        assert found == {"oud": 1, "nieuw": 0}
        assert step is None
        return False
    assert talk.working_note == NEW
    assert found == {"oud": 0, "nieuw": 1}
    assert step is not None
    return True


def _save(scene: Scene, voice: Voice) -> None:
    """Save, and once more where that failed: a user presses the button again."""
    with scene.opened() as vault:
        try:
            _changed(vault, scene)
        except VpdeskError as error:
            voice.say(error)
            _changed(vault, scene)
        voice.acknowledge()


def _judge_saved(scene: Scene) -> bool:
    with scene.opened() as vault:
        new = _is_new(vault, scene)
    scene.judge_files()
    return new


def _sheets(scene: Scene) -> tuple[str, str]:
    return " ".join(scene.sheets.first), " ".join(scene.sheets.second)


def _give_sheets(scene: Scene, voice: Voice) -> None:
    """Write a slot into the key file; the vault key stays."""
    with scene.opened() as vault:
        set_emergency(vault, new=scene.sheets, typed=_sheets(scene), now=NOW)
        voice.acknowledge()


def _judge_sheets(scene: Scene) -> bool:
    new = scene.opens(sheets=_sheets(scene))
    assert scene.opens(passphrase=PHRASE)
    with scene.opened() as vault:
        assert not _is_new(vault, scene)
    scene.judge_files()
    return new


def _give_words(scene: Scene, voice: Voice) -> None:
    """Give new words, and so a new vault key in a new generation."""
    with scene.opened() as vault:
        replace_words(vault, new=scene.new_words, typed=" ".join(scene.new_words.words), now=NOW)
        voice.acknowledge()


def _judge_words(scene: Scene) -> bool:
    new = scene.opens(words=scene.new_words.words)
    assert scene.opens(words=scene.words) is not new
    with scene.opened(passphrase=PHRASE) as vault:
        assert not _is_new(vault, scene)
    scene.judge_files()
    return new


def _enrol(scene: Scene, voice: Voice) -> None:
    """Give another passphrase, and so a new vault key, with a keyring that must know it in time."""
    with scene.opened() as vault:
        enrol_device(vault, passphrase=OTHER_PHRASE, keychain=scene.keychain, kdf=SMALL, now=NOW)
        voice.acknowledge()


def _judge_enrolled(scene: Scene) -> bool:
    new = scene.opens(passphrase=OTHER_PHRASE)
    assert scene.opens(passphrase=PHRASE) is not new
    with scene.opened() as vault:
        assert not _is_new(vault, scene)
    scene.judge_files()
    return new


def _back_up(scene: Scene, voice: Voice) -> None:
    with scene.opened() as vault:
        make_backup(vault, places=(scene.place,), now=NOW)
        voice.acknowledge()


def _judge_backup(scene: Scene) -> bool:
    there = sorted(scene.place.glob("vpdesk-*")) if scene.place.exists() else []
    assert there == sorted(report.path for report in checked_backups([scene.place]))
    for path in there:
        assert verify_backup(path, words=scene.words).authentic
    with scene.opened() as vault:
        assert not _is_new(vault, scene)
        assert not (scene.folder / generations.WORK).exists()
        make_backup(vault, places=(scene.place,), now=LATER)
    assert all(path.suffix == SUFFIX and path.name.startswith("vpdesk-") for path in scene.place.iterdir())
    scene.judge_files()
    return bool(there)


def _with_backup(scene: Scene) -> None:
    with new_vault(scene) as vault:
        scene.copy = make_backup(vault, places=(scene.place,), now=NOW).path
        _changed(vault, scene)


def _restore(scene: Scene, voice: Voice) -> None:
    vault = restore_backup(
        scene.copy,
        folder=scene.folder,
        words=scene.words,
        passphrase=OTHER_PHRASE,
        keychain=scene.keychain,
        now=NOW,
        kdf=SMALL,
    )
    voice.acknowledge()
    vault.close()


def _judge_restored(scene: Scene) -> bool:
    """Return whether the backup counts; the vault before it stays as it was, and each opens with its own passphrase."""
    with scene.opened() as vault:
        restored = not _is_new(vault, scene)
        assert len(vault.warnings) <= 1
    assert scene.opens(passphrase=OTHER_PHRASE) is restored
    assert scene.opens(passphrase=PHRASE) is not restored
    scene.judge_files(generations_at_most=1 + restored)
    former = scene.base / "schijf eerst" / "kluis"
    name = generations.current(former).name
    for file in ("vault.db", "vault.keys"):
        assert (scene.folder / name / file).exists()
        if restored:
            assert (scene.folder / name / file).read_bytes() == (former / name / file).read_bytes()
    return restored


def _older_schema(scene: Scene) -> None:
    shutil.copytree(GOLDEN / "2", scene.folder)


def _migrate(scene: Scene, voice: Voice) -> None:
    open_vault(scene.folder, keychain=scene.keychain, now=NOW).close()
    voice.acknowledge()


def _judge_migrated(scene: Scene) -> bool:
    copies = scene.folder / BEFORE_UPDATE
    if copies.exists():
        there = sorted(copies.glob("vpdesk-*"))
        assert there == sorted(report.path for report in checked_backups([copies]))
    with open_vault(scene.folder, keychain=scene.keychain, now=LATER) as vault:
        assert vault.integrity(full=True)
        assert search(vault, "kanarie")
        assert vault.clients.by_name("Stichting Speelwijs")
    scene.judge_files()
    return True


def _with_closed_case(scene: Scene) -> None:
    with new_vault(scene) as vault:
        assert scene.talk is not None
        case = get_conversation(vault, scene.talk).case
        assert case is not None
        close_case(vault, case_id=case, outcome="onbekend", reason="doel bereikt", on=date(2025, 9, 1))
        scene.case = case
        a_talk(vault, working_note="blijft " * 50)


def _destroy(scene: Scene, voice: Voice) -> None:
    assert scene.case is not None
    with scene.opened() as vault:
        destroy_case(vault, case_id=scene.case, now=NOW)
        voice.acknowledge()


def _judge_destroyed(scene: Scene) -> bool:
    """Return whether the case is gone with all its texts and words; what is not of the case stays."""
    assert scene.case is not None
    with scene.opened() as vault:
        assert vault.integrity(full=True)
        gone = vault.connection.execute("SELECT count(*) FROM cases").fetchone() == (0,)
        texts = vault.connection.execute("SELECT working_note FROM conversation_texts").fetchall()
        assert len(texts) == (1 if gone else 5)
        assert [len(search(vault, word)) for word in ("oud", "vulling", "blijft")] == ([0, 0, 1] if gone else [1, 3, 1])
    scene.judge_files()
    return gone


def _nothing(scene: Scene) -> None:
    """A laptop on which no vault stands yet."""


def _set_up(scene: Scene, voice: Voice) -> None:
    setup = begin_setup(scene.folder, passphrase=PHRASE, keychain=scene.keychain, now=NOW, kdf=SMALL)
    vault = setup.confirm(setup.words)
    voice.acknowledge()
    vault.close()


def _judge_set_up(scene: Scene) -> bool:
    """Return whether there is a vault: it opens. Where there is none, one can be made after all."""
    new = describe(scene.folder).exists
    if not new:
        setup = begin_setup(scene.folder, passphrase=PHRASE, keychain=scene.keychain, now=NOW, kdf=SMALL)
        setup.confirm(setup.words).close()
    with scene.opened(passphrase=PHRASE) as vault:
        assert vault.integrity(full=True)
    scene.judge_files()
    return new


OPERATIONS: Final = (
    Operation("opzetten", _nothing, _set_up, _judge_set_up, everywhere=False),
    Operation("opslaan", _with_vault, _save, _judge_saved),
    Operation("sleutelbestand", _with_vault, _give_sheets, _judge_sheets),
    Operation("woorden", _with_vault, _give_words, _judge_words),
    Operation("wachtzin", _with_vault, _enrol, _judge_enrolled),
    Operation("reservekopie", _with_vault, _back_up, _judge_backup),
    Operation("terugzetten", _with_backup, _restore, _judge_restored),
    Operation("vernietigen", _with_closed_case, _destroy, _judge_destroyed),
    Operation("bijwerken", _older_schema, _migrate, _judge_migrated, ends_old=False),
)
EVERYWHERE: Final = tuple(operation for operation in OPERATIONS if operation.everywhere)
