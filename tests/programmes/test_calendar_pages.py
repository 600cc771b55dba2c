"""Calendars to subscribe to: what they hold, for whom, and what they never say."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.directory.models import Room, Station
from linli.kit.ids import digest
from linli.programmes.actions import cancel_session, cancel_sign_up, renew_calendar
from linli.programmes.actions.calendars import end_calendar
from linli.programmes.models import Calendar, Session
from linli.programmes.panels.calendars import MOST
from tests.factories import make_programme, make_session, make_sign_up
from tests.programmes.readers import read_ical

OF_PROGRAMME, OF_STATION = "/programmes/PRG-1/calendar.ics", "/stations/JA-0101/calendar.ics"


@pytest.fixture
def ride(town):
    programme = make_programme(town.tower.unit, en="Weekend ride", tags=["骑行"])
    return make_session(programme, town.tower)


def names(client, path: str) -> list[str]:
    """The codes of the sessions in a calendar, by their pages' addresses."""
    return [each.split("/")[-2] for each in told(client, path, "URL")[1:]]


def told(client, path: str, name: str) -> list[str]:
    """The values of a property, the calendar's own first."""
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    rows = answer.content.decode().replace("\r\n ", "").split("\r\n")
    return [row.split(":", 1)[1] for row in rows if row.split(":")[0].split(";")[0] == name]


def address(person) -> str:
    return f"/calendars/{renew_calendar(by=person)}/linli.ics"


# What they hold


def test_a_session_by_itself(ride, browse):
    answer = browse().get("/sessions/SES-1/calendar.ics")
    assert answer["Content-Disposition"] == 'inline; filename="SES-1.ics"'
    page = f"{settings.ADDRESS}/sessions/SES-1/"
    assert told(browse(), "/sessions/SES-1/calendar.ics", "URL") == [page, page]
    assert told(browse(), "/sessions/SES-1/calendar.ics", "SOURCE") == [
        f"{settings.ADDRESS}/sessions/SES-1/calendar.ics"
    ]


def test_of_a_programme_and_of_a_station(ride, town, browse):
    make_session(ride.programme, town.night, "SES-2", starts_in=timedelta(days=1))
    make_session(make_programme(town.tower.unit, "PRG-2"), town.tower, "SES-3", starts_in=timedelta(days=2))
    assert names(browse(), OF_PROGRAMME) == ["SES-2", "SES-1"]
    assert names(browse(), OF_STATION) == ["SES-3", "SES-1"]
    assert told(browse(), OF_STATION, "URL")[0] == f"{settings.ADDRESS}/stations/JA-0101/"
    assert told(browse(), OF_PROGRAMME, "NAME") == ["Weekend ride"]
    assert told(browse(), OF_STATION, "X-WR-CALNAME") == ["Cloud Tower Station"]
    assert told(browse(), OF_PROGRAMME, "DESCRIPTION") == [
        "Sessions of the last 90 days and those to come\\, at most 400."
    ]


@pytest.mark.parametrize("state", ["proposed", "submitted", "declined"])
def test_what_is_not_public_is_in_none(state, ride, omar, browse):
    Session.objects.filter(pk=ride.pk).update(state=state, reason="x")
    for client in (browse(), browse(omar)):
        assert names(client, OF_PROGRAMME) == names(client, OF_STATION) == []
        assert client.get("/sessions/SES-1/calendar.ics").status_code == 404


def test_a_cancelled_session_stays_and_says_why(ride, omar, browse):
    cancel_session(by=omar, session=ride, reason="大风")
    for path in (OF_PROGRAMME, OF_STATION, "/sessions/SES-1/calendar.ics"):
        assert told(browse(), path, "STATUS") == ["CANCELLED"]
        assert told(browse(), path, "SEQUENCE") == ["1"]
        assert told(browse(), path, "DESCRIPTION")[-1] == "Cancelled: 大风"


def test_ninety_days_back(ride, town, browse):
    begun = {
        "OVER": timedelta(days=90, hours=2, minutes=1),
        "JUST": timedelta(days=90, hours=1, minutes=59),
        "ON": timedelta(hours=1),
    }
    now = timezone.now()
    for code, ago in begun.items():
        make_session(
            ride.programme, town.tower, code, starts_at=now - ago, ends_at=now - ago + timedelta(hours=2)
        )
    assert names(browse(), OF_STATION) == ["JUST", "ON", "SES-1"]


def test_no_more_than_so_many_and_those_to_come_first(ride, town, browse):
    make_session(ride.programme, town.tower, "PAST", starts_in=timedelta(days=-1))
    make_session(ride.programme, town.tower, "EARLIER", starts_in=timedelta(days=-2))
    rows = [
        Session(
            programme=ride.programme, station=town.tower, code=f"N-{number}", name="x", language="en",
            starts_at=ride.starts_at + timedelta(days=number), ends_at=ride.ends_at + timedelta(days=number),
            time_zone="Asia/Shanghai", changed_at=ride.changed_at,
        )
        for number in range(1, MOST)
    ]  # fmt: skip
    Session.objects.bulk_create(rows[:-1])
    assert names(browse(), OF_STATION) == ["PAST", "SES-1", *(row.code for row in rows[:-1])]
    Session.objects.bulk_create([rows[-1]])
    assert names(browse(), OF_STATION) == ["SES-1", *(row.code for row in rows)]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, "Cloud Tower Station\\, 南京西路 1 号"),
        ({"where": "隔壁的咖啡馆"}, "隔壁的咖啡馆"),
        ({"place": "online", "link": "https://meet.example/secret"}, "Online"),
        ({"place": "outdoors", "where": "江宁路桥头"}, "江宁路桥头"),
    ],
    ids=["at the station", "elsewhere", "online", "outdoors"],
)
def test_where(fields, where, town, browse):
    Station.objects.update(address="南京西路 1 号")
    make_session(make_programme(town.tower.unit), town.tower, **fields)
    assert told(browse(), OF_STATION, "LOCATION") == [where]


def test_a_room_and_its_station_s_place_on_the_map(town, browse):
    Station.objects.filter(pk=town.tower.pk).update(
        wgs_latitude=31.2296174, wgs_longitude=121.4553291, latitude=31, longitude=121
    )
    room = Room.objects.create(
        station=town.tower, name="三楼书房", language="zh-hans", translations={"en": {"name": "Study"}}
    )
    make_session(make_programme(town.tower.unit), town.tower, room=room)
    make_session(
        make_programme(town.tower.unit, "PRG-2"), town.tower, "SES-2", place="outdoors", where="桥头"
    )
    assert told(browse(), OF_STATION, "LOCATION") == ["Study\\, Cloud Tower Station", "桥头"]
    assert told(browse(), OF_STATION, "GEO") == ["31.229617;121.455329"]


def test_what_it_says(town, browse):
    words = {"about": "慢慢骑。", "materials": "水", "gear": "头盔", "cost": "10 元"}
    make_session(
        make_programme(town.tower.unit, tags=["户外"]), town.tower, place="outdoors", where="桥头", **words
    )
    assert told(browse(), "/sessions/SES-1/calendar.ics", "DESCRIPTION") == [
        r"慢慢骑。\n\nWhat to bring: 水\; 头盔\n\nWhat it costs: 10 元"
    ]
    assert told(browse(), OF_STATION, "CATEGORIES") == ["周末骑行,户外"]


def test_in_the_reader_s_language(ride, browse):
    spoken = browse().get(OF_STATION, headers={"accept-language": "zh-hans"}).content.decode()
    assert "\r\nSUMMARY;LANGUAGE=zh-hans:周末骑行\r\n" in spoken
    assert "\r\nSUMMARY;LANGUAGE=en:Weekend ride\r\n" in browse().get(OF_STATION).content.decode()
    assert browse().get(OF_STATION)["Vary"] == "Accept-Language, Cookie"


def test_no_word_of_anybody_and_no_link(town, omar, mei, browse):
    programme = make_programme(town.tower.unit)
    hidden = {"link": "https://meet.example/secret", "emergency": "领队 13800001234", "leader": omar}
    session = make_session(programme, town.tower, place="online", **hidden)
    make_sign_up(
        session, "梅小雨", holder=mei, needs="轮椅", contact="+8613900001234", answers='{"A": "素食"}'
    )
    secrets = ["secret", "1380000", "1390000", "Omar", "梅", "轮椅", "素食", str(mei.pk), str(omar.pk)]
    own = address(mei)
    for path in (OF_PROGRAMME, OF_STATION, "/sessions/SES-1/calendar.ics", own):
        assert names(browse(), path) == ["SES-1"]
        file = browse().get(path).content.decode().replace("\r\n ", "")
        assert [word for word in [*secrets, own] if word in file] == []


@pytest.mark.parametrize(
    "path", ["/sessions/NO/calendar.ics", "/programmes/NO/calendar.ics", "/stations/NO/calendar.ics"]
)
def test_what_is_not_there(path, town, browse):
    assert browse().get(path).status_code == 404


# How they are fetched


@pytest.mark.parametrize("path", [OF_PROGRAMME, OF_STATION, "/sessions/SES-1/calendar.ics"])
def test_unchanged_is_not_sent_again(path, ride, omar, browse):
    client = browse()
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=300"
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == "public, max-age=300"
    cancel_session(by=omar, session=ride, reason="大风")
    changed = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_they_are_only_read(ride, mei, browse):
    for path in (OF_PROGRAMME, OF_STATION, "/sessions/SES-1/calendar.ics", address(mei)):
        assert browse().post(path).status_code == 405
        assert (browse().head(path).status_code, browse().head(path).content) == (200, b"")


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_questions_for_one_as_for_three(rows, town, mei, browse):
    programme = make_programme(town.tower.unit)
    for number in range(rows):
        room = Room.objects.create(station=town.tower, name=f"{number}", language="zh-hans")
        for code, starts_in in {"A": timedelta(days=1), "B": timedelta(days=-1)}.items():
            session = make_session(programme, town.tower, f"{code}-{number}", starts_in=starts_in, room=room)
            make_sign_up(session, holder=mei)
    own, asked = address(mei), {}
    for path in ("/sessions/A-0/calendar.ics", OF_PROGRAMME, OF_STATION, own):
        with CaptureQueriesContext(connection) as queries:
            browse().get(path)
        asked[path] = len(queries)
    assert list(asked.values()) == [1, 3, 3, 4]


# One's own


def test_what_one_signed_up_for(ride, town, mei, lena, browse):
    seat, queue, both, given, other = (
        make_session(ride.programme, town.tower, code, starts_in=timedelta(days=number))
        for number, code in enumerate(["SEAT", "QUEUE", "BOTH", "GIVEN", "OTHER"], start=4)
    )
    make_sign_up(seat, holder=mei)
    make_sign_up(queue, state="waiting", holder=mei)
    make_sign_up(both, "孩子", state="offered", holder=mei)
    make_sign_up(both, "梅", holder=mei)
    cancel_sign_up(by=mei, sign_up=make_sign_up(given, holder=mei))
    make_sign_up(other, holder=lena)
    own = address(mei)
    assert names(browse(), own) == ["SEAT", "QUEUE", "BOTH"]
    assert told(browse(), own, "STATUS") == ["CONFIRMED", "TENTATIVE", "CONFIRMED"]
    assert told(browse(), own, "SOURCE") == []
    assert browse().get(own)["Cache-Control"] == "private, max-age=300"
    assert browse().get(own)["Content-Disposition"] == 'inline; filename="linli.ics"'


def test_it_is_the_same_session_as_in_the_others(ride, mei, browse):
    make_sign_up(ride, holder=mei)
    public, own = (read_ical(browse().get(path).content) for path in (OF_STATION, address(mei)))
    assert [each.uid for each in own] == [each.uid for each in public] == [f"{ride.pk}@linli"]


@pytest.mark.parametrize(("ago", "kept"), [(29, ["SES-1"]), (31, [])])
def test_a_cancelled_one_stays_thirty_days(ago, kept, ride, mei, omar, browse):
    make_sign_up(ride, holder=mei)
    cancel_session(by=omar, session=ride, reason="大风")
    Session.objects.filter(pk=ride.pk).update(changed_at=timezone.now() - timedelta(days=ago))
    assert names(browse(), address(mei)) == kept


def test_it_speaks_its_person_s_language(ride, mei, lena, browse):
    for person, name in ((mei, "周末骑行"), (lena, "Weekend ride")):
        make_sign_up(ride, holder=person)
        assert told(browse(), address(person), "SUMMARY") == [name]


def test_its_address_opens_nothing_else(ride, mei, browse):
    make_sign_up(ride, holder=mei)
    secret = renew_calendar(by=mei)
    assert names(browse(), f"/calendars/{secret}/linli.ics") == ["SES-1"]
    for wrong in (secret[:-1], secret + "x", digest(secret), str(mei.pk)):
        assert browse().get(f"/calendars/{wrong}/linli.ics").status_code == 404
    renewed = renew_calendar(by=mei)
    assert browse().get(f"/calendars/{secret}/linli.ics").status_code == 404
    assert browse().get(f"/calendars/{renewed}/linli.ics").status_code == 200
    end_calendar(by=mei)
    assert browse().get(f"/calendars/{renewed}/linli.ics").status_code == 404


def test_it_ends_with_its_person(ride, mei, browse):
    own = address(mei)
    mei.is_active = False
    mei.save()
    assert browse().get(own).status_code == 404


# The page on which one makes it


def shown(answer) -> list[str]:
    """The addresses of calendars that stand on the page."""
    return [word for word in answer.content.decode().split('"') if "/linli.ics" in word]


def test_an_address_is_shown_once(mei, browse):
    client = browse(mei)
    assert shown(client.get("/me/calendar/")) == []
    made = client.post("/me/calendar/", {"renew": "1"})
    (link,) = shown(made)
    assert (made.status_code, made["Cache-Control"]) == (200, "no-store")
    assert browse().get(link.removeprefix(settings.ADDRESS)).status_code == 200
    assert shown(client.get("/me/calendar/")) == []
    secret = link.split("/")[-2]
    assert [row.digest for row in Calendar.objects.filter(person=mei)] == [digest(secret)]


def test_another_ends_the_first_and_it_can_be_ended(mei, lena, browse):
    client, other = browse(mei), address(lena)
    (first,), (second,) = (shown(client.post("/me/calendar/", {"renew": "1"})) for _time in range(2))
    statuses = [browse().get(link.removeprefix(settings.ADDRESS)).status_code for link in (first, second)]
    assert statuses == [404, 200]
    assert client.post("/me/calendar/", {"end": "1"})["Location"] == "/me/calendar/"
    assert browse().get(second.removeprefix(settings.ADDRESS)).status_code == 404
    assert browse().get(other).status_code == 200


def test_it_is_for_those_who_are_signed_in(browse):
    for method in ("get", "post"):
        answer = getattr(browse(), method)("/me/calendar/")
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")
    assert Calendar.objects.count() == 0
