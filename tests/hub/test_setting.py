"""The settings of the hub are read once, with a sentence for each mistake."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_console.hub.setting import (
    Address,
    KeyPair,
    LogForm,
    SettingInvalid,
    read_address,
    read_settings,
)

SECRET = "hunter2"


def test_without_settings_the_hub_stays_on_this_machine(tmp_path: Path) -> None:
    found = read_settings({"XDG_STATE_HOME": str(tmp_path)})

    assert found.state == tmp_path / "creneau" / "hub"
    assert found.database_url is None
    assert found.database_file == tmp_path / "creneau" / "hub" / "hub.sqlite"
    assert found.listen == Address("127.0.0.1", 8620)
    assert found.listen.is_loopback
    assert found.key_pair is None
    assert found.log is LogForm.JSON


def test_every_setting_is_read(tmp_path: Path) -> None:
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    certificate.touch()
    key.touch()

    found = read_settings(
        {
            "CRENEAU_STATE": str(tmp_path / "state"),
            "CRENEAU_DATABASE_URL": f"postgresql://hub:{SECRET}@db/creneau",
            "CRENEAU_LISTEN": "[::]:443",
            "CRENEAU_TLS_CERTIFICATE": str(certificate),
            "CRENEAU_TLS_KEY": str(key),
            "CRENEAU_LOG": "console",
            "CRENEAU_HOLIDAYS": "FR-57",
        }
    )

    assert found.state == tmp_path / "state"
    assert found.database_url == f"postgresql://hub:{SECRET}@db/creneau"
    assert (found.listen.host, found.listen.port) == ("::", 443)
    assert str(found.listen) == "[::]:443"
    assert found.key_pair == KeyPair(certificate, key)
    assert found.log is LogForm.CONSOLE
    assert found.holidays == "FR-57"


def test_an_empty_variable_counts_as_unset(tmp_path: Path) -> None:
    told = {"XDG_STATE_HOME": str(tmp_path), "CRENEAU_LISTEN": "", "CRENEAU_LOG": " "}

    assert read_settings(told) == read_settings({"XDG_STATE_HOME": str(tmp_path)})


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("CRENEAU_LISTEN", "8620", "HOST:PORT"),
        ("CRENEAU_LISTEN", "127.0.0.1:", "HOST:PORT"),
        ("CRENEAU_LISTEN", "127.0.0.1:65536", "HOST:PORT"),
        ("CRENEAU_LISTEN", "http://127.0.0.1:80", "HOST:PORT"),
        ("CRENEAU_LISTEN", "::1:80", "HOST:PORT"),
        ("CRENEAU_LOG", "xml", "json or console"),
        ("CRENEAU_DATABASE_URL", f"mysql://hub:{SECRET}@db/x", "sqlite:/// or postgresql://"),
        ("CRENEAU_DATABASE_URL", SECRET, "sqlite:/// or postgresql://"),
        ("CRENEAU_TLS_KEY", "/nowhere/key.pem", "CRENEAU_TLS_CERTIFICATE is missing"),
        ("CRENEAU_TLS_CERTIFICATE", "/nowhere/c.pem", "CRENEAU_TLS_KEY is missing"),
    ],
)
def test_a_mistake_is_named(name: str, value: str, says: str) -> None:
    with pytest.raises(SettingInvalid, match=name) as caught:
        read_settings({name: value})

    assert says in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_certificate_that_is_not_there_is_named(tmp_path: Path) -> None:
    told = {"CRENEAU_TLS_CERTIFICATE": str(tmp_path / "c"), "CRENEAU_TLS_KEY": str(tmp_path / "k")}

    with pytest.raises(SettingInvalid, match="is not there"):
        read_settings(told)


@pytest.mark.parametrize(
    ("text", "loopback"),
    [
        ("127.0.0.1:0", True),
        ("127.8.8.8:1", True),
        ("[::1]:1", True),
        ("localhost:1", True),
        ("0.0.0.0:1", False),
        ("[::]:1", False),
        ("192.168.1.5:1", False),
        ("hub.ville.example:1", False),
        ("localhost.example:1", False),
    ],
)
def test_only_this_machine_is_loopback(text: str, *, loopback: bool) -> None:
    assert read_address(text, "here").is_loopback is loopback


@given(st.ip_addresses(), st.integers(0, 65535))
def test_an_address_is_written_as_it_is_read(host: object, port: int) -> None:
    address = Address(str(host), port)

    assert read_address(str(address), "here") == address


def test_a_flag_outranks_the_setting() -> None:
    settings = read_settings({"CRENEAU_LISTEN": "127.0.0.1:1"})

    assert settings.listening("127.0.0.1:2").listen.port == 2
    with pytest.raises(SettingInvalid, match="--listen"):
        settings.listening("2")
