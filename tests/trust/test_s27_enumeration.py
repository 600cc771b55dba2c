"""S27: nobody can find out who has an account: same status, same length, same time for known and unknown."""

import gc
import math
import re
import statistics
import time

import pytest
from django.core import mail
from django.test import Client

from linli.people.actions import issue_slip
from tests.factories import make_person
from tests.people.signing import give_contact

SAMPLES = 500
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
# Two-sided, one in ten thousand: a real difference of a tenth of the spread shows far beyond it.
LIMIT = 3.9


def welch(a: list[float], b: list[float]) -> float:
    """Welch's t; the slowest and fastest twentieth are left out, they belong to the machine."""
    a, b = trimmed(a), trimmed(b)
    spread = math.sqrt(statistics.variance(a) / len(a) + statistics.variance(b) / len(b))
    return (statistics.fmean(a) - statistics.fmean(b)) / spread


def trimmed(values: list[float]) -> list[float]:
    cut = len(values) // 20
    return sorted(values)[cut : len(values) - cut]


def measure(known, unknown, count: int = SAMPLES):
    """Times both kinds of request in turns, so that whatever the machine does else meets both alike."""
    times, answers = {True: [], False: []}, {True: set(), False: set()}
    gc.disable()
    try:
        for number in range(count + 20):
            for is_known in (True, False) if number % 2 else (False, True):
                client, path, data = (known if is_known else unknown)(number)
                started = time.perf_counter()
                response = client.post(path, data)
                spent = time.perf_counter() - started
                if number >= 20:
                    times[is_known].append(spent)
                    answers[is_known].add(shape(response))
    finally:
        gc.enable()
    return welch(times[True], times[False]), answers[True], answers[False]


def shape(response) -> tuple[int, int, str]:
    body = TOKEN.sub(b"", response.content)
    return response.status_code, len(body), response.headers.get("Location", "")


def fresh(number: int, side: int) -> Client:
    return Client(REMOTE_ADDR=f"2001:db8:{side:x}:{number:x}::1")


def settled(known, unknown) -> float:
    """|t| of one run, or the smaller of two: one run in ten thousand is beyond the limit by chance."""
    runs = []
    for _run in range(2):
        t, one, other = measure(known, unknown)
        assert one == other
        assert len(one) == 1
        runs.append(abs(t))
        if runs[-1] < LIMIT:
            break
    return min(runs)


@pytest.mark.django_db
def test_s27_asking_for_a_code_tells_nothing(record_property):
    for number in range(SAMPLES + 20):
        give_contact(make_person("Somebody"), f"k{number:04}@example.org")

    def known(number):
        mail.outbox.clear()
        return fresh(number, 1), "/sign-in/", {"contact": f"k{number:04}@example.org"}

    def unknown(number):
        mail.outbox.clear()
        return fresh(number, 2), "/sign-in/", {"contact": f"u{number:04}@example.org"}

    t = settled(known, unknown)
    assert t < LIMIT
    record_property(
        "figure", f"asking for a code, {SAMPLES} known and {SAMPLES} unknown contacts, |t| = {t:.2f}"
    )


def test_s27_a_slip_tells_nothing(omar, town):
    used = issue_slip(by=omar, unit=town.tower.unit)
    issue_slip(by=omar, unit=town.tower.unit, earlier=used.code)

    def known(number):
        return fresh(number, 3), "/slip/", {"code": used.code}

    def unknown(number):
        return fresh(number, 4), "/slip/", {"code": "0" * len(used.code)}

    _t, one, other = measure(known, unknown, 40)
    # What was typed stands in the field again, and has the same length.
    assert one == other


def test_s27_every_phone_is_told_the_same_where_no_text_message_goes(mei):
    give_contact(mei, "13800001234")
    known = Client().post("/sign-in/", {"contact": "13800001234"})
    unknown = Client().post("/sign-in/", {"contact": "13900001234"})
    assert shape(known) == shape(unknown)
    assert known.status_code == 422


def test_s27_adding_a_contact_tells_only_its_holder(browse, mei, lena):
    give_contact(lena, "lena@example.org")
    answers = {
        shape(browse(mei, confirmed=True).post("/me/contacts/", {"contact": contact}))
        for contact in ("lena@example.org", "none@example.org")
    }
    assert len(answers) == 1
