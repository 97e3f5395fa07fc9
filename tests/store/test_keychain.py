"""Real keyrings keep the secret, the others are refused by name, and none makes the program wait forever."""

from __future__ import annotations

import os
import socketserver
import subprocess
import sys
import tempfile
import threading
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jeepney import HeaderFields, Message, Parser, new_error, new_method_return

from tests.keyring_session import home_environment, keyring_session
from vpdesk.domain.errors import (
    KeyringAbsentError,
    KeyringError,
    KeyringLockedError,
    KeyringRefusedError,
)
from vpdesk.store import keychain
from vpdesk.store.keychain import MemoryKeychain, SystemKeychain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NULL = "keyring.backends.null.Keyring"
PLAINTEXT = "keyrings.alt.file.PlaintextKeyring"

ASK = """
from vpdesk.domain.errors import KeyringError
from vpdesk.store.keychain import SystemKeychain
try:
    SystemKeychain().put("kluis", "geheim")
except KeyringError as error:
    print(type(error).__name__, error.sentence)
"""

LOOK = """
from vpdesk.store.keychain import SystemKeychain
print(SystemKeychain().unlocked())
"""
LOCK = """
import secretstorage
secretstorage.Collection(secretstorage.dbus_init()).lock()
"""

USE = """
import sys
from vpdesk.store.keychain import SystemKeychain
chain = SystemKeychain()
assert not [name for name in sys.modules if name.startswith(("keyring", "secretstorage"))]
print(chain.backend_name(), chain.get("kluis"))
chain.put("kluis", "geheim")
chain.put("kluis:stand", "7")
print(SystemKeychain().get("kluis"), chain.get("kluis:stand"))
chain.drop("kluis")
chain.drop("kluis")
print(chain.get("kluis"))
loaded = {name for name in sys.modules if name.startswith("keyring.backends.")}
print(" ".join(sorted(loaded)), "importlib.metadata" in sys.modules)
"""


def run(code: str, environment: Mapping[str, str]) -> list[str]:
    finished = subprocess.run(
        [sys.executable, "-c", code], env=dict(environment), capture_output=True, text=True, check=False, timeout=60
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.splitlines()


@pytest.mark.keyring
def test_a_real_secret_service_keeps_what_it_was_given_and_only_its_backend_is_loaded() -> None:
    with keyring_session() as environment:
        lines = run(USE, environment)
    assert lines == [
        "Secret Service None",
        "geheim 7",
        "None",
        "keyring.backends.SecretService keyring.backends.fail False",
    ]


@pytest.mark.keyring
def test_a_locked_keyring_asks_to_be_unlocked() -> None:
    with keyring_session(unlocked=False) as environment:
        (line,) = run(ASK, environment)
    assert line.startswith("KeyringLockedError De sleutelbos van deze laptop bleef op slot: op de vraag")


@pytest.mark.keyring
def test_looking_whether_a_keyring_is_unlocked_asks_nobody() -> None:
    with keyring_session() as environment:
        assert run(LOOK, environment) == ["True"]
        assert run(LOCK + LOOK, environment) == ["False"]
    with keyring_session(unlocked=False) as environment:
        assert run(LOOK, environment) == ["False"], "none was made yet"


@pytest.mark.parametrize(
    ("name", "unlocked"), [(keychain.WINDOWS, True), (keychain.MACOS, True), (keychain.KWALLET, False)]
)
def test_other_keyrings_are_unlocked_with_the_session_or_not_known_to_be(
    name: str, unlocked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keychain, "_backend", lambda _names: (name, object()))
    assert SystemKeychain().unlocked() is unlocked


def test_without_a_keyring_it_says_so(tmp_path: Path) -> None:
    (line,) = run(ASK, home_environment(tmp_path))
    assert line.startswith("KeyringAbsentError Deze laptop biedt geen sleutelbos")


@pytest.mark.keyring
@pytest.mark.parametrize(
    ("chosen", "answer"),
    [
        (NULL, f"KeyringRefusedError Op deze laptop is als sleutelbos ‘{NULL}’ ingesteld. Die bewaart niets."),
        (
            PLAINTEXT,
            f"KeyringRefusedError Op deze laptop is als sleutelbos ‘{PLAINTEXT}’ ingesteld. Die bewaart geheimen",
        ),
        (
            "my.own.Keyring",
            "KeyringRefusedError Op deze laptop is als sleutelbos ‘my.own.Keyring’ ingesteld. vpdesk weet",
        ),
        (
            "keyring.backends.fail.Keyring",
            "KeyringRefusedError Op deze laptop is als sleutelbos ‘keyring.backends.fail.Keyring’ ingesteld. Die geeft",
        ),
    ],
)
def test_a_choice_that_keeps_nothing_safely_is_refused_by_name_and_not_worked_around(chosen: str, answer: str) -> None:
    with keyring_session() as environment:
        (line,) = run(ASK, {**environment, "PYTHON_KEYRING_BACKEND": chosen})
        assert line.startswith(answer)
        found = run(USE, environment)
    assert found[0] == "Secret Service None"  # nothing was put in the real one meanwhile


@pytest.fixture
def configuration(clean_home: Path) -> Path:
    path = clean_home.parent / "home" / ".config" / "python_keyring" / "keyringrc.cfg"
    root = os.environ.get("XDG_CONFIG_HOME")
    if root:
        path = type(path)(root) / "python_keyring" / "keyringrc.cfg"
    path.parent.mkdir(parents=True)
    return path


def test_the_configuration_file_chooses_too(configuration: Path) -> None:
    configuration.write_text(f"[backend]\ndefault-keyring={NULL}\n")
    with pytest.raises(KeyringRefusedError, match="bewaart niets"):
        SystemKeychain().get("kluis")
    configuration.write_text(f"[backend]\ndefault-keyring={keychain.KWALLET}\n")
    assert keychain.candidates() == (keychain.KWALLET,)
    configuration.write_text("[other]\nname=value\n")
    assert keychain.chosen_by_configuration() is None
    configuration.unlink()
    assert keychain.chosen_by_configuration() is None


@pytest.mark.parametrize("content", [b"no section\n", b"\xff\xfe[backend]\n"])
def test_a_configuration_that_can_not_be_read_is_refused(configuration: Path, content: bytes) -> None:
    configuration.write_bytes(content)
    with pytest.raises(KeyringRefusedError, match="keyringrc"):
        keychain.chosen_by_configuration()


@pytest.mark.parametrize(
    ("platform", "tried"),
    [
        ("linux", (keychain.SECRET_SERVICE, keychain.KWALLET)),
        ("win32", (keychain.WINDOWS,)),
        ("darwin", (keychain.MACOS,)),
    ],
)
def test_each_system_has_its_own_keyring(
    clean_home: Path, monkeypatch: pytest.MonkeyPatch, platform: str, tried: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert keychain.candidates() == tried


def test_a_keyring_that_hangs_is_given_up_on() -> None:
    never = threading.Event()
    with pytest.raises(KeyringLockedError, match="geeft geen antwoord"):
        keychain.within(0.05, never.wait)
    never.set()
    assert keychain.within(20, lambda: "antwoord") == "antwoord"
    with pytest.raises(ZeroDivisionError):
        keychain.within(20, lambda: 1 / 0)


class Backend:
    """Stands where a backend of another system would; `fault` is raised by every question."""

    priority = 5
    persist = "enterprise"

    def __init__(self, fault: Exception | None = None) -> None:
        self.fault = fault

    def get_password(self, service: str, entry: str) -> str | None:
        assert (service, entry) == ("vpdesk", "kluis")
        if self.fault is not None:
            raise self.fault
        return None

    def set_password(self, service: str, entry: str, secret: str) -> None:
        assert (service, entry, secret) == ("vpdesk", "kluis", "geheim")


def using(name: str, backend: Any) -> SystemKeychain:
    chain = SystemKeychain()
    chain._found = (name, backend)
    return chain


def test_a_backend_that_keeps_nothing_is_caught_by_reading_back() -> None:
    with pytest.raises(KeyringRefusedError, match="bewaart niet wat vpdesk erin legt"):
        using(keychain.SECRET_SERVICE, Backend()).put("kluis", "geheim")


def faults() -> list[tuple[Exception, str]]:
    import keyring.errors as errors  # noqa: PLC0415, PLR0402 - real errors of the real backends
    import secretstorage.exceptions as storage  # noqa: PLC0415

    dismissed = errors.InitError("no collection")
    dismissed.__cause__ = storage.PromptDismissedException("dismissed")
    return [
        (errors.KeyringLocked("locked"), keychain.DISMISSED),  # keyring raises it once a prompt came to nothing
        (storage.LockedException("locked"), keychain.LOCKED),
        (dismissed, keychain.DISMISSED),
        (errors.NoKeyringError("none"), keychain.ABSENT),
        (storage.SecretServiceNotAvailableException("gone"), keychain.GONE),
        (errors.PasswordSetError("refused"), keychain.FAILING),
        (ConnectionResetError("daemon killed"), keychain.FAILING),
        (EOFError("daemon killed"), keychain.FAILING),
    ]


@pytest.mark.parametrize("number", range(8))
def test_each_fault_of_a_backend_has_its_own_sentence(number: int) -> None:
    fault, sentence = faults()[number]
    with pytest.raises(KeyringError) as caught:
        using(keychain.SECRET_SERVICE, Backend(fault)).get("kluis")
    assert caught.value.sentence == sentence
    assert isinstance(caught.value, KeyringAbsentError) == (sentence == keychain.ABSENT)


def test_a_backend_that_failed_is_looked_for_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = using(keychain.SECRET_SERVICE, Backend(EOFError("its connection died")))
    with pytest.raises(KeyringLockedError):
        chain.get("kluis")
    monkeypatch.setattr(keychain, "_backend", lambda _names: (keychain.SECRET_SERVICE, Backend()))
    assert chain.get("kluis") is None


def test_a_keyring_that_answered_before_has_stopped_and_is_not_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_names: object) -> None:
        raise KeyringAbsentError(keychain.ABSENT)

    chain = using(keychain.SECRET_SERVICE, Backend())
    assert chain.get("kluis") is None
    chain._found = None
    monkeypatch.setattr(keychain, "_backend", none)
    with pytest.raises(KeyringLockedError, match="is gestopt"):
        chain.get("kluis")
    with pytest.raises(KeyringAbsentError):
        SystemKeychain().get("kluis")


def test_the_errors_of_other_systems_are_known_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class OfTheSystem(Exception):  # noqa: N818 - stands for dbus.DBusException and pywintypes.error
        """What a binding of another system raises."""

    for name, module in ((keychain.KWALLET, "dbus"), (keychain.WINDOWS, "win32ctypes.pywin32.pywintypes")):
        part = types.ModuleType(module)
        part.DBusException = part.error = OfTheSystem  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module, part)
        if "." in module:
            for parent in ("win32ctypes", "win32ctypes.pywin32"):
                monkeypatch.setitem(sys.modules, parent, types.ModuleType(parent))
        with pytest.raises(KeyringLockedError, match="geeft een fout"):
            using(name, Backend(OfTheSystem())).get("kluis")


def test_a_backend_that_is_not_installed_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("keyring.backends.macOS")
    module.Keyring = Backend  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring.backends.macOS", module)
    name, _ = keychain._backend(("no.such.module.Keyring", keychain.MACOS))
    assert name == keychain.MACOS
    with pytest.raises(KeyringAbsentError):
        keychain._backend(("no.such.module.Keyring",))


@pytest.mark.keyring
def test_the_keyring_of_the_session_is_asked_from_this_process_too(secret_service: None) -> None:
    chain = SystemKeychain()
    assert chain.backend_name() == "Secret Service"
    chain.put("proef", "geheim")
    assert chain.get("proef") == "geheim"
    chain.drop("proef")
    chain.drop("proef")
    assert chain.get("proef") is None


def test_the_configuration_can_name_one_that_always_fails_or_an_unknown_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, reason in (
        (keychain.FAIL, "op elke vraag een fout"),
        (PLAINTEXT, "kunnen lezen"),
        ("my.own.Keyring", "weet niet"),
    ):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
        with pytest.raises(KeyringRefusedError, match=reason):
            SystemKeychain().get("kluis")


@pytest.mark.parametrize("name", [keychain.SECRET_SERVICE, keychain.MACOS])
def test_anything_else_is_a_bug_and_loud(name: str) -> None:
    with pytest.raises(ZeroDivisionError):
        using(name, Backend(ZeroDivisionError())).get("kluis")


def test_on_windows_the_secret_stays_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("keyring.backends.Windows")
    module.WinVaultKeyring = Backend  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring.backends.Windows", module)
    name, backend = keychain._backend((keychain.WINDOWS,))
    assert (name, backend.persist) == (keychain.WINDOWS, "local machine")


def test_the_memory_twin_behaves_like_the_real_one() -> None:
    chain = MemoryKeychain()
    assert chain.backend_name() == "geheugen"
    assert chain.get("kluis") is None
    chain.put("kluis", "geheim")
    assert chain.get("kluis") == "geheim"
    chain.drop("kluis")
    chain.drop("kluis")
    assert chain.get("kluis") is None
    assert keychain.resolved(chain) is chain
    assert keychain.resolved(lambda: chain) is chain


@pytest.mark.parametrize(
    ("entry", "place"), [("a1", ("vpdesk", "a1")), ("a1:stand", ("vpdesk stand", "a1")), ("", ("vpdesk", ""))]
)
def test_what_is_written_often_stands_apart_from_the_device_secret(entry: str, place: tuple[str, str]) -> None:
    assert keychain._place(entry) == place


NO_TEXT = """
import secretstorage
from vpdesk.store.keychain import SystemKeychain
chain = SystemKeychain()
chain.put("kluis", "geheim")
connection = secretstorage.dbus_init()
(item,) = secretstorage.search_items(connection, {"service": "vpdesk", "username": "kluis"})
item.set_secret(bytes([255, 254, 0, 1]))
connection.close()
print(chain.get("kluis"))
chain.put("kluis", "weer goed")
print(chain.get("kluis"))
"""


@pytest.mark.keyring
def test_an_entry_that_is_no_text_is_there_and_nobodys_secret() -> None:
    with keyring_session() as environment:
        lines = run(NO_TEXT, environment)
    assert lines == ["?", "weer goed"]


class Answering(socketserver.ThreadingUnixStreamServer):
    """A bus on which a Secret Service seems to be, that answers every question in one way."""

    daemon_threads = True

    def __init__(self, path: Path, reply: Callable[[Message], Message]) -> None:
        super().__init__(str(path), Conversation)
        self.address = f"unix:path={path}"
        self._reply = reply

    def answer(self, message: Message) -> Message:
        member = message.header.fields[HeaderFields.member]
        if member == "Hello":
            return new_method_return(message, "s", (":1.5",))
        if member == "NameHasOwner":
            return new_method_return(message, "b", (True,))
        return self._reply(message)


class Conversation(socketserver.StreamRequestHandler):
    """One connection to that bus: it lets everybody in."""

    server: Answering
    rbufsize = 0

    def handle(self) -> None:
        while not (line := self.rfile.readline()).startswith(b"BEGIN"):
            self.wfile.write(b"AGREE_UNIX_FD\r\n" if b"UNIX_FD" in line else b"OK 1234567890abcdef1234567890abcdef\r\n")
        parser, number = Parser(), 0
        while received := self.request.recv(65536):
            parser.add_data(received)
            while (message := parser.get_next_message()) is not None:
                number += 1
                self.wfile.write(self.server.answer(message).serialise(serial=number))


@pytest.mark.parametrize(
    "reply",
    [
        lambda message: new_error(message, "org.freedesktop.DBus.Error.AccessDenied", "s", ("nee",)),
        lambda message: new_error(message, "x.y.Z"),
        new_method_return,
        lambda message: new_method_return(message, "s", ("onzin",)),
        lambda message: new_method_return(message, "u", (7,)),
    ],
    ids=["denied", "no reason", "nothing", "text", "number"],
)
def test_a_secret_service_that_answers_nonsense_is_a_keyring_that_fails(
    reply: Callable[[Message], Message], tmp_path: Path
) -> None:
    with tempfile.TemporaryDirectory(prefix="vpb-") as folder, Answering(Path(folder) / "bus", reply) as bus:
        threading.Thread(target=bus.serve_forever, daemon=True).start()
        said = run(ASK, {**home_environment(tmp_path), "DBUS_SESSION_BUS_ADDRESS": bus.address})
        bus.shutdown()
    assert said == [f"KeyringLockedError {keychain.FAILING}"]


@pytest.mark.parametrize("name", [keychain.SECRET_SERVICE, keychain.MACOS])
@pytest.mark.parametrize(
    "error", [ValueError("not enough values to unpack"), TypeError(), IndexError(), AttributeError()]
)
def test_an_answer_that_a_backend_can_not_read_is_a_keyring_that_fails(name: str, error: Exception) -> None:
    with pytest.raises(KeyringLockedError) as caught:
        using(name, Backend(error)).get("kluis")
    assert caught.value.sentence == keychain.FAILING
