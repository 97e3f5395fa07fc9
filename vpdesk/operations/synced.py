"""Whether a folder travels: into a cloud that synchronises it, or over a network; pure rules, and one look around."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final

from vpdesk.store import regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NETWORK: Final = "het netwerk"

_NAMES: Final = (
    (re.compile(r"dropbox\b", re.IGNORECASE), "Dropbox"),
    (re.compile(r"onedrive\b", re.IGNORECASE), "OneDrive"),
    (re.compile(r"(google ?drive|mijn drive|my drive)\b", re.IGNORECASE), "Google Drive"),
    (re.compile(r"(icloud|mobile documents)", re.IGNORECASE), "iCloud Drive"),
    (re.compile(r"((my|mijn) ?)?nextcloud\d*\b", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"owncloud\d*\b", re.IGNORECASE), "ownCloud"),
    (re.compile(r"surfdrive\b", re.IGNORECASE), "SURFdrive"),
    (re.compile(r"proton ?drive\b", re.IGNORECASE), "Proton Drive"),
    (re.compile(r"pcloud ?(drive|sync)?\b", re.IGNORECASE), "pCloud"),
    (re.compile(r"(?i:mega ?(sync|drive))\b|MEGA\b"), "MEGA"),
    (re.compile(r"(?i:box sync)\b|Box(-Box)?$"), "Box"),
    (re.compile(r"Sync$|Sync\.com\b"), "Sync"),  # the folder of Sync.com, and that of Syncthing at first
    (re.compile(r"synology ?drive\b", re.IGNORECASE), "Synology Drive"),
    (re.compile(r"yandex[. ]?disk\b", re.IGNORECASE), "Yandex.Disk"),
    (re.compile(r"internxt\b", re.IGNORECASE), "Internxt"),
    (re.compile(r"(tresorit|syncthing|seafile|kdrive|filen|jottacloud|koofr)\b", re.IGNORECASE), ""),
    (re.compile(r"STACK$"), "STACK"),
)
_MARKS: Final = (
    (re.compile(r"\.dropbox(\.cache)?$"), "Dropbox"),
    (re.compile(r"(\._|\.)sync_[0-9a-f]+\.db$|\.nextcloudsync\.log$"), "Nextcloud"),
    (re.compile(r"\.owncloudsync\.log$"), "ownCloud"),
    (re.compile(r"\.stfolder$"), "Syncthing"),
    (re.compile(r"\.tmp\.drivedownload$|\.tmp\.driveupload$"), "Google Drive"),
    (re.compile(r"\.849C9593-D756-4E56-8D6E-42412F2A707B$"), "OneDrive"),  # the mark that OneDrive hides in its root
)
_ONEDRIVE: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")

# https://learn.microsoft.com/windows/win32/fileio/file-attribute-constants and reparse-point-tags
_RECALL: Final = 0x00040000 | 0x00400000  # on open, on data access
_CLOUD_TAG, _CLOUD_MASK = 0x9000001A, 0xFFFF0FFF
_ONEDRIVE_TAG: Final = 0x80000021

_CLOUD_MOUNTS: Final = {
    "fuse.rclone": "een cloudschijf",
    "fuse.google-drive-ocamlfuse": "Google Drive",
    "fuse.onedriver": "OneDrive",
    "fuse.gvfsd-fuse": "een cloudschijf",
    "fuse.davfs": "een cloudschijf",
    "davfs": "een cloudschijf",
    "fuse.sshfs": NETWORK,
    "cifs": NETWORK,
    "smb3": NETWORK,
    "nfs": NETWORK,
    "nfs4": NETWORK,
    "9p": NETWORK,
}


def by_name(folder: PurePath) -> str:
    """Return the service after which a part of the path is named, '' when none is."""
    for part in folder.parts:
        for name, service in _NAMES:
            if name.match(part):
                return service or part
    return ""


def by_marks(names: Iterable[str]) -> str:
    """Return the service that left its mark among the names in a folder, '' when none did."""
    return next((service for name in names for mark, service in _MARKS if mark.fullmatch(name)), "")


def on_windows(folder: PureWindowsPath, environment: Mapping[str, str]) -> str:
    """Return OneDrive where the folder lies in one that Windows says is: also Documents, when that was moved there."""
    roots = (PureWindowsPath(environment[name]) for name in _ONEDRIVE if environment.get(name))
    return "OneDrive" if any(folder.is_relative_to(root) for root in roots) else ""


def by_attributes(attributes: int, tag: int) -> str:
    """Return what a Windows file says of itself: fetched when it is opened, or a placeholder of a cloud."""
    if tag == _ONEDRIVE_TAG:
        return "OneDrive"
    return "de cloud" if tag & _CLOUD_MASK == _CLOUD_TAG or attributes & _RECALL else ""


def on_mac(folder: PurePosixPath, home: PurePosixPath) -> str:
    """Return the service behind a folder where macOS keeps those of clouds."""
    library = home / "Library"
    if folder.is_relative_to(library / "Mobile Documents"):
        return "iCloud Drive"
    storage = library / "CloudStorage"
    if not folder.is_relative_to(storage):
        return ""
    provider = folder.relative_to(storage).parts[:1]
    return by_name(PurePosixPath(*provider)) or "de cloud"


def by_mount(folder: PurePosixPath, mounts: str) -> str:
    """Return what kind of disk a folder lies on, from the text of /proc/self/mounts: a cloud, the network, or ''."""
    found = ("", "")
    for line in mounts.splitlines():
        _, place, kind, *_ = [*line.split(), "", "", ""]
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), place)
        if point and folder.is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, kind)
    return _CLOUD_MOUNTS.get(found[1], "")


def dropbox_folders(info: str) -> tuple[str, ...]:
    """Return the folders that Dropbox says it synchronises, from the text of its info.json."""
    try:
        accounts = json.loads(info)
    except (ValueError, RecursionError):  # the latter for lists in lists in lists
        return ()
    kept = accounts.values() if isinstance(accounts, dict) else ()
    return tuple(str(account["path"]) for account in kept if isinstance(account, dict) and "path" in account)


def nextcloud_folders(settings: str) -> tuple[str, ...]:
    """Return the folders that Nextcloud or ownCloud synchronises, from the text of its settings."""
    return tuple(re.findall(r"(?m)^\d+\\Folders\w*\\\d+\\localPath=(.+?)/*$", settings))


def service_of(folder: Path) -> str:
    """Return the name of what synchronises a folder on this laptop, '' when nothing that vpdesk knows does."""
    there = folder.absolute()
    with contextlib.suppress(OSError, RuntimeError):  # the latter for a loop of links
        there = there.resolve()
    return (
        by_name(folder.absolute()) or by_name(there) or _by_system(there) or _by_settings(there) or _by_looking(there)
    )


def _by_system(there: Path) -> str:
    if sys.platform == "win32":
        return on_windows(there, os.environ)
    if sys.platform == "darwin":
        return on_mac(there, Path.home())
    return by_mount(PurePosixPath(there), _text(Path("/proc/self/mounts")))


def _by_settings(there: Path) -> str:
    home = Path.home()
    local = os.environ.get("LOCALAPPDATA")
    for info in (home / ".dropbox" / "info.json", *([Path(local) / "Dropbox" / "info.json"] if local else [])):
        if any(there.is_relative_to(folder) for folder in dropbox_folders(_text(info))):
            return "Dropbox"
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    for settings, service in (("Nextcloud/nextcloud.cfg", "Nextcloud"), ("ownCloud/owncloud.cfg", "ownCloud")):
        if any(there.is_relative_to(folder) for folder in nextcloud_folders(_text(config / settings))):
            return service
    return ""


def _by_looking(there: Path) -> str:
    for folder in (there, *there.parents):
        with contextlib.suppress(OSError):
            status = folder.stat()
            told = by_attributes(getattr(status, "st_file_attributes", 0), getattr(status, "st_reparse_tag", 0))
            if told or (told := by_marks(os.listdir(folder))):  # noqa: PTH208 - names are all that is wanted
                return told
    return ""


def _text(path: Path) -> str:
    try:
        return regular.read(path).decode("utf-8", errors="replace")
    except OSError:
        return ""
