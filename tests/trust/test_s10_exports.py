"""S10: a thousand files made for fifty people at once: each holds its own rows and nobody else's."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from linli.kit.ids import digest, token
from linli.programmes.models import Calendar
from tests.factories import make_person, make_programme, make_session, make_sign_up, make_station, make_unit

PEOPLE, TIMES, THREADS = 50, 20, 8


@pytest.mark.django_db(transaction=True)
def test_s10_a_thousand_calendars_by_fifty_people_hold_no_foreign_row(record_property):
    network = make_unit("NET", "network", "示范网络", None)
    station = make_station("JA-0101", "building", "云塔党群服务站", network)
    programme = make_programme(station.unit)
    secrets = {}
    for number in range(PEOPLE):
        person = make_person(f"person {number}")
        session = make_session(programme, station, f"SES-{number:03}", name=f"own-{number:03}")
        make_sign_up(session, holder=person)
        secrets[number] = token()
        Calendar.objects.create(person=person, digest=digest(secrets[number]), made_at=session.changed_at)

    def ask(number: int) -> int:
        """How many rows of others the file holds; its own is there."""
        try:
            answer = Client().get(f"/calendars/{secrets[number % PEOPLE]}/linli.ics")
        finally:
            connection.close()
        text = answer.content.decode()
        names = set(re.findall(r"own-\d{3}", text))
        assert f"own-{number % PEOPLE:03}" in names
        return len(names) - 1

    with ThreadPoolExecutor(THREADS) as pool:
        foreign = sum(pool.map(ask, range(PEOPLE * TIMES)))
    assert foreign == 0
    record_property(
        "figure", f"{PEOPLE * TIMES} files of {PEOPLE} people by {THREADS} at once, foreign rows 0"
    )


def test_s10_secrets_have_192_bits_and_never_come_twice():
    made = {token() for _ in range(10_000)}
    assert len(made) == 10_000
    assert {len(each) for each in made} == {32}
