"""A folder that travels to a cloud is recognised by its name, its system, its marks and the settings of the service."""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from tests.faults import mounts
from vpdesk.operations import synced
from vpdesk.operations.synced import (
    by_attributes,
    by_marks,
    by_mount,
    by_name,
    dropbox_folders,
    nextcloud_folders,
    on_mac,
    on_windows,
    service_of,
)


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/srv/els/Dropbox/kluis", "Dropbox"),
        ("/srv/els/Dropbox (Praktijk)/kluis", "Dropbox"),
        ("/srv/els/Nextcloud2/kluis", "Nextcloud"),
        ("/srv/els/SURFdrive/kluis", "SURFdrive"),
        ("/srv/els/STACK/kluis", "STACK"),
        ("/u/els/Google Drive/Mijn Drive/kluis", "Google Drive"),
        ("/srv/els/Tresorit/kluis", "Tresorit"),
        ("/srv/els/My Nextcloud/kluis", "Nextcloud"),
        ("/srv/els/MEGA/kluis", "MEGA"),
        ("/srv/els/MEGAsync/kluis", "MEGA"),
        ("/srv/els/Box/kluis", "Box"),
        ("/u/els/Box-Box/kluis", "Box"),
        ("/srv/els/Sync/kluis", "Sync"),
        ("/srv/els/SynologyDrive/kluis", "Synology Drive"),
        ("/srv/els/Synology Drive/kluis", "Synology Drive"),
        ("/srv/els/Filen/kluis", "Filen"),
        ("/srv/els/Jottacloud/kluis", "Jottacloud"),
        ("/srv/els/Koofr/kluis", "Koofr"),
        ("/srv/els/Yandex.Disk/kluis", "Yandex.Disk"),
        ("/srv/els/YandexDisk/kluis", "Yandex.Disk"),
        ("/srv/els/Internxt Drive/kluis", "Internxt"),
        ("/srv/els/pCloudDrive/kluis", "pCloud"),
        ("/srv/els/pCloud/kluis", "pCloud"),
        ("/srv/els/Proton Drive/kluis", "Proton Drive"),
        ("/srv/els/ProtonDrive/kluis", "Proton Drive"),
        ("/srv/els/megabytes/kluis", ""),
        ("/srv/els/box/kluis", ""),
        ("/srv/els/Boxen/kluis", ""),
        ("/srv/els/sync/kluis", ""),
        ("/srv/els/Synchroon/kluis", ""),
        ("/srv/els/.local/share/vpdesk/kluis", ""),
        ("/srv/onedriver/kluis", ""),
        ("/srv/els/stack/kluis", ""),
        ("/srv/els/onze dropboxen/kluis", ""),
    ],
)
def test_a_part_of_the_path_names_the_service(folder: str, service: str) -> None:
    assert by_name(PurePosixPath(folder)) == service


def test_windows_says_where_onedrive_is_also_when_documents_were_moved_there() -> None:
    environment = {"OneDrive": r"D:\Werk\Wolk", "OneDriveCommercial": ""}
    assert on_windows(PureWindowsPath(r"d:\werk\wolk\Documenten\kluis"), environment) == "OneDrive"
    assert on_windows(PureWindowsPath(r"D:\Werk\Wolken\kluis"), environment) == ""
    assert on_windows(PureWindowsPath(r"C:\Mensen\els\AppData\Local\vpdesk\kluis"), environment) == ""
    assert by_name(PureWindowsPath(r"C:\Mensen\els\OneDrive - Gemeente Waterveen\kluis")) == "OneDrive"


@pytest.mark.parametrize(
    ("attributes", "tag", "told"),
    [
        (0x10, 0, ""),
        (0x10 | 0x400, 0x9000001A, "de cloud"),
        (0x10 | 0x400, 0x9000601A, "de cloud"),
        (0x10 | 0x400, 0x80000021, "OneDrive"),
        (0x10 | 0x400, 0xA0000003, ""),  # an ordinary junction
        (0x20 | 0x400000, 0, "de cloud"),
        (0x20 | 0x40000, 0, "de cloud"),
    ],
)
def test_windows_files_tell_of_themselves(attributes: int, tag: int, told: str) -> None:
    assert by_attributes(attributes, tag) == told


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/u/els/Library/Mobile Documents/com~apple~CloudDocs/kluis", "iCloud Drive"),
        ("/u/els/Library/CloudStorage/OneDrive-Persoonlijk/kluis", "OneDrive"),
        ("/u/els/Library/CloudStorage/GoogleDrive-els@example.org/kluis", "Google Drive"),
        ("/u/els/Library/CloudStorage/Egnyte/kluis", "de cloud"),
        ("/u/els/Library/Application Support/vpdesk/kluis", ""),
        ("/u/jan/Library/CloudStorage/Egnyte/kluis", ""),
    ],
)
def test_macos_keeps_clouds_in_two_places(folder: str, service: str) -> None:
    assert on_mac(PurePosixPath(folder), PurePosixPath("/u/els")) == service


def test_the_disk_may_be_a_cloud_or_the_network() -> None:
    mounted = (
        "/dev/sda2 / ext4 rw 0 0\n"
        "//server/els /srv/els/H cifs rw 0 0\n"
        "wolk: /srv/els/mijn\\040wolk fuse.rclone rw 0 0\n"
        "/dev/sdb1 /srv/els/H/stick vfat rw 0 0\n"
        "\n"
    )
    told = {
        folder: by_mount(PurePosixPath(folder), mounted)
        for folder in ("/srv/els/kluis", "/srv/els/H/kluis", "/srv/els/mijn wolk/kluis", "/srv/els/H/stick/kluis")
    }
    assert list(told.values()) == ["", synced.NETWORK, "een cloudschijf", ""]


@pytest.mark.parametrize(
    ("name", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".sync_1a2b3c4d5e6f.db", "Nextcloud"),
        ("._sync_1a2b3c4d5e6f.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".stfolder", "Syncthing"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        ("dropbox", ""),
    ],
)
def test_a_service_leaves_its_mark(name: str, service: str) -> None:
    assert by_marks(["kluis", name]) == service


def test_services_say_in_their_settings_what_they_synchronise() -> None:
    info = json.dumps({"personal": {"path": "/srv/els/Doos"}, "business": {"path": "/srv/els/Werk"}, "x": 3})
    assert dropbox_folders(info) == ("/srv/els/Doos", "/srv/els/Werk")
    assert dropbox_folders("[1]") == dropbox_folders("{") == dropbox_folders("[" * 100_000) == ()
    text = "[Accounts]\n0\\Folders\\1\\localPath=/srv/els/Wolk/\n0\\FoldersWithPlaceholders\\2\\localPath=/srv/w\n"
    assert nextcloud_folders(text) == ("/srv/els/Wolk", "/srv/w")


def test_a_folder_on_this_laptop_is_looked_at(clean_home: Path, tmp_path: Path) -> None:
    home = Path(os.environ["HOME"])
    kept = home / "Documenten" / "kluis"
    kept.mkdir(parents=True)
    assert service_of(kept) == ""
    (home / "Documenten" / ".stfolder").mkdir()
    assert service_of(kept) == "Syncthing"
    assert service_of(home / "Doos" / "kluis") == ""
    (home / ".dropbox").mkdir()
    (home / ".dropbox" / "info.json").write_text(json.dumps({"personal": {"path": str(home / "Doos")}}))
    assert service_of(home / "Doos" / "kluis") == "Dropbox"
    settings = Path(os.environ["XDG_CONFIG_HOME"]) / "Nextcloud" / "nextcloud.cfg"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"0\\Folders\\1\\localPath={home / 'Wolk'}/\n")
    assert service_of(home / "Wolk" / "kluis") == "Nextcloud"


def test_a_folder_reached_through_another_name_is_the_folder_it_is(clean_home: Path, tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "gewoon").symlink_to(tmp_path / "OneDrive", target_is_directory=True)
    assert service_of(tmp_path / "gewoon" / "kluis") == "OneDrive"


def test_a_real_mount_is_found_by_its_kind(clean_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(synced._CLOUD_MOUNTS, "tmpfs", "een cloudschijf")

    def job() -> None:
        mounts.small_disk(tmp_path / "schijf", 100)
        assert service_of(tmp_path / "schijf" / "kluis") == "een cloudschijf"

    mounts.with_own_mounts(job)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_each_system_is_asked_its_own_way(
    clean_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setattr(synced.sys, "platform", platform)
    monkeypatch.setattr(synced, "on_windows", lambda _folder, _environment: "win32")
    monkeypatch.setattr(synced, "on_mac", lambda _folder, _home: "darwin")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert service_of(tmp_path / "kluis") == platform
    monkeypatch.setattr(synced, f"on_{'windows' if platform == 'win32' else 'mac'}", lambda *_: "")
    assert service_of(tmp_path / "kluis") == ""
