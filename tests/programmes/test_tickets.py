"""A ticket's link: nobody guesses or forges it, an older key still opens it, and nothing of it is stored."""

import base64
import string
from uuid import uuid4

import pytest
from django.db import connection

from linli.programmes.models import SignUp
from linli.programmes.tickets import fingerprint, read_token, scanned, token_of
from tests.factories import make_programme, make_session, make_sign_up

ALPHABET = string.ascii_letters + string.digits + "-_"
OLD_KEY, NEW_KEY = (
    "an older key of this installation, long enough",
    "the key of today, which is long enough too",
)


@pytest.fixture
def ticket(town, mei):
    return make_sign_up(make_session(make_programme(town.tower.unit), town.tower), "梅", holder=mei)


def test_it_reads_back(ticket):
    token = token_of(ticket)
    assert (read_token(token), token_of(ticket), len(token)) == (ticket.pk, token, 43)
    assert set(token) <= set(ALPHABET)


def test_two_tickets_have_two(ticket):
    other = make_sign_up(ticket.session)
    assert read_token(token_of(other)) == other.pk
    # Neither opens with the other's half.
    mine, theirs = (base64.urlsafe_b64decode(token_of(each) + "=") for each in (ticket, other))
    assert read_token(written(mine[:16] + theirs[16:])) is None


def written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_one_changed_character_opens_nothing(ticket):
    token = token_of(ticket)
    opened = [
        (place, letter)
        for place, right in enumerate(token)
        for letter in ALPHABET
        if letter != right and read_token(token[:place] + letter + token[place + 1 :]) is not None
    ]
    assert opened == []


def test_nor_one_more_or_less(ticket):
    token = token_of(ticket)
    shorter = [token[:place] + token[place + 1 :] for place in range(43)]
    longer = [token[:place] + more + token[place:] for place in range(44) for more in "A=!.+ \n"]
    others = [
        "",
        token[:22],
        token * 2,
        token + "=",
        token + "==",
        f"{token}é",
        f"{token}名",
        "票",
        "x" * 10_000,
    ]
    assert [text for text in [*shorter, *longer, *others] if read_token(text) is not None] == []


def test_nor_a_guess_of_any_length():
    assert [length for length in range(70) if read_token(written(b"\0" * length)) is not None] == []
    assert read_token(written(uuid4().bytes + b"\0" * 16)) is None


def test_a_link_made_under_an_older_key_still_opens(ticket, settings):
    settings.SECRET_KEY = OLD_KEY
    old = token_of(ticket)
    settings.SECRET_KEY = NEW_KEY
    assert read_token(old) is None
    settings.SECRET_KEY_FALLBACKS = ["another one that was never used here", OLD_KEY]
    assert (read_token(old), read_token(token_of(ticket))) == (ticket.pk, ticket.pk)
    assert token_of(ticket) != old
    settings.SECRET_KEY_FALLBACKS = []
    assert (read_token(old), read_token(token_of(ticket))) == (None, ticket.pk)


def test_nothing_that_opens_it_is_stored(ticket):
    token = token_of(ticket)
    mac = base64.urlsafe_b64decode(token + "=")[16:]
    row = SignUp.objects.filter(pk=ticket.pk).values_list().get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM programmes_signup")
        kept = f"{cursor.fetchall()} {row}"
    secrets = [token, token[22:], mac.hex(), str(mac), written(mac), fingerprint(token)]
    assert [secret for secret in secrets if secret in kept] == []


@pytest.mark.parametrize(
    "read", ["{}", " {} ", "{}/", "https://linli.example/tickets/{}/", "http://x/t/{}\n"]
)
def test_a_scanner_reads_the_whole_address_or_the_token_alone(read, ticket):
    token = token_of(ticket)
    assert scanned(read.format(token)) == token


def test_a_desk_without_a_line_knows_it_by_a_digest(ticket):
    other = make_sign_up(ticket.session)
    prints = {fingerprint(token_of(each)) for each in (ticket, other)}
    assert (len(prints), {len(each) for each in prints}) == (2, {64})
