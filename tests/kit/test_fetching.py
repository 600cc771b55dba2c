"""S37: what others have us fetch: only from the public internet, from the address that was looked at, and never for long."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import translation

from linli.kit import fetching
from linli.kit.fetching import fetch, resolve_name
from linli.kit.rules import Problem

SPELLINGS = r"""
    http://127.0.0.1/ http://127.0.0.1:80/ http://127.1/ http://127.0.1/ http://127.255.255.254/ http://2130706433/
    http://0x7f000001/ http://0x7f.0.0.1/ http://0x7F.1/ http://0177.0.0.1/ http://017700000001/ http://0177.0.0.01/
    http://00000177.0.0.1/ http://0/ http://0.0.0.0/ http://127.0.0.1./ http://localhost/ http://LOCALHOST/
    http://localhost./ http://[::1]/ http://[0:0:0:0:0:0:0:1]/ http://[::]/ http://[::ffff:127.0.0.1]/
    http://[::ffff:7f00:1]/ http://[::127.0.0.1]/ http://[64:ff9b::7f00:1]/ http://[64:ff9b::10.0.0.1]/
    http://[64:ff9b:1::7f00:1]/ http://[2002:7f00:1::]/ http://[2002:a00:1::1]/ http://[2001::1]/ http://[fe80::1]/
    http://[fe80::1%25lo]/ http://[fc00::1]/ http://[fd12:3456::1]/ http://[fec0::1]/ http://[ff02::1]/
    http://[2001:db8::1]/ http://[100::1]/ http://10.0.0.1/ http://10.1/ http://012.0.0.1/ http://172.16.0.1/
    http://172.31.255.254/ http://192.168.0.1/ http://192.168.1/ http://0300.0250.0.1/ http://169.254.169.254/
    http://2852039166/ http://0xa9fea9fe/ http://[::ffff:a9fe:a9fe]/ http://100.64.0.1/ http://192.0.0.1/
    http://192.0.2.1/ http://198.18.0.1/ http://198.51.100.1/ http://203.0.113.1/ http://224.0.0.1/ http://240.0.0.1/
    http://255.255.255.255/ http://①②⑦.⓪.⓪.①/ http://127。0。0。1/ http://１２７.0.0.1/ http://example.org@127.0.0.1/
    http://user:word@example.org/ http://example.org:22/ https://example.org:8443/ ftp://example.org/
    file:///etc/passwd gopher://example.org/ javascript:alert(1) //example.org/ http:///x http:// http://[::1
    http://exa\tmple.org/ http://example.org/\r\nHost:x http://example.org:99999/
"""


def spellings() -> list[str]:
    """Split at plain spaces and line ends only: some of them hold other white space."""
    return [each.encode().decode("unicode_escape").encode("latin-1").decode() for each in SPELLINGS.split()]


@pytest.fixture
def calls(monkeypatch) -> list:
    """What would have been connected to. The network itself is the one thing that stands outside of us."""
    made = []

    def connect(address, timeout=None):
        made.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    return made


@pytest.mark.parametrize("url", spellings())
def test_s37_no_spelling_of_an_inner_address_is_asked(url, calls, settings):
    settings.FETCH_FROM = []
    with pytest.raises(Problem):
        fetch(url, most=1_000, resolve=machine)
    assert calls == []


def test_s37_at_least_sixty_spellings_are_tried():
    assert len(set(spellings())) >= 60


def machine(host: str, port: int) -> list[str]:
    """As the machine resolves numbers and localhost; every other name is one of the public internet."""
    try:
        return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return ["93.184.215.14"] if host == "example.org" else []


def test_s37_a_resolver_that_changes_its_mind_is_asked_once(calls, settings):
    settings.FETCH_FROM = []
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    with pytest.raises(Problem):
        fetch("http://rebinding.example/", most=1_000, resolve=lambda host, port: next(answers))
    assert calls == [("93.184.215.14", 80)]
    assert next(answers) == ["127.0.0.1"]


def test_s37_one_inner_address_among_public_ones_is_enough_to_refuse(calls, settings):
    settings.FETCH_FROM = []
    with pytest.raises(Problem):
        fetch("http://both.example/", most=1_000, resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])
    assert calls == []


class Other(BaseHTTPRequestHandler):
    """Another server, with all its moods."""

    seen: list = []

    def do_GET(self):
        self.seen.append((self.path, dict(self.headers)))
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1/secret")
            self.end_headers()
        elif self.path == "/gone":
            self.send_error(410)
        elif self.path == "/drip":
            self.send_response(200)
            self.end_headers()
            try:
                for _tick in range(200):
                    self.wfile.write(b".")
                    self.wfile.flush()
                    threading.Event().wait(0.02)
            except OSError:
                pass
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"words" * (1_000 if self.path == "/long" else 1))

    def log_message(self, *_line):
        pass


@pytest.fixture(scope="module")
def other():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def neighbours(settings):
    """The operator trusts one network of the house's own."""
    settings.FETCH_FROM = ["127.0.0.0/8"]
    Other.seen.clear()
    with translation.override("en"):
        yield


def test_a_file_of_a_trusted_network(other, neighbours):
    assert fetch(f"{other}/a b?c=春", most=1_000) == b"words"
    path, headers = Other.seen[0]
    assert path == "/a%20b?c=%E6%98%A5"
    assert set(headers) == {"Host", "Accept-Encoding", "User-Agent", "Accept"}


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/moved", "another address"),
        ("/gone", "410"),
        ("/long", "1 kB"),
    ],
)
def test_what_it_may_answer_instead(other, neighbours, path, words):
    with pytest.raises(Problem, match=words):
        fetch(other + path, most=1_000)
    assert [path for path, _headers in Other.seen] == [path]


def test_a_server_that_drips_is_left(other, neighbours, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.3)
    with pytest.raises(Problem):
        fetch(f"{other}/drip", most=1_000)


def test_a_name_that_nobody_has(settings):
    settings.FETCH_FROM = []

    def unknown(_host, _port):
        raise socket.gaierror

    with pytest.raises(Problem):
        fetch("http://nobody.example/", most=1_000, resolve=unknown)


def test_the_machine_resolves_numbers():
    assert set(resolve_name("127.0.0.1", 80)) == {"127.0.0.1"}
