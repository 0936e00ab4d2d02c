"""The hub's own certificate, for towns that have none to give it.

Stations do not believe the names in it: they hold the SHA-256 of the hub's public key since their
enrolment. The key therefore outlives the certificate; a new key is a new hub to them.
"""

import hashlib
import ipaddress
import socket
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from admin_console.hub.secret import write_private
from admin_console.hub.setting import KeyPair

LIFETIME = timedelta(days=3650)


class CertificateUnusable(Exception):
    """A certificate or key cannot be read or made; the sentence says which and why."""


def ensure_key_pair(files: KeyPair, names: Iterable[str], now: datetime) -> bool:
    """Make the key and the certificate where they are missing; False when both stood there.

    Args:
        files: where they stand; the key is written with mode 0600.
        names: what the certificate names besides this machine, hosts or addresses.
        now: the instant, aware.

    Raises:
        CertificateUnusable: one stands there without the other, or a file cannot be written.
    """
    present = [path for path in (files.certificate, files.key) if path.exists()]
    if len(present) == 1:
        message = f"{present[0]} stands alone: remove it, or put the other file back beside it"
        raise CertificateUnusable(message)
    if present:
        return False
    key = ec.generate_private_key(ec.SECP256R1())
    machine = socket.gethostname() or "creneau-hub"
    all_names = dict.fromkeys([machine, *names, "localhost", "127.0.0.1", "::1"])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, machine[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFETIME)
        .add_extension(
            x509.SubjectAlternativeName([_general_name(name) for name in all_names]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    try:
        write_private(
            files.key,
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
        )
        files.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    except OSError as error:
        message = f"{error.filename} cannot be written: {error.strerror}"
        raise CertificateUnusable(message) from error
    return True


def fingerprint(certificate: Path) -> str:
    """Return the SHA-256 of the public key in a certificate file, in hexadecimal.

    Raises:
        CertificateUnusable: the file holds no certificate.
    """
    try:
        found = x509.load_pem_x509_certificates(certificate.read_bytes())[0]
    except (OSError, ValueError) as error:
        message = f"{certificate} holds no certificate that can be read"
        raise CertificateUnusable(message) from error
    public = found.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return hashlib.sha256(public).hexdigest()


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)
