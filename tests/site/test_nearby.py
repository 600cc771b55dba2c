"""/nearby 歇歇脚 as a courier without an account sees it, without a script: where to begin, and the doors from there."""

import re
from datetime import datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache

from linli.directory.actions import end_reports
from linli.directory.indexing import index_named, index_stations
from linli.directory.models import DoorReport, Entrance, Facility, Landmark, OpeningRule, Station
from linli.directory.models.base import placed
from linli.kit.pinyin import sort_key
from tests.factories import make_person, make_role, make_station, make_unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 11, 25, 22, 40, tzinfo=SHANGHAI)
EXIT = (31.2238, 121.4462)
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture(autouse=True)
def evening():
    with time_machine.travel(EVENING, tick=True):
        yield


@pytest.fixture
def here(town):
    """A metro exit, a night stop near it and a day station nearer; all of them can be found by name."""
    town.exit = make_landmark("M-1", "静安寺站 1 号口", "Jing'an Temple Station, Exit 1", EXIT)
    town.stop = make_station(
        "JA-1203",
        "courier",
        "茂名北路小哥驿站",
        town.west,
        en="Maoming North Road Courier Stop",
        opens=time(0),
        closes=time(0),
        at=(EXIT[0] + 0.003, EXIT[1]),
    )
    town.parlour = make_station(
        "JA-1303", "micro", "会客厅", town.west, en="Parlour", at=(EXIT[0] + 0.001, EXIT[1])
    )
    Facility.objects.create(station=town.stop, kind="water", language="en")
    index_stations(Station.objects.all())
    return town


def make_landmark(code, name, english, point):
    landmark = Landmark.objects.create(
        code=code,
        kind="metro",
        name=name,
        reading=sort_key(name),
        language="zh-hans",
        translations={"en": {"name": english}},
        **placed(*point),
    )
    index_named(landmark)
    return landmark


def text_of(html):
    """The words of the page's main part, tags and icons left out."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def starts(html):
    return re.findall(r'<a class="button quiet" href="([^"]+)"><span>([^<]+?) ?<', unescape(html))


def rows(html):
    """(code, distance, all that stands in it) of each row."""
    found = re.findall(r'<li class="row" id="door-([^"]+)".*?</details></li>', html, re.DOTALL)
    pieces = [re.search(rf'id="door-{code}".*?</details></li>', html, re.DOTALL)[0] for code in found]
    return [
        (code, re.search(r'class="far">([^<]+)', row)[1], row)
        for code, row in zip(found, pieces, strict=True)
    ]


def ask(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def test_without_anything_asked_it_says_where_to_begin(here, browse):
    html = ask(browse(), "/nearby/")
    assert starts(html) == [
        ("/nearby/?from=M-1", "Jing'an Temple Station, Exit 1"),
        ("/nearby/?from=310106017", "Jiangning Road"),
        ("/nearby/?from=310106012", "West Nanjing Road"),
    ]
    assert '<input type="search" name="q"' in html
    assert rows(html) == []


def test_before_there_is_anything_it_is_a_page_all_the_same(db, browse):
    assert "Where to sit, drink and charge now." in text_of(ask(browse(), "/nearby/"))


def test_from_a_metro_exit(here, browse):
    html = ask(browse(), "/nearby/?from=M-1")
    assert [(code, far) for code, far, _row in rows(html)] == [
        ("JA-1203", "about 350 m"),
        ("JA-1303", "about 100 m"),
    ]
    words = text_of(html)
    assert "From Jing'an Temple Station, Exit 1" in words
    assert "as of 25 November, 22:40" in words
    before, _heading, after = words.partition("Next to open")
    assert "Maoming North Road Courier Stop about 350 m Open around the clock" in before
    assert "Parlour about 100 m Closed, opens tomorrow 09:00" in after


def test_from_a_poster(here, browse):
    """The station's own code, as its poster has it printed."""
    html = ask(browse(), "/nearby/?from=JA-1303")
    assert rows(html)[0][:2] == ("JA-1203", "about 200 m")
    assert "From Parlour" in text_of(html)


def test_from_a_subdistrict_it_is_the_middle_of_its_stations(here, browse):
    html = ask(browse(), "/nearby/?from=310106012")
    assert [(code, far) for code, far, _row in rows(html)] == [
        ("JA-1203", "about 100 m"),
        ("JA-1303", "about 100 m"),
    ]


def test_a_district_asks_which_part_of_it(here, browse):
    html = ask(browse(), "/nearby/?from=310106")
    assert "Which part of Jing'an District?" in text_of(html)
    assert [address for address, _name in starts(html)] == [
        "/nearby/?from=310106017",
        "/nearby/?from=310106012",
    ]


@pytest.mark.parametrize("typed", ["静安寺", "jingansi", "jas", "JINGAN SI", "ＪＡＳ", "temple"])
def test_a_metro_exit_by_its_name_pinyin_or_initials(here, browse, typed):
    response = browse().get("/nearby/", {"q": typed, "water": "on"})
    assert (response.status_code, response["Location"]) == (302, "/nearby/?from=M-1&water=on")


@pytest.mark.parametrize("typed", ["ja-1203", "ＪＡ－１２０３", " JA-1203 "])
def test_a_poster_code_by_hand(here, browse, typed):
    assert browse().get("/nearby/", {"q": typed})["Location"] == "/nearby/?from=JA-1203"


@pytest.mark.parametrize("typed", ["njxl", "南京西", "west nanjing"])
def test_a_subdistrict_by_its_name_pinyin_or_initials(here, browse, typed):
    assert browse().get("/nearby/", {"q": typed})["Location"] == "/nearby/?from=310106012"


def test_several_that_may_be_meant_are_shown(here, browse):
    make_landmark("M-2", "静安寺站 5 号口", "Jing'an Temple Station, Exit 5", EXIT)
    html = ask(browse(), "/nearby/?q=jas")
    assert "Which one do you mean?" in text_of(html)
    assert starts(html) == [
        ("/nearby/?from=M-1", "Jing'an Temple Station, Exit 1"),
        ("/nearby/?from=M-2", "Jing'an Temple Station, Exit 5"),
    ]


@pytest.mark.parametrize(
    "asked", ["q=xyzzy", "from=XYZZY", "at=xyzzy", "at=99,0", "at=NaN,1", "at=1e1,2", "from=ORG-0"]
)
def test_what_nobody_knows_is_said_so_and_the_choices_stay(here, browse, asked):
    html = ask(browse(), f"/nearby/?{asked}")
    assert f"We do not know where “{asked.partition('=')[2]}” is." in text_of(html)
    assert len(starts(html)) == 3


def test_a_station_that_nobody_has_put_on_the_map_is_no_place_to_start_from(here, browse):
    assert "We do not know where “JA-0101” is." in text_of(ask(browse(), "/nearby/?from=JA-0101"))


@pytest.mark.parametrize(
    ("finer", "rounded"),
    [
        ("31.22381,121.44624", "31.22,121.45"),
        ("-0.004,-179.999", "-0.00,-180.00"),
        ("31.2,121.4", "31.20,121.40"),
    ],
)
def test_a_position_is_never_taken_finer_than_a_kilometre(here, browse, finer, rounded):
    response = browse().get(f"/nearby/?at={finer}&toilet=on")
    assert (response.status_code, response["Location"]) == (302, f"/nearby/?at={rounded}&toilet=on")


def test_from_a_rounded_position_distances_are_whole_kilometres(here, browse):
    html = ask(browse(), "/nearby/?at=31.22,121.45")
    assert [(code, far) for code, far, _row in rows(html)] == [
        ("JA-1203", "within about 1 km"),
        ("JA-1303", "within about 1 km"),
    ]
    assert "From where you are, rounded to about a kilometre" in text_of(html)
    html = ask(browse(), "/nearby/?at=31.29,121.45")
    assert [far for _code, far, _row in rows(html)] == ["about 7 km", "about 7 km"]


def test_far_ones_are_said_in_kilometres(here, browse):
    make_landmark("M-9", "远站", "Far Station", (EXIT[0] + 0.05, EXIT[1]))
    make_landmark("M-99", "更远站", "Farther Station", (EXIT[0] + 0.5, EXIT[1]))
    assert rows(ask(browse(), "/nearby/?from=M-9"))[0][1] == "about 5.2 km"
    assert rows(ask(browse(), "/nearby/?from=M-99"))[0][1] == "about 55 km"


def test_wishes_are_turned_over_one_by_one(here, browse):
    html = unescape(ask(browse(), "/nearby/?from=M-1&toilet=on"))
    nav = html.partition('<nav class="wishes"')[2].partition("</nav>")[0]
    assert re.findall(r'<a [^>]*href="([^"]+)"( aria-current="true")?', nav) == [
        ("/nearby/?from=M-1&water=on&toilet=on", ""),
        ("/nearby/?from=M-1&phone_charging=on&toilet=on", ""),
        ("/nearby/?from=M-1&battery_swap=on&toilet=on", ""),
        ("/nearby/?from=M-1", ' aria-current="true"'),
        ("/nearby/?from=M-1&toilet=on&all_night=on", ""),
    ]
    assert "No open door near here has all of this." in text_of(html)
    assert [code for code, _far, _row in rows(ask(browse(), "/nearby/?from=M-1&water=on"))] == ["JA-1203"]


def test_a_row_says_which_door_and_what_is_there(here, browse):
    words = {"station": here.stop, "language": "en"}
    main = Entrance.objects.create(
        code="E1", name="Main door", directions="By the bank.", steps=0, bike="In the rack.", **words
    )
    Entrance.objects.create(code="E2", name="Yard", steps=3, **words)
    _code, _far, row = rows(ask(browse(), "/nearby/?from=M-1"))[0]
    assert (
        "Main door · Step-free · By the bank. Your bike: In the rack. Drinking water".casefold()
        in text_of(f"<main>{row}</main>").casefold().replace("  ", " ")
    )
    for weekday in range(7):
        OpeningRule.objects.create(
            station=here.stop, entrance=main, weekday=weekday, opens=time(8), closes=time(20)
        )
    cache.clear()
    _code, _far, row = rows(ask(browse(), "/nearby/?from=M-1"))[0]
    assert "Yard · 3 steps" in row
    assert "Main door" not in row


def test_hostile_names_are_only_words(here, browse):
    bad = '<script>alert("x")</script>'
    Station.objects.filter(pk=here.stop.pk).update(name=bad, translations={})
    Entrance.objects.create(station=here.stop, language="en", name=bad, directions=bad, bike=bad)
    html = ask(browse(), "/nearby/?from=M-1")
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert") == 4


def taps(html, code):
    row = next(row for found, _far, row in rows(html) if found == code)
    return re.findall(r'value="(\w+)" formaction="([^"]+)"', row)


def test_water_is_missed_only_where_there_is_some(here, browse):
    html = ask(browse(), "/nearby/?from=M-1")
    report = "/stations/JA-1203/report/"
    assert taps(html, "JA-1203") == [("closed", report), ("no_water", report), ("full", report)]
    assert [what for what, _address in taps(html, "JA-1303")] == ["closed", "full"]


def tap(client, what, code="JA-1203", **more):
    page = "/nearby/?from=M-1"
    response = client.post(f"/stations/{code}/report/", {"what": what, "next": page}, **more)
    assert (response.status_code, response["Location"]) == (302, f"{page}#door-{code}")


def test_one_tap_shows_at_once_and_a_second_person_confirms_it(here, browse):
    tap(browse(), "no_water")
    row = rows(ask(browse(), "/nearby/?from=M-1"))[0][2]
    assert "No water: one person, 22:40, not confirmed." in row
    tap(browse(), "no_water")
    assert "one person" in rows(ask(browse(), "/nearby/?from=M-1"))[0][2]
    tap(browse(), "no_water", **ELSEWHERE)
    row = rows(ask(browse(), "/nearby/?from=M-1"))[0][2]
    assert "No water: two people, since 22:40." in row


def test_the_same_browser_is_one_person_wherever_it_is(here, browse):
    client = browse()
    tap(client, "no_water")
    tap(client, "no_water", **ELSEWHERE)
    assert DoorReport.objects.count() == 1


def test_found_closed_it_is_not_offered_as_open(here, browse):
    tap(browse(), "closed")
    tap(browse(), "closed", **ELSEWHERE)
    words = text_of(ask(browse(), "/nearby/?from=M-1"))
    assert "No door is open near here." in words
    assert "Maoming" in words.partition("Found closed by two people")[2]


def test_a_report_shows_everywhere_and_ends_at_the_desk(here, browse):
    worker = make_person("Omar", language="en")
    make_role(worker, here.stop.unit, "worker")
    tap(browse(), "no_water")
    tap(browse(), "no_water", **ELSEWHERE)
    sentence = "No water: two people, since 22:40."
    desk = browse(worker)
    for page in ("/stations/JA-1203/", "/stations/", "/"):
        assert sentence in ask(browse(), page), page
    assert sentence in ask(desk, "/desk/at/JA-1203/")
    response = desk.post("/stations/JA-1203/report/end/", {"what": "no_water"})
    assert (response.status_code, response["Location"]) == (302, "/desk/at/JA-1203/")
    for page in ("/stations/JA-1203/", "/stations/", "/nearby/?from=M-1"):
        assert sentence not in ask(browse(), page), page


def test_the_station_page_has_the_taps_too(here, browse):
    html = ask(browse(), "/stations/JA-1203/")
    form = html.partition('action="/stations/JA-1203/report/"')[2].partition("</form>")[0]
    assert re.findall(r'name="what" value="(\w+)"', form) == ["closed", "no_water", "full"]
    response = browse().post("/stations/JA-1203/report/", {"what": "full", "next": "/stations/JA-1203/"})
    assert response["Location"] == "/stations/JA-1203/#door-JA-1203"
    assert "Full: one person, 22:40, not confirmed." in ask(browse(), "/stations/JA-1203/")


def test_the_word_of_the_desk_stands_beside_it(here, browse):
    worker = make_person("Omar")
    make_role(worker, here.stop.unit, "worker")
    end_reports(by=worker, station=here.stop, what="closed", now=EVENING - timedelta(minutes=5))
    tap(browse(), "closed")
    tap(browse(), "closed", **ELSEWHERE)
    words = text_of(ask(browse(), "/nearby/?from=M-1"))
    assert "Closed: two people, since 22:40. The desk said otherwise at 22:35." in words
    assert "Found closed by two people" not in words


@pytest.mark.parametrize("count", [1, 3, 60])
def test_it_asks_as_few_questions_however_much_there_is(
    town, browse, count, django_assert_num_queries, django_assert_max_num_queries
):
    """Where doors are dense one circle is enough; where they are few, it grows until it has seen all of them."""
    for number in range(count):
        at = (EXIT[0] + number / 10_000, EXIT[1])
        make_station(
            f"M-{number:02}", "micro", f"站{number}", town.west, opens=time(0), closes=time(0), at=at
        )
    client = browse()
    client.get("/accessibility/")
    with django_assert_num_queries(6) if count == 60 else django_assert_max_num_queries(13):
        ask(client, "/nearby/?at=31.22,121.45")
    with django_assert_num_queries(1):
        ask(client, "/nearby/?at=31.22,121.45")


@pytest.mark.parametrize("count", [1, 3, 60])
def test_beginning_asks_as_few(town, browse, count, django_assert_num_queries):
    for number in range(count):
        make_landmark(f"M-{number}", f"第{number}站", f"Station {number}", EXIT)
        make_unit(f"SUB-{number}", "subdistrict", f"第{number}街道", town.district)
    client = browse()
    client.get("/accessibility/")
    with django_assert_num_queries(4):
        ask(client, "/nearby/")
    with django_assert_num_queries(0):
        ask(client, "/nearby/")


def test_home_menu_and_phone_lead_there(here, browse):
    html = ask(browse(), "/")
    assert html.count('href="/nearby/"') == 2
    shortcuts = browse().get("/manifest.webmanifest").json()["shortcuts"]
    assert shortcuts == [{"name": "Rest your feet", "url": "/nearby/"}]


def test_the_search_finds_landmarks(here, browse):
    assert 'href="/nearby/?from=M-1"' in ask(browse(), "/search/?q=jingansi")
