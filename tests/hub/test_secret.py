"""Secrets stay where they were put at the first start, and others cannot read them."""

import stat
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from admin_console.hub.secret import (
    FileSecrets,
    KeyringSecrets,
    SecretsUnavailable,
    ensure_pepper,
    open_secrets,
    write_private,
)

NO_RING: KeyringBackend = NoKeyring()  # type: ignore[no-untyped-call]


class Ring(KeyringBackend):
    """A key ring in memory, which may be locked."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked(username)
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked(username)
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class Poor(Ring):
    """A key ring that says of itself that it should not be used."""

    priority = 0.5  # type: ignore[assignment]


class Absent(Ring):
    """A key ring that is not there on this machine."""

    @property
    def priority(self) -> float:  # type: ignore[override]
        message = "no session bus"
        raise RuntimeError(message)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("backend", [NO_RING, Poor(), Absent()])
def test_without_a_key_ring_secrets_are_files_of_their_owner(
    tmp_path: Path, backend: KeyringBackend
) -> None:
    secrets = open_secrets(tmp_path, backend)

    secrets.put("pepper", "abc")

    assert secrets.get("pepper") == "abc"
    assert secrets.get("other") is None
    assert str(tmp_path) in secrets.place
    assert mode(tmp_path / "secrets") == 0o700
    assert {mode(path) for path in (tmp_path / "secrets").iterdir()} == {0o600}


def test_with_a_key_ring_no_secret_is_a_file(tmp_path: Path) -> None:
    ring = Ring()
    secrets = open_secrets(tmp_path, ring)

    pepper = ensure_pepper(secrets)

    assert pepper.hex() in ring.kept.values()
    assert "key ring" in secrets.place
    assert not any(
        pepper.hex() in path.read_text() for path in tmp_path.rglob("*") if path.is_file()
    )
    assert ensure_pepper(open_secrets(tmp_path, ring)) == pepper


def test_two_hubs_of_one_machine_share_nothing(tmp_path: Path) -> None:
    ring = Ring()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()

    peppers = {ensure_pepper(open_secrets(tmp_path / name, ring)) for name in ("one", "two")}

    assert len(peppers) == 2


def test_a_locked_key_ring_at_the_first_start_is_not_chosen(tmp_path: Path) -> None:
    ring = Ring()
    ring.locked = True

    secrets = open_secrets(tmp_path, ring)

    assert isinstance(secrets, FileSecrets)


def test_a_key_ring_that_came_later_changes_nothing(tmp_path: Path) -> None:
    pepper = ensure_pepper(open_secrets(tmp_path, NO_RING))

    assert ensure_pepper(open_secrets(tmp_path, Ring())) == pepper


def test_a_key_ring_out_of_reach_stops_the_hub_instead_of_making_a_new_pepper(
    tmp_path: Path,
) -> None:
    ring = Ring()
    ensure_pepper(open_secrets(tmp_path, ring))

    with pytest.raises(SecretsUnavailable, match="same user"):
        open_secrets(tmp_path, NO_RING)
    ring.locked = True
    with pytest.raises(SecretsUnavailable, match="KeyringLocked"):
        ensure_pepper(open_secrets(tmp_path, ring))
    with pytest.raises(SecretsUnavailable, match="KeyringLocked"):
        KeyringSecrets(ring, "me").put("pepper", "x")


def test_a_secret_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secrets = FileSecrets(tmp_path)
    secrets.put("pepper", "abc")
    (tmp_path / "pepper").chmod(0o640)

    with pytest.raises(SecretsUnavailable, match="0600"):
        secrets.get("pepper")


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", ".hidden"])
def test_a_name_is_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        FileSecrets(tmp_path).get(name)


def test_a_damaged_pepper_is_not_replaced(tmp_path: Path) -> None:
    secrets = FileSecrets(tmp_path)
    secrets.put("pepper", "abc")

    with pytest.raises(SecretsUnavailable, match="damaged"):
        ensure_pepper(secrets)
    assert secrets.get("pepper") == "abc"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "secrets").write_text("in the way")

    with pytest.raises(SecretsUnavailable, match="secrets"):
        FileSecrets(tmp_path / "secrets").put("pepper", "x")
    with pytest.raises(SecretsUnavailable, match="secrets"):
        FileSecrets(tmp_path / "secrets").get("pepper")


def test_a_file_that_cannot_be_put_in_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()

    with pytest.raises(OSError, match="directory"):
        write_private(tmp_path / "key", b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["key"]
