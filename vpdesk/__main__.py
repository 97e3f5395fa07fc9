"""The door: chooses between the window, the command line and the child processes that audit and open workbooks."""

import errno
import sys

from vpdesk import children, crash

AUDIT_CHILD = "--audit-child"
SHEET_CHILD = "--sheet-child"


def main(arguments: list[str] | None = None) -> int:
    """Run vpdesk and return its exit code: 0 done, 1 expected failure, 2 wrong usage."""
    crash.leave_nothing()
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] in ([AUDIT_CHILD], [SHEET_CHILD]):
        children.end_with_parent()
    if given[:1] == [AUDIT_CHILD]:
        from vpdesk.reporting.disclosure import auditor  # noqa: PLC0415 - the audit and its solver load in the child only

        return auditor.main(given[1:])
    if given[:1] == [SHEET_CHILD]:
        from vpdesk.exchange import workbook_child  # noqa: PLC0415 - the spreadsheet library loads in the child only

        return workbook_child.main()
    from vpdesk import cli  # noqa: PLC0415 - the child needs no command line

    try:
        code = cli.main(given)
        if sys.stdout is not None:  # a windowed program has none
            sys.stdout.flush()
    except BrokenPipeError:
        return _unheard()
    except OSError as error:
        if error.errno != errno.ENOSPC or error.filename is not None:
            raise
        return _unheard()
    return code


def _unheard() -> int:
    """Say that nobody could take the answer."""
    from vpdesk import asking  # noqa: PLC0415 - loaded already

    asking.stop_listening()
    print("Wat gevraagd is, is gedaan, maar het antwoord kon niet worden geschreven.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
