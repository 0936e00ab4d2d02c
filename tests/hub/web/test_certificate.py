"""The hub's own certificate."""

import hashlib
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from admin_console.hub.setting import KeyPair
from admin_console.hub.web.certificate import CertificateUnusable, ensure_key_pair, fingerprint

NOW = datetime(2026, 3, 10, tzinfo=UTC)


def files(folder: Path) -> KeyPair:
    return KeyPair(folder / "certificate.pem", folder / "key.pem")


def test_a_key_and_a_certificate_are_made_once(tmp_path: Path) -> None:
    pair = files(tmp_path)

    assert ensure_key_pair(pair, ["hub.ville.example", "192.0.2.7"], NOW) is True
    before = pair.certificate.read_bytes(), pair.key.read_bytes()
    assert ensure_key_pair(pair, [], NOW) is False

    assert (pair.certificate.read_bytes(), pair.key.read_bytes()) == before
    assert stat.S_IMODE(pair.key.stat().st_mode) == 0o600
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(pair.certificate, pair.key)
    found = x509.load_pem_x509_certificate(pair.certificate.read_bytes())
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "hub.ville.example" in names.get_values_for_type(x509.DNSName)
    assert "192.0.2.7" in [str(one) for one in names.get_values_for_type(x509.IPAddress)]
    assert found.not_valid_before_utc < NOW < found.not_valid_after_utc - timedelta(days=3000)


def test_the_fingerprint_is_of_the_public_key(tmp_path: Path) -> None:
    pair = files(tmp_path)
    ensure_key_pair(pair, [], NOW)

    key = serialization.load_pem_private_key(pair.key.read_bytes(), None)
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    assert fingerprint(pair.certificate) == hashlib.sha256(public).hexdigest()


def test_a_half_of_a_pair_is_not_overwritten(tmp_path: Path) -> None:
    pair = files(tmp_path)
    pair.key.write_text("precious")

    with pytest.raises(CertificateUnusable, match="alone"):
        ensure_key_pair(pair, [], NOW)
    assert pair.key.read_text() == "precious"


def test_what_is_no_certificate_is_named(tmp_path: Path) -> None:
    for content in (None, b"", b"nonsense"):
        if content is not None:
            (tmp_path / "c.pem").write_bytes(content)
        with pytest.raises(CertificateUnusable, match=r"c\.pem"):
            fingerprint(tmp_path / "c.pem")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(CertificateUnusable, match="nowhere"):
        ensure_key_pair(files(tmp_path / "nowhere"), [], NOW)
