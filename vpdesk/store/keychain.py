"""The only module that imports keyring: device secrets in the keyring of the system, asked with a time-out."""

from __future__ import annotations

import configparser
import contextlib
import importlib
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from vpdesk.domain.errors import KeyringAbsentError, KeyringError, KeyringLockedError, KeyringRefusedError

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

SERVICE: Final = "vpdesk"
NOT_TEXT: Final = "?"  # stands for an entry that is no text: it is there, and is nobody's secret
PATIENCE_SECONDS: Final = 10.0

SECRET_SERVICE: Final = "keyring.backends.SecretService.Keyring"  # noqa: S105 - the name of a class
KWALLET: Final = "keyring.backends.kwallet.DBusKeyring"
WINDOWS: Final = "keyring.backends.Windows.WinVaultKeyring"
MACOS: Final = "keyring.backends.macOS.Keyring"
FAIL: Final = "keyring.backends.fail.Keyring"
NULL: Final = "keyring.backends.null.Keyring"

NAMES: Final = {
    SECRET_SERVICE: "Secret Service",
    KWALLET: "KWallet",
    WINDOWS: "Windows Referentiebeheer",
    MACOS: "macOS Sleutelhanger",
}

ABSENT: Final = (
    "Deze laptop biedt geen sleutelbos waarin vpdesk een geheim kan bewaren. Er is niets veranderd. "
    "Een bestaande kluis gaat open met de 16 herstelwoorden."
)
LOCKED: Final = (
    "De sleutelbos van deze laptop is op slot. Er is niets veranderd. Ontgrendel de sleutelbos en probeer het opnieuw."
)
DISMISSED: Final = (
    "De sleutelbos van deze laptop bleef op slot: op de vraag om hem te ontgrendelen kwam geen antwoord. "
    "Er is niets veranderd. Probeer het opnieuw en typ dan in dat venster het wachtwoord van de sleutelbos."
)
GONE: Final = (
    "De sleutelbos van deze laptop is gestopt. Er is niets veranderd. "
    "Probeer het opnieuw; helpt dat niet, meld u dan op de laptop af en weer aan."
)
HANGING: Final = (
    "De sleutelbos van deze laptop geeft geen antwoord. Er is niets veranderd. "
    "Kijk of er een venster op uw wachtwoord wacht en probeer het opnieuw."
)
FAILING: Final = (
    "De sleutelbos van deze laptop geeft een fout. Er is niets veranderd. "
    "Probeer het opnieuw of start de laptop opnieuw."
)


MISREAD: Final[tuple[type[Exception], ...]] = (TypeError, ValueError, LookupError, AttributeError, AssertionError)
"""What a backend raises that was sent something else than it asked for."""


class Keychain(Protocol):
    """Keeps small secrets by entry name; every method may raise a KeyringError."""

    def backend_name(self) -> str:
        """Return the name of what keeps the secrets, as shown to the user; raises when there is none."""

    def unlocked(self) -> bool:
        """Return whether it answers without asking the user anything; False where that can't be told."""

    def get(self, entry: str) -> str | None:
        """Return the secret of an entry, None when there is no such entry."""

    def put(self, entry: str, secret: str) -> None:
        """Keep a secret, over an earlier one."""

    def drop(self, entry: str) -> None:
        """Remove an entry; nothing happens when it is not there."""


KeychainSource = Keychain | Callable[[], Keychain]


def resolved(source: KeychainSource) -> Keychain:
    """Return the keychain, made now when a way to make it was given; whoever needs none never calls this."""
    return source() if callable(source) else source


class MemoryKeychain:
    """The twin in memory, for the practice vault's sake and for tests that are not about the keyring."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    def backend_name(self) -> str:
        """Return that nothing outlives the process."""
        return "geheugen"

    def unlocked(self) -> bool:
        """Return that nobody is asked."""
        return True

    def get(self, entry: str) -> str | None:
        """Return the secret of an entry."""
        return self._secrets.get(entry)

    def put(self, entry: str, secret: str) -> None:
        """Keep a secret until the process ends."""
        self._secrets[entry] = secret

    def drop(self, entry: str) -> None:
        """Remove an entry."""
        self._secrets.pop(entry, None)


def chosen_by_configuration() -> str | None:
    """Return the backend class that the environment or keyringrc.cfg names, None where nothing was chosen.

    Raises:
        KeyringRefusedError: the configuration can't be read, so what was chosen is unknown.
    """
    named = os.environ.get("PYTHON_KEYRING_BACKEND", "").strip()
    if named:
        return named
    platform: Any = importlib.import_module("keyring.util.platform_")
    path: Path = platform.config_root() / "keyringrc.cfg"
    parser = configparser.RawConfigParser()
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError, OSError):
        raise KeyringRefusedError(
            f"Het bestand {path} kiest een sleutelbos en is niet te lezen. Er is niets veranderd. "
            "Herstel dat bestand of haal het weg."
        ) from None
    return parser.get("backend", "default-keyring", fallback="").strip() or None


def candidates() -> tuple[str, ...]:
    """Return the backend classes to try, in order.

    Raises:
        KeyringRefusedError: the configuration chooses a backend that keeps nothing, keeps it in the clear, or that
            vpdesk doesn't know; it is never silently worked around.
    """
    chosen = chosen_by_configuration()
    if chosen is None:
        by_platform = {"win32": (WINDOWS,), "darwin": (MACOS,)}
        return by_platform.get(sys.platform, (SECRET_SERVICE, KWALLET))
    if chosen in NAMES:
        return (chosen,)
    if chosen == FAIL:
        reason = "Die geeft op elke vraag een fout."
    elif chosen == NULL:
        reason = "Die bewaart niets."
    elif chosen.startswith("keyrings.alt."):
        reason = "Die bewaart geheimen op een manier die anderen kunnen lezen."
    else:
        reason = "vpdesk weet niet of die veilig is."
    raise KeyringRefusedError(
        f"Op deze laptop is als sleutelbos ‘{chosen}’ ingesteld. {reason} vpdesk gebruikt hem niet en heeft niets "
        "veranderd. Haal die instelling weg (PYTHON_KEYRING_BACKEND of keyringrc.cfg) en probeer het opnieuw."
    )


def _backend(names: tuple[str, ...]) -> tuple[str, Any]:
    """Return name and instance of the first backend that works here; imports only what it tries."""
    for name in names:
        module_name, _, class_name = name.rpartition(".")
        try:
            backend = getattr(importlib.import_module(module_name), class_name)
            backend.priority  # noqa: B018 - raises where the backend does not work
        except (ImportError, RuntimeError, OSError, EOFError):  # not installed, not running, or its bus is gone
            continue
        except _failures(name) as error:  # something answers there, and not as a keyring does
            raise KeyringLockedError(FAILING) from error
        keyring = backend()
        if name == WINDOWS:
            keyring.persist = "local machine"  # the default travels with a roaming profile
        return name, keyring
    raise KeyringAbsentError(ABSENT)


def _failures(name: str) -> tuple[type[Exception], ...]:
    """Return what a backend raises when it fails: from its own modules, or for an answer that is none."""
    if name == SECRET_SERVICE:
        jeepney, storage = (importlib.import_module(m) for m in ("jeepney", "secretstorage.exceptions"))
        return (*MISREAD, storage.SecretStorageException, jeepney.DBusErrorResponse)
    if name == KWALLET:
        return (*MISREAD, importlib.import_module("dbus").DBusException)
    if name == WINDOWS:
        return (*MISREAD, importlib.import_module("win32ctypes.pywin32.pywintypes").error)
    return MISREAD


def _understood(name: str, error: Exception) -> KeyringError | None:
    """Return the sentence for what a backend raised, None when it is a bug."""
    errors: Any = importlib.import_module("keyring.errors")
    if not isinstance(error, (errors.KeyringError, OSError, EOFError, *_failures(name))):
        return None
    chain = {type(e).__name__ for e in (error, error.__cause__) if e is not None}
    if chain & {"KeyringLocked", "PromptDismissedException"}:  # keyring raises the first after a prompt came to nothing
        return KeyringLockedError(DISMISSED)
    if "LockedException" in chain:
        return KeyringLockedError(LOCKED)
    if "NoKeyringError" in chain:
        return KeyringAbsentError(ABSENT)
    if "SecretServiceNotAvailableException" in chain:  # it was there when the backend was chosen
        return KeyringLockedError(GONE)
    return KeyringLockedError(FAILING)


def within(seconds: float, job: Callable[[], T]) -> T:
    """Return what the job returns, or raise what it raises, within a time.

    A thread that hangs in a keyring can't be stopped; as a daemon it does not keep the program from ending.

    Raises:
        KeyringLockedError: no answer in time.
    """
    answer: Future[T] = Future()

    def run() -> None:
        try:
            answer.set_result(job())
        except Exception as error:  # noqa: BLE001 - nothing is swallowed: it is raised again in the asking thread
            answer.set_exception(error)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    try:
        return answer.result(timeout=seconds)
    except TimeoutError:
        raise KeyringLockedError(HANGING) from None


def _place(entry: str) -> tuple[str, str]:
    """Return service and user of an entry; `<vault id>:stand` becomes service `vpdesk stand`, user `<vault id>`.

    Windows keeps one entry a service under its plain name and moves the others about at every write, so what is
    written at every closing stands apart from the device secret.
    """
    user, _, kind = entry.partition(":")
    return (f"{SERVICE} {kind}" if kind else SERVICE), user


def _without_prompt(name: str) -> bool:
    """Return whether a backend answers without a prompt: those of Windows and macOS opened with the session."""
    if name != SECRET_SERVICE:
        return name in {WINDOWS, MACOS}
    storage: Any = importlib.import_module("secretstorage")
    with contextlib.closing(storage.dbus_init()) as bus:
        try:
            return not storage.Collection(bus).is_locked()
        except storage.ItemNotFoundException:  # no keyring was made yet; the backend itself would ask for one
            return False


def _read(backend: Any, entry: str) -> str | None:
    try:
        secret: str | None = backend.get_password(*_place(entry))
    except UnicodeDecodeError:  # not what vpdesk wrote there
        return NOT_TEXT
    return secret


class SystemKeychain:
    """The keyring of the system; imports and starts nothing before the first question."""

    def __init__(self, *, patience: float = PATIENCE_SECONDS) -> None:
        """Wait at most `patience` seconds for an answer."""
        self._patience = patience
        self._found: tuple[str, Any] | None = None
        self._answered = False

    def _ask(self, question: Callable[[Any], T]) -> T:
        found: list[str] = []

        def job() -> T:
            if self._found is None:
                self._found = _backend(candidates())
            name, backend = self._found
            found.append(name)
            return question(backend)

        try:
            answer = within(self._patience, job)
        except KeyringAbsentError:
            if self._answered:
                raise KeyringLockedError(GONE) from None
            raise
        except KeyringError:
            self._found = None
            raise
        except Exception as error:
            self._found = None  # a backend may hold a connection that died; the next question finds it anew
            understood = _understood(found[0], error) if found else None
            if understood is None:
                raise
            raise understood from error
        self._answered = True
        return answer

    def backend_name(self) -> str:
        """Return what the system calls its keyring."""
        self._ask(lambda _: None)
        return NAMES[self._found[0]] if self._found else ""

    def unlocked(self) -> bool:
        """Return whether it answers without asking the user anything; raises when there is none."""
        return self._ask(lambda _: self._found is not None and _without_prompt(self._found[0]))

    def get(self, entry: str) -> str | None:
        """Return the secret of an entry."""
        return self._ask(lambda backend: _read(backend, entry))

    def put(self, entry: str, secret: str) -> None:
        """Keep a secret, and read it back, since some backends keep nothing and do not say so."""

        def keep(backend: Any) -> bool:
            backend.set_password(*_place(entry), secret)
            return bool(_read(backend, entry) == secret)

        if not self._ask(keep):
            raise KeyringRefusedError(
                "De sleutelbos van deze laptop bewaart niet wat vpdesk erin legt. Er is niets veranderd. "
                "Kies in de instellingen van de laptop een andere sleutelbos."
            )

    def drop(self, entry: str) -> None:
        """Remove an entry."""

        def remove(backend: Any) -> None:
            if _read(backend, entry) is not None:
                backend.delete_password(*_place(entry))

        self._ask(remove)
