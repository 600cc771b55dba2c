import pytest

from linli.kit.refs import ref
from linli.kit.rules import Refused
from linli.notices.actions import follow
from linli.notices.models import Follow
from linli.notices.rules import may_follow


def test_a_resident_follows_a_station(mei, town):
    assert follow(by=mei, subject=town.tower) == "directory.station/JA-0101"

    assert [(row.person, row.subject) for row in Follow.objects.all()] == [(mei, ref(town.tower))]


def test_following_twice_is_following_once(mei, town):
    follow(by=mei, subject=town.tower)
    since = Follow.objects.get().since_at
    follow(by=mei, subject=town.tower)

    assert Follow.objects.get().since_at == since


def test_whoever_is_signed_in_may_follow_what_they_see(mei, lena, omar, gao, kai, town):
    cast = {"mei": mei, "lena": lena, "omar": omar, "gao": gao, "kai": kai}

    assert {name for name, person in cast.items() if may_follow(person, town.tower)} == set(cast) - {"kai"}
    assert not may_follow(mei, None)


def test_a_visitor_is_refused(kai, town):
    with pytest.raises(Refused):
        follow(by=kai, subject=town.tower)


def test_following_leaves_no_fact(mei, town, facts):
    follow(by=mei, subject=town.tower)

    assert facts() == []


@pytest.mark.parametrize(
    "subject",
    [
        "directory.station/NOPE",
        "people.person/mei",
        "directory.station/",
        "nonsense",
        "a.b/c",
        "",
        "x" * 10_000,
    ],
)
def test_the_page_knows_only_what_the_person_sees(subject, mei, town, browse):
    assert browse(mei).post("/follow/", {"subject": subject}).status_code == 404
    assert Follow.objects.count() == 0


def test_a_closed_station_is_not_there_to_follow(mei, town, browse, today):
    town.tower.unit.closed_on, town.tower.unit.closing_recorded_at = today, "2026-01-01T00:00Z"
    town.tower.unit.save()

    assert browse(mei).post("/follow/", {"subject": ref(town.tower)}).status_code == 404


def test_the_page_leads_back_to_where_the_button_stood(mei, town, browse):
    answer = browse(mei).post("/follow/", {"subject": ref(town.tower), "next": "/stations/JA-0101/"})

    assert (answer.status_code, answer["Location"]) == (302, "/stations/JA-0101/")
    assert Follow.objects.filter(person=mei).count() == 1


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_and_never_to_another_site(there, mei, town, browse):
    assert browse(mei).post("/follow/", {"subject": ref(town.tower), "next": there})["Location"] == "/"


def test_a_visitor_is_sent_to_sign_in_and_comes_back_to_the_page(town, browse):
    answer = browse().post(
        "/follow/", {"subject": ref(town.tower)}, headers={"referer": "http://testserver/stations/JA-0101/"}
    )

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fstations%2FJA-0101%2F")
    assert Follow.objects.count() == 0


def test_looking_does_not_follow(mei, town, browse):
    assert browse(mei).get("/follow/", {"subject": ref(town.tower)}).status_code == 405


def test_without_the_forms_token_nothing_happens(mei, town):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(mei)

    assert client.post("/follow/", {"subject": ref(town.tower)}).status_code == 403
    assert Follow.objects.count() == 0
