"""The local certificate: right names, right chain, nothing that could sign for anybody else."""

import ipaddress
import socket
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from linli.site import certificate
from linli.site.certificate import LIFETIME, ensure_certificate, issue, write

NAMES = ["localhost", "127.0.0.1", "192.0.2.7"]


def greet(folder, name, trusted):
    """The name checked in a real handshake with a server that shows the certificate."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "chain.pem", folder / "key.pem")
    client = ssl.create_default_context(cafile=trusted)
    ours, theirs = socket.socketpair()

    def serve():
        with theirs:
            try:
                server.wrap_socket(theirs, server_side=True).close()
            except OSError:
                return

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with ours, client.wrap_socket(ours, server_hostname=name) as link:
            return link.getpeercert()["subjectAltName"]
    finally:
        thread.join()


def test_a_client_that_trusts_it_accepts_each_name(tmp_path):
    assert ensure_certificate(tmp_path, NAMES)
    for name in NAMES:
        assert greet(tmp_path, name, tmp_path / "trust-me.crt") == (
            ("DNS", "localhost"),
            ("IP Address", "127.0.0.1"),
            ("IP Address", "192.0.2.7"),
        )


def test_other_names_are_refused(tmp_path):
    ensure_certificate(tmp_path, NAMES)
    with pytest.raises(ssl.SSLCertVerificationError):
        greet(tmp_path, "example.org", tmp_path / "trust-me.crt")


def test_only_the_owner_reads_the_key(tmp_path):
    ensure_certificate(tmp_path, NAMES)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"key.pem": 0o600, "chain.pem": 0o600, "trust-me.crt": 0o600}


def test_what_a_phone_trusts_is_limited_to_these_names():
    authority, _certificate, _key = issue(NAMES, datetime.now(UTC))
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert [name.value for name in limits.value.permitted_subtrees] == [
        "localhost",
        ipaddress.ip_network("127.0.0.1/32"),
        ipaddress.ip_network("192.0.2.7/32"),
    ]


def test_the_key_that_signed_is_kept_nowhere(tmp_path, monkeypatch):
    made = []
    original = certificate.ec.generate_private_key

    def remember(curve):
        made.append(original(curve))
        return made[-1]

    monkeypatch.setattr(certificate.ec, "generate_private_key", remember)
    ensure_certificate(tmp_path, NAMES)
    signing, key = made
    stored = (tmp_path / "key.pem").read_bytes()
    kept = certificate.serialization.load_pem_private_key(stored, None)
    assert kept.private_numbers() == key.private_numbers()
    assert kept.private_numbers() != signing.private_numbers()
    assert sum(path.read_bytes().count(b"PRIVATE") for path in tmp_path.iterdir()) == 2


def test_it_is_kept_until_a_name_is_new_or_it_grows_old(tmp_path):
    assert ensure_certificate(tmp_path, NAMES)
    assert not ensure_certificate(tmp_path, NAMES[:2])
    assert ensure_certificate(tmp_path, [*NAMES, "192.0.2.8"])
    authority, old, _key = issue(NAMES, datetime.now(UTC) - LIFETIME + timedelta(days=29))
    pem = certificate.serialization.Encoding.PEM
    write(tmp_path / "chain.pem", old.public_bytes(pem) + authority.public_bytes(pem))
    assert ensure_certificate(tmp_path, NAMES)
