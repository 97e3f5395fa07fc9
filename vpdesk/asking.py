"""What the command line asks of whoever runs it: secrets on standard input or at the terminal."""

import argparse
import getpass
import os
import sys

from vpdesk.domain.errors import WrongSecretError


def line_from_stdin(what: str) -> str:
    """Return the next line of standard input; WrongSecretError where there is none."""
    try:
        line = sys.stdin.readline()
        line.encode()  # what the terminal's language could not read comes through as halves of characters
    except UnicodeError:
        raise WrongSecretError(
            "De tekens op de standaardinvoer zijn geen UTF-8. Er is niets gebeurd. Geef ze als UTF-8."
        ) from None
    if not line:
        raise WrongSecretError(f"Op de standaardinvoer stond geen {what}. Er is niets gebeurd.")
    return line.rstrip("\r\n")


def ask(prompt: str) -> str:
    """Return a secret typed at the terminal; WrongSecretError where there is no terminal."""
    if not sys.stdin.isatty():
        raise WrongSecretError(
            "vpdesk heeft een wachtzin of herstelwoorden nodig. Geef ze op de standaardinvoer met --passphrase-stdin "
            "of --words-stdin. Er is niets gebeurd."
        )
    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise WrongSecretError("Er is niets getypt. Er is niets gebeurd.") from None


def secrets_of(asked: argparse.Namespace) -> tuple[str | None, str | None]:
    """Return (words, passphrase) as given on standard input, words first."""
    words = line_from_stdin("regel met herstelwoorden") if asked.words_stdin else None
    passphrase = line_from_stdin("wachtzin") if asked.passphrase_stdin else None
    return words, passphrase


def stop_listening() -> None:
    """Keep the interpreter from trying once more to write what nobody takes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
