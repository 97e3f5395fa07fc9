"""What a crash may leave behind: no image of the memory, no traceback with content."""

import faulthandler
import os
import sys
import threading
from types import TracebackType

_PR_SET_DUMPABLE = 4
_NO_BOX_AND_NO_REPORT = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX
_WITHOUT_HEAP = 0x1  # WER_FAULT_REPORTING_FLAG_NOHEAP


def leave_nothing() -> None:
    """Keep this process out of core files and crash reports, and content out of what it says when it fails.

    A child inherits the limit; the rest is asked for anew by every process, since a new program starts with the
    system's usual. With `-X dev` tracebacks stay whole, for whoever works on vpdesk.
    """
    if sys.platform == "win32":
        _without_report()
    else:
        _without_core()
    if sys.flags.dev_mode:
        return
    if faulthandler.is_enabled():  # PYTHONFAULTHANDLER is set for other programs
        faulthandler.disable()
    sys.excepthook = say_bug
    sys.unraisablehook = lambda bug: say_bug(bug.exc_type, bug.exc_value, bug.exc_traceback)
    threading.excepthook = lambda bug: say_bug(bug.exc_type, bug.exc_value, bug.exc_traceback)


def say_bug(kind: type[BaseException], _value: BaseException | None, trace: TracebackType | None) -> None:
    """Tell a user about a bug in one sentence, with the place but without any content."""
    place = "onbekende plaats"
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{os.path.basename(code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119 - no path of this machine
        trace = trace.tb_next
    print(  # noqa: T201 - the only way left to say something
        "vpdesk liep vast op een fout in het programma. Wat bewaard was, is veilig in de kluis. "
        f"Start opnieuw; gebeurt het weer, meld dan: {kind.__name__} bij {place}.",
        file=sys.stderr,
    )


def _without_core() -> None:
    """Ask for no core file; where the kernel hands cores to a program, that limit counts for nothing."""
    import resource  # noqa: PLC0415 - Windows has none

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    set_dumpable(0)


def set_dumpable(value: int) -> None:
    """Say whether Linux, and other programs of the same user, may have the memory of this process: 0 or 1."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only where it is needed

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, value, 0, 0, 0)


def _without_report() -> None:
    """Keep Windows Error Reporting from taking an image of the memory along."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only where it is needed

        kernel = ctypes.windll.kernel32
        kernel.SetErrorMode(_NO_BOX_AND_NO_REPORT)
        kernel.WerSetFlags(_WITHOUT_HEAP)
