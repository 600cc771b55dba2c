from datetime import timedelta

import pytest
import time_machine
from django.test import RequestFactory
from django.utils import timezone

from linli.people.models import Throttle
from linli.people.throttle import Limit, TooMany, network_of, slow_down, take
from tests.people.signing import in_processes

THREE = Limit("three", 3, 60)


def test_it_counts_for_each_subject_and_window(db):
    for _time in range(3):
        take(THREE, "a")
    with pytest.raises(TooMany) as refusal:
        take(THREE, "a")
    assert 0 < refusal.value.retry_after <= 60
    take(THREE, "b")
    with time_machine.travel(timezone.now() + timedelta(seconds=60)):
        take(THREE, "a")


def test_neither_contact_nor_address_can_be_read(db):
    take(THREE, "198.51.100.1", "mei@example.org")
    row = str(Throttle.objects.values().get())
    assert "198" not in row.replace(str(timezone.now().year), "")
    assert "mei" not in row


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_the_network(address, network):
    assert network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "203.0.113.1", "198.51.100.7"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "10.9.9.9, 203.0.113.1", "203.0.113.1"),
        (2, "10.9.9.9, 203.0.113.1, 192.0.2.1", "203.0.113.1"),
        (2, "203.0.113.1", "198.51.100.7"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, network):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7", HTTP_X_FORWARDED_FOR=forwarded)
    assert network_of(request) == network


def test_public_forms_of_others(db):
    request = RequestFactory().post("/", REMOTE_ADDR="198.51.100.7")
    for _time in range(2):
        slow_down(request, "complain", times=2)
    with pytest.raises(TooMany):
        slow_down(request, "complain", times=2)


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_processes_share_the_count():
    answers = in_processes(16, lambda number: take(Limit("shared", 5, 86400), "a"))
    assert sorted(answers) == ["None"] * 5 + ["TooMany"] * 11
