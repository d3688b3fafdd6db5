"""A certificate of our own making, so that a phone on the same network may use its camera (secure contexts, W3C).

Browsers warn of it, and should: it is for trying Fyr out. A deployment sets FYR_TLS_CERT or stands behind a proxy.
"""

import ipaddress
import os
import ssl
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from core.clock import Clock

VALID = timedelta(days=397)
"""Longer-lived ones are refused by phones."""
RENEW_BEFORE = timedelta(days=14)
OWNER_ONLY = 0o600


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """A server's context from PEM files, TLS 1.2 and later."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


def self_made(folder: Path, addresses: Sequence[str], clock: Clock) -> tuple[Path, Path]:
    """Paths of certificate and key for these addresses; made anew when an address is new or the end is near."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    if not (certificate.exists() and key.exists() and _serves(certificate, addresses, clock.now())):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(certificate, key, addresses=addresses, now=clock.now())
    return certificate, key


def _serves(path: Path, addresses: Sequence[str], now: datetime) -> bool:
    certificate = x509.load_pem_x509_certificate(path.read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covered = {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    return covered.issuperset(addresses) and certificate.not_valid_after_utc - now > RENEW_BEFORE


def _make(certificate: Path, key: Path, *, addresses: Sequence[str], now: datetime) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Fyr on this machine")])
    names = [x509.DNSName("localhost"), *(x509.IPAddress(ipaddress.ip_address(one)) for one in addresses)]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )
    secret = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as file:
        file.write(secret)
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
