"""Asking another server for a file, at the word of a person who must not be able to reach our own network with it.

The name is resolved once, every address it has must be on the public internet, and that very address is connected to: a
resolver that answers differently the second time is never asked a second time. No redirect is followed, for it would be
a new address that nobody looked at; nothing of ours is sent along: no cookie, no referrer, no credentials.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from linli.kit.rules import Problem

PORTS = {"http": 80, "https": 443}
SECONDS = 20.0
CHUNK = 65_536
PLAIN = "/%:@!$&'()*+,;=~-._"
# Networks that carry an IPv4 address inside an IPv6 one, so that a private one could hide in it: NAT64, 6to4, Teredo.
CARRIERS = [
    ipaddress.ip_network(name) for name in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]


def resolve_name(host: str, port: int) -> list[str]:
    """The addresses of a host as the machine's resolver tells them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def fetch(url: str, *, most: int, resolve: Resolve = resolve_name) -> bytes:
    """The body at an address, at most `most` bytes within twenty seconds. Problem that says what to do otherwise."""
    parts = checked(url)
    port = parts.port or PORTS[parts.scheme]
    address = public_address(parts.hostname or "", port, resolve)
    deadline = time.monotonic() + SECONDS
    try:
        return asked(parts, address, port, most, deadline)
    except ssl.SSLError:
        raise Problem(_("The other server's certificate is not valid.")) from None
    except (OSError, HTTPException):
        raise Problem(_("The other server did not answer. Please try again later.")) from None


def checked(url: str) -> SplitResult:
    """The parts of an address that may be asked; a port of its own only within networks the operator trusts."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise not_an_address() from None
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None or not url.isprintable():
        raise not_an_address()
    if port not in {None, PORTS[parts.scheme]} and not settings.FETCH_FROM:
        raise not_an_address()
    return parts


def not_an_address() -> Problem:
    return Problem(
        _(
            "Please give an address that begins with https:// or http://, without a name, password or port in it."
        )
    )


def public_address(host: str, port: int, resolve: Resolve) -> Address:
    """The one address that will be connected to. Problem unless every address of the host may be."""
    try:
        found = [ipaddress.ip_address(text.split("%")[0]) for text in resolve(host, port)]
    except (OSError, UnicodeError, ValueError):
        raise Problem(_("No server has this name. Please check the address.")) from None
    if not found or not all(may_be_asked(address) for address in found):
        raise Problem(_("This address is not on the public internet, so it is not fetched from here."))
    return found[0]


def may_be_asked(address: Address) -> bool:
    if any(address in network for network in trusted()):
        return True
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None or any(address in network for network in CARRIERS):
            return False
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def trusted() -> list[Any]:
    """Networks of the operator's own in which other servers may be asked, on any port (LINLI_FETCH_FROM)."""
    return [ipaddress.ip_network(name) for name in settings.FETCH_FROM]


def asked(parts: SplitResult, address: Address, port: int, most: int, deadline: float) -> bytes:
    connection = HTTPConnection(parts.hostname or "", port, timeout=SECONDS)
    with (
        closing(connection),
        socket.create_connection((str(address), port), timeout=SECONDS) as plain,
        wrapped(plain, parts) if parts.scheme == "https" else plain as connected,
    ):
        connection.sock = connected
        connection.request("GET", target(parts), headers={"User-Agent": "Linli", "Accept": "*/*"})
        with closing(connection.getresponse()) as response:
            return body_of(response, connected, most, deadline)


def target(parts: SplitResult) -> str:
    """What is no plain character is quoted, so that an address cannot hold a second request."""
    path = quote(parts.path or "/", safe=PLAIN)
    return f"{path}?{quote(parts.query, safe=PLAIN + '?')}" if parts.query else path


def wrapped(plain: socket.socket, parts: SplitResult) -> ssl.SSLSocket:
    """Certificate and name are checked against the name that was typed, not against the address."""
    return ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)


def body_of(response: HTTPResponse, connected: socket.socket, most: int, deadline: float) -> bytes:
    """Read in pieces, so that a server that drips, or never ends, is left in time."""
    if response.status in range(300, 400):
        raise Problem(_("The other server sends on to another address. Please give that one."))
    if response.status != 200:
        raise Problem(_("The other server answered with %(status)d.") % {"status": response.status})
    body = bytearray()
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        connected.settimeout(left)
        piece = response.read1(CHUNK)
        body += piece
        if len(body) > most:
            raise Problem(_("What lies there is larger than %(most)d kB.") % {"most": most // 1000})
        if not piece:
            return bytes(body)
