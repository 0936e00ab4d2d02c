"""Secrets stay private, whole, and where they were put."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kiosk.hublink.secret import (
    Keyring,
    KeyringAway,
    Place,
    SecretStore,
    SecretsUnavailable,
    SystemKeyring,
)
from tests.hublink.ring import FakeKeyring, no_keyring


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "secrets"


@pytest.fixture
def files(folder: Path) -> SecretStore:
    return SecretStore(folder, open_keyring=no_keyring)


def never() -> Keyring:
    raise AssertionError("the keyring was asked for")


@pytest.mark.parametrize("ring", [None, FakeKeyring()])
def test_a_secret_is_found_again_by_the_next_program(
    folder: Path, ring: FakeKeyring | None
) -> None:
    def open_keyring() -> Keyring:
        return no_keyring() if ring is None else ring

    assert SecretStore(folder, open_keyring=open_keyring).read("token") is None
    SecretStore(folder, open_keyring=open_keyring).write("token", "one")
    SecretStore(folder, open_keyring=open_keyring).write("token", "två €")
    SecretStore(folder, open_keyring=open_keyring).write("other", "three")

    assert SecretStore(folder, open_keyring=open_keyring).read("token") == "två €"
    SecretStore(folder, open_keyring=open_keyring).forget("token")
    SecretStore(folder, open_keyring=open_keyring).forget("token")
    assert SecretStore(folder, open_keyring=open_keyring).read("token") is None
    assert SecretStore(folder, open_keyring=open_keyring).read("other") == "three"


def test_the_store_says_where_secrets_are(tmp_path: Path) -> None:
    ring = FakeKeyring()

    assert SecretStore(tmp_path / "a", open_keyring=no_keyring).where() == Place.FILES
    assert SecretStore(tmp_path / "b", open_keyring=lambda: ring).where() == Place.KEYRING


def test_secrets_in_the_keyring_are_in_no_file(folder: Path) -> None:
    SecretStore(folder, open_keyring=FakeKeyring).write("token", "hush")

    assert all(b"hush" not in path.read_bytes() for path in folder.rglob("*"))


def test_two_stations_of_one_user_keep_apart(tmp_path: Path) -> None:
    ring = FakeKeyring()
    SecretStore(tmp_path / "a", open_keyring=lambda: ring).write("token", "one")
    SecretStore(tmp_path / "b", open_keyring=lambda: ring).write("token", "two")

    assert SecretStore(tmp_path / "a", open_keyring=lambda: ring).read("token") == "one"


def test_a_keyring_that_appears_later_does_not_hide_the_files(
    files: SecretStore, folder: Path
) -> None:
    files.write("token", "hush")

    later = SecretStore(folder, open_keyring=never)

    assert later.where() == Place.FILES
    assert later.read("token") == "hush"


def test_a_keyring_that_is_away_is_no_station_that_forgot(folder: Path) -> None:
    ring = FakeKeyring()
    SecretStore(folder, open_keyring=lambda: ring).write("token", "hush")
    ring.away = True

    for store in (
        SecretStore(folder, open_keyring=lambda: ring),
        SecretStore(folder, open_keyring=no_keyring),
    ):
        for act in (
            partial(store.read, "token"),
            partial(store.write, "token", "new"),
            partial(store.forget, "token"),
        ):
            with pytest.raises(SecretsUnavailable) as told:
                act()
            assert "hush" not in str(told.value)
    ring.away = False
    assert SecretStore(folder, open_keyring=lambda: ring).read("token") == "hush"


def test_a_keyring_that_takes_nothing_is_passed_over(
    folder: Path, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.hublink", "the keyring takes no secret")
    ring = FakeKeyring()
    ring.read_only = True
    store = SecretStore(folder, open_keyring=lambda: ring)

    store.write("token", "hush")

    assert store.where() == Place.FILES
    assert store.read("token") == "hush"


def test_an_unenrolled_station_does_not_open_the_keyring_to_read(folder: Path) -> None:
    assert SecretStore(folder, open_keyring=never).read("token") is None


def test_files_are_for_their_owner_alone(files: SecretStore, folder: Path) -> None:
    mask = os.umask(0)
    try:
        files.write("token", "hush")
    finally:
        os.umask(mask)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_file_that_others_could_read_is_closed_and_said(
    files: SecretStore, folder: Path, mode: int, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.hublink", "the secret token could be read by others")
    files.write("token", "hush")
    (folder / "token").chmod(mode)

    assert files.read("token") == "hush"
    assert (folder / "token").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_others_could_enter_is_closed_and_said(
    files: SecretStore, folder: Path, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.hublink", "the folder of the secrets was open")
    files.write("token", "hush")
    folder.chmod(0o755)

    assert files.read("token") == "hush"
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_link_is_not_followed(files: SecretStore, folder: Path, tmp_path: Path) -> None:
    files.write("other", "x")
    (tmp_path / "elsewhere").write_text("planted")
    (folder / "token").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(SecretsUnavailable):
        files.read("token")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_somebody_else_is_not_believed(files: SecretStore, folder: Path) -> None:
    files.write("token", "hush")
    os.chown(folder / "token", 12345, 12345)

    with pytest.raises(SecretsUnavailable, match="belongs to another user"):
        files.read("token")


def test_a_secret_is_whole_or_as_before(
    files: SecretStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.write("token", "before")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SecretsUnavailable, match="No space left"):
        files.write("token", "after")
    monkeypatch.undo()

    assert files.read("token") == "before"
    assert sorted(path.name for path in folder.iterdir()) == [".place", "token"]


def test_a_file_that_is_no_text_is_said_without_its_content(
    files: SecretStore, folder: Path
) -> None:
    files.write("token", "hush")
    (folder / "token").write_bytes(b"\xff\xfehush")

    with pytest.raises(SecretsUnavailable) as told:
        files.read("token")

    assert "hush" not in str(told.value)


@pytest.mark.parametrize("name", ["", "../token", "Token", ".place", "a/b", "token\n"])
def test_a_name_stays_in_the_folder(files: SecretStore, name: str) -> None:
    for act in (files.read, files.forget, lambda name: files.write(name, "x")):
        with pytest.raises(ValueError, match="small letters"):
            act(name)


def test_no_secret_is_logged(
    folder: Path, caplog: pytest.LogCaptureFixture, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.hublink", "the keyring takes no secret")
    ring = FakeKeyring()
    ring.read_only = True
    with caplog.at_level(logging.DEBUG):
        store = SecretStore(folder, open_keyring=lambda: ring)
        store.write("token", "hush")
        store.read("token")
        store.forget("token")

    assert caplog.text
    assert "hush" not in caplog.text


def test_a_system_without_a_keyring_says_so() -> None:
    # The test run sets the library's own refusing keyring.
    with pytest.raises(KeyringAway):
        SystemKeyring()


def test_the_systems_keyring_is_used_by_the_library(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    import keyring
    from keyring.backend import KeyringBackend
    from keyring.errors import KeyringLocked, PasswordDeleteError

    class Good(KeyringBackend):
        priority = 5
        locked = False

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self.kept: dict[tuple[str, str], str] = {}

        def get_password(self, service: str, username: str) -> str | None:
            if self.locked:
                raise KeyringLocked
            return self.kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            if self.locked:
                raise KeyringLocked
            self.kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            if self.locked:
                raise KeyringLocked
            if self.kept.pop((service, username), None) is None:
                raise PasswordDeleteError

    good = Good()
    monkeypatch.setattr(keyring, "get_keyring", lambda: good)
    store = SecretStore(folder)

    store.write("token", "hush")
    assert list(good.kept.values()) == ["hush"]
    assert store.where() == Place.KEYRING
    assert store.read("token") == "hush"
    good.locked = True
    for act in (store.read, store.forget, lambda name: store.write(name, "x")):
        with pytest.raises(SecretsUnavailable, match="KeyringLocked"):
            act("token")
    good.locked = False
    store.forget("token")
    store.forget("token")
    assert store.read("token") is None


def test_an_enrolled_station_starts_without_the_keyring_library(
    files: SecretStore, folder: Path
) -> None:
    files.write("token", "hush")
    code = (
        "import sys, pathlib\n"
        "from kiosk.hublink.secret import SecretStore\n"
        "print(SecretStore(pathlib.Path(sys.argv[1])).read('token'), 'keyring' in sys.modules)"
    )

    told = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert told.stdout == "hush False\n"
