"""S26: guessing codes. One use under fifty parallel posts, three tries, and nobody can lock anybody out."""

import pytest
from django.core import mail
from django.test import Client

from linli.people.models import Person, SignedIn, SignInCode
from tests.people.signing import digits_mailed, give_contact, in_processes, wrong

CONTACT = "mei@example.org"


def asked(contact=CONTACT, network="198.51.100.1") -> Client:
    """A browser at the page that asks for the code."""
    client = Client(REMOTE_ADDR=network)
    assert client.post("/sign-in/", {"contact": contact}).status_code == 302
    return client


def copy_of(client: Client) -> Client:
    """The same browser once more: its cookies and its address."""
    copy = Client(**client.defaults)
    copy.cookies = client.cookies
    return copy


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_s26_one_code_fifty_posts_one_sign_in(mei, record_property):
    give_contact(mei)
    client = asked()
    digits = digits_mailed()
    attempt = client.session["sign_in_attempt"]
    browsers = [client]
    for _number in range(49):
        # Other browsers that somehow hold the same attempt: sharing one session would hide a second success.
        other = Client(REMOTE_ADDR="198.51.100.1")
        session = other.session
        session["sign_in_attempt"] = attempt
        session.save()
        other.cookies["linli"] = session.session_key
        browsers.append(other)
    answers = in_processes(
        50, lambda number: browsers[number].post("/sign-in/code/", {"digits": digits}).status_code
    )
    assert sorted(answers) == ["302"] + ["422"] * 49
    assert SignedIn.objects.filter(person=mei).count() == 1
    record_property("figure", "50 posts of one right code in 50 processes, sign-ins 1")


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_s26_fifty_wrong_posts_are_three_tries(mei, record_property):
    give_contact(mei)
    client = asked()
    digits = digits_mailed()
    answers = in_processes(
        50, lambda number: copy_of(client).post("/sign-in/code/", {"digits": wrong(digits)}).status_code
    )
    assert answers == ["422"] * 50
    assert SignInCode.objects.get().tries == 3
    assert client.post("/sign-in/code/", {"digits": digits}).status_code == 422
    record_property(
        "figure", "50 wrong posts in 50 processes, tries counted 3, the right code afterwards refused"
    )


def test_s26_no_lock_out_as_an_attack(mei, record_property):
    give_contact(mei)
    wrong_posts = 0
    for number in range(12):
        attacker = None
        while True:
            client = Client(REMOTE_ADDR=f"203.0.113.{number}")
            if client.post("/sign-in/", {"contact": CONTACT}).status_code == 429:
                break
            attacker, digits = client, wrong(digits_mailed())
            if SignInCode.objects.count() >= 59:
                break
        for _try in range(5):
            wrong_posts += (
                attacker.post("/sign-in/code/", {"digits": digits}).status_code == 422 if attacker else 0
            )
    mine = asked()
    assert mine.post("/sign-in/code/", {"digits": digits_mailed()}).status_code == 302
    record_property(
        "figure", f"{wrong_posts} wrong posts from 12 networks, the holder's next right code signs in"
    )


def test_s26_each_contact_and_each_network_has_its_limit(db):
    statuses = [
        Client(REMOTE_ADDR="198.51.100.1").post("/sign-in/", {"contact": CONTACT}).status_code
        for _ in range(6)
    ]
    assert statuses == [302] * 5 + [429]
    statuses = [
        Client(REMOTE_ADDR="198.51.100.2")
        .post("/sign-in/", {"contact": f"a{number}@example.org"})
        .status_code
        for number in range(121)
    ]
    assert statuses == [302] * 120 + [429]


def test_s26_no_phone_is_flooded(db):
    sent = 0
    for number in range(70):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        sent += client.post("/sign-in/", {"contact": CONTACT}).status_code == 302
    assert (sent, len(mail.outbox)) == (60, 60)


def test_s26_one_ipv6_site_is_one_network(db):
    statuses = [
        Client(REMOTE_ADDR=f"2001:db8::{number}").post("/sign-in/", {"contact": CONTACT}).status_code
        for number in range(1, 7)
    ]
    assert statuses == [302] * 5 + [429]


def test_s26_a_wrong_code_makes_nobody(db):
    client = asked()
    client.post("/sign-in/code/", {"digits": wrong(digits_mailed())})
    assert (Person.objects.count(), SignedIn.objects.filter(person__isnull=False).count()) == (0, 0)
