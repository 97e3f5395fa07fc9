"""Brings a checkout from nothing to running; needs only Python 3.11, and does nothing when nothing is missing.

`python3 tools/setup.py run` prepares the program, `test` also what the tests need, `all` both with a window.
Only the standard library is imported: this file runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# What `ldd` names for Qt's xcb and wayland platform plugins and its PDF module, and libdbus, which Qt loads by
# name. Alternatives after a bar: the name in later Debian releases.
WINDOW_PACKAGES = (
    "libbrotli1",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0|libglib2.0-0t64",
    "libgssapi-krb5-2",
    "libwayland-client0",
    "libwayland-cursor0",
    "libx11-6",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
TEST_PACKAGES = (
    "dbus-bin|dbus",
    "dbus-daemon",
    "gnome-keyring",
    "poppler-utils",
    "strace",
    "xauth",
    "xdotool",
    "xvfb",
)
TEST_PROGRAMS = (
    "Xvfb",
    "xdotool",
    "dbus-run-session",
    "dbus-send",
    "gnome-keyring-daemon",
    "pdftotext",
    "pdffonts",
    "strace",
)


class SetupError(Exception):
    """Something that a person has to do first; the text is the sentence for that person."""


def run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, stdin=subprocess.DEVNULL)


def run_quietly(*command: str) -> None:
    """Run a talkative command; what it said is shown only when it fails."""
    finished = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if finished.returncode:
        sys.stderr.write(finished.stdout)
        finished.check_returncode()


def missing_packages(wanted: tuple[str, ...]) -> list[str]:
    """Names of the Debian packages in `wanted` that are not installed; empty on other systems."""
    if not wanted or shutil.which("dpkg-query") is None:
        return []
    names = [name for choice in wanted for name in choice.split("|")]
    shown = subprocess.run(
        ["dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    installed = {line.split()[0] for line in shown.splitlines() if line.endswith(" installed")}
    return [choice for choice in wanted if installed.isdisjoint(choice.split("|"))]


def known_name(choice: str) -> str:
    """The alternative of `choice` that this release has a package for."""
    for name in choice.split("|"):
        shown = subprocess.run(["apt-cache", "show", "--no-all-versions", name], capture_output=True, check=False)
        if shown.returncode == 0:
            return name
    return choice.split("|", maxsplit=1)[0]


def install_packages(choices: list[str]) -> None:
    """Install Debian packages when that is possible without asking, otherwise say which command does it."""
    if os.geteuid() == 0:
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        print(f"Installing {len(choices)} Debian packages: {' '.join(c.split('|')[0] for c in choices)}", flush=True)
        try:
            run_quietly("apt-get", "update", "-qq")
            names = [known_name(choice) for choice in choices]
            run_quietly("apt-get", "install", "-y", "-qq", "--no-install-recommends", *names)
        except (subprocess.CalledProcessError, FileNotFoundError) as problem:
            raise SetupError("Debian packages could not be installed; see apt-get's message above.") from problem
    else:
        names = [known_name(choice) for choice in choices]
        command = f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(names)}"
        raise SetupError(f"Debian packages are missing; install them with: {command}")


def need_packages(goal: str) -> None:
    """See to the Debian packages that `goal` needs; on another Unix, name the programs that are missing."""
    wanted: tuple[str, ...] = ()
    if goal != "run" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        wanted += WINDOW_PACKAGES
    if goal != "run":
        wanted += TEST_PACKAGES
    choices = missing_packages(wanted)
    if not venv_works() and not can_make_venv():
        choices.append("python3-venv")
    if choices:
        install_packages(choices)
    if goal != "run" and sys.platform == "linux":
        absent = [program for program in TEST_PROGRAMS if shutil.which(program) is None]
        if absent:
            raise SetupError(
                f"The tests need these programs, which your system calls its own way: {', '.join(absent)}."
            )


def can_make_venv() -> bool:
    """Whether this Python can make an environment with pip: Debian packs that part separately."""
    tried = subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False)
    return tried.returncode == 0


def venv_works() -> bool:
    """Whether the environment exists, starts, and has pip; it stops when the Python it was made with goes away."""
    if not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def requirement_files(goal: str) -> list[Path]:
    names = ["requirements.txt"]
    if WINDOWS:
        names.append("requirements-windows.txt")
    if goal != "run":
        names.append("requirements-dev.txt")
    return [ROOT / name for name in names]


def stamp(goal: str) -> Path:
    return VENV / f"installed-{'run' if goal == 'run' else 'test'}"


def fingerprint(goal: str) -> str:
    """The content of the pinned files and not their date: a fresh checkout must not install again what is there."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in requirement_files(goal))).hexdigest()


def is_installed(goal: str) -> bool:
    """Whether what `goal` needs was installed from the files as they are now."""
    return stamp(goal).exists() and stamp(goal).read_text(encoding="ascii") == fingerprint(goal)


def need_environment(goal: str) -> None:
    """Make `.venv`, install the pinned files when they changed, and make this checkout importable from it."""
    if not venv_works():
        print("Making .venv", flush=True)
        run(sys.executable, "-m", "venv", "--clear", VENV)
    files = requirement_files(goal)
    if not is_installed(goal) and not (goal == "run" and is_installed("test")):
        print(f"Installing {' and '.join(file.name for file in files)} into .venv", flush=True)
        options = ["--require-hashes", "--no-input", "--disable-pip-version-check", "--quiet"]
        for file in files:
            options += ["-r", str(file)]
        try:
            run(PYTHON, "-m", "pip", "install", *options)
        except subprocess.CalledProcessError as problem:
            raise SetupError("Python packages could not be installed; see pip's message above.") from problem
        stamp(goal).write_text(fingerprint(goal), encoding="ascii")
    # A path file instead of an installation: it needs no build tool, and edits take effect at once.
    libraries = next(iter(VENV.glob("lib/python3*/site-packages")), VENV / "Lib/site-packages")
    link = libraries / "vpdesk-checkout.pth"
    if not link.exists() or link.read_text(encoding="utf-8") != f"{ROOT}\n":
        link.write_text(f"{ROOT}\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    goal = arguments[0] if arguments else "all"
    if goal not in {"run", "test", "all"}:
        print(__doc__, file=sys.stderr)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - this file may be started by an older Python
        print("vpdesk needs Python 3.11 or later.", file=sys.stderr)
        return 1
    try:
        need_packages(goal)
        need_environment(goal)
    except SetupError as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
