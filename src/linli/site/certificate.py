"""The local certificate of `./linli run --https`."""

import ipaddress
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

# Phones refuse certificates that are valid for longer.
LIFETIME = timedelta(days=390)
RENEWED_BEFORE = timedelta(days=30)


def general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def constraint(name: x509.GeneralName) -> x509.GeneralName:
    """The same name as a certificate authority's limit, where an address is written as a network of one."""
    return x509.IPAddress(ipaddress.ip_network(name.value)) if isinstance(name, x509.IPAddress) else name


def begin(
    subject: str, issuer: str, key: ec.EllipticCurvePrivateKey, now: datetime
) -> x509.CertificateBuilder:
    def called(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    return (
        x509.CertificateBuilder()
        .subject_name(called(subject))
        .issuer_name(called(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LIFETIME)
    )


def usage(*, signs_certificates: bool) -> x509.KeyUsage:
    unused = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
        **dict.fromkeys(unused, False),
    )


def issue(
    names: list[str], now: datetime
) -> tuple[x509.Certificate, x509.Certificate, ec.EllipticCurvePrivateKey]:
    """(authority, certificate, the certificate's key).

    A phone that trusts the authority trusts these names only, and nothing can be signed by it again: its own key
    is never written down.
    """
    signing, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    alternatives = [general_name(name) for name in names]
    title = f"Linli on this network, {now:%Y-%m-%d %H:%M}"
    limits = x509.NameConstraints([constraint(name) for name in alternatives], None)
    authority = (
        begin(title, title, signing, now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(signing.public_key()), critical=False)
        .add_extension(limits, critical=True)
        .sign(signing, hashes.SHA256())
    )
    certificate = (
        begin(names[0], title, key, now)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .sign(signing, hashes.SHA256())
    )
    return authority, certificate, key


def still_good(path: Path, names: list[str], now: datetime) -> bool:
    """Whether the certificate there covers all the names and lasts a while yet."""
    if not path.exists():
        return False
    certificate = x509.load_pem_x509_certificates(path.read_bytes())[0]
    covered = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasts = certificate.not_valid_after_utc - now > RENEWED_BEFORE
    return lasts and all(general_name(name) in list(covered) for name in names)


def write(path: Path, content: bytes) -> None:
    """Readable by the owner only, from the first byte on."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def ensure_certificate(folder: Path, names: list[str]) -> bool:
    """Keeps key.pem, chain.pem and trust-me.crt (for phones) in the folder; True when they had to be made."""
    now = datetime.now(UTC)
    if still_good(folder / "chain.pem", names, now):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    authority, certificate, key = issue(names, now)
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    write(folder / "key.pem", key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    write(folder / "trust-me.crt", authority.public_bytes(pem))
    write(folder / "chain.pem", certificate.public_bytes(pem) + authority.public_bytes(pem))
    return True
