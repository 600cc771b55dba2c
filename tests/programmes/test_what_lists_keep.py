"""What the list of sessions and the front page keep: the same for everybody, for the minute, until the next fact."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache

from linli.areas.actions import close_unit
from linli.news.actions import withdraw_article
from linli.programmes.actions import cancel_session, cancel_sign_up, sign_up
from linli.programmes.actions.signing_up import Attendee
from linli.programmes.models import Session
from tests.factories import make_article, make_programme, make_session
from tests.programmes.people import NOON

LISTS = ["/programmes/", "/programmes/?kind=culture&free=on", "/"]
CHINESE = {"accept-language": "zh-CN"}


@pytest.fixture(autouse=True)
def clock(town):
    """Time stands still, so that all of a test lies in one minute."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def programme(town):
    return make_programme(town.tower.unit)


@pytest.fixture
def ride(programme, town):
    words = {"name": "骑行", "translations": {"en": {"name": "Night ride"}}}
    return make_session(programme, town.tower, capacity=2, **words)


def text(client, path, **headers) -> str:
    return client.get(path, headers=headers).content.decode()


@pytest.mark.parametrize("path", LISTS)
def test_a_page_holds_for_the_minute(path, ride, browse, clock):
    client = browse()
    assert "Night ride" in text(client, path)
    # Behind the ledger's back: nothing but the clock tells.
    Session.objects.update(name="夜行", translations={"en": {"name": "Moon ride"}})
    assert "Night ride" in text(client, path)
    clock.shift(timedelta(minutes=1))
    assert "Moon ride" in text(client, path)


@pytest.mark.parametrize("path", LISTS)
def test_whoever_takes_a_seat_or_gives_it_back_sees_it_at_once(path, ride, mei, browse):
    client = browse(mei)
    assert "2 seats free" in text(client, path)
    mine = sign_up(by=mei, session=ride, attendee=Attendee("梅"))
    assert "1 seat free" in text(client, path)
    cancel_sign_up(by=mei, sign_up=mine)
    assert "2 seats free" in text(client, path)


def test_the_last_seat_takes_a_session_off_the_list_of_those_with_free_ones(ride, mei, browse):
    client, free = browse(), "/programmes/?free=on"
    Session.objects.update(capacity=1)
    assert "Night ride" in text(client, free)
    sign_up(by=mei, session=ride, attendee=Attendee("梅"))
    assert "Nothing fits." in text(client, free)
    assert "Night ride" in text(client, "/programmes/")


def test_a_cancelled_session_is_said_to_be_and_is_not_on_soon(ride, omar, browse):
    client = browse()
    assert [("cancelled" in text(client, path)) for path in LISTS] == [False, False, False]
    cancel_session(by=omar, session=ride, reason="A typhoon")
    assert '<span class="badge care">cancelled</span>' in text(client, "/programmes/")
    assert "Night ride" not in text(client, "/")


def test_a_station_that_closes_takes_its_sessions_along(ride, town, gao, browse, today):
    client = browse()
    assert ["Night ride" in text(client, path) for path in LISTS] == [True, True, True]
    close_unit(by=gao, unit=town.tower.unit, on=today)
    assert ["Night ride" in text(client, path) for path in LISTS] == [False, False, False]


def test_an_article_that_is_withdrawn_leaves_the_front_page_at_once(town, omar, browse):
    article = make_article(town.tower.unit, "ART-1", title="雨天")
    client = browse()
    assert "雨天" in text(client, "/")
    withdraw_article(by=omar, article=article, why="It was wrong.")
    assert "雨天" not in text(client, "/")


@pytest.mark.parametrize("path", LISTS)
def test_each_language_has_its_own(path, ride, browse):
    client = browse()
    assert ["Night ride" in text(client, path), "骑行" in text(client, path, **CHINESE)] == [True, True]
    assert ["骑行" in text(client, path), "Night ride" in text(client, path, **CHINESE)] == [False, False]


@pytest.fixture
def many(programme, town):
    """Fifty-one classes of two hours, one an hour from the sixteenth at noon: two pages of them."""
    for number in range(51):
        starts_in = timedelta(days=9, hours=number)
        make_session(programme, town.tower, f"SES-{number}", name=f"课{number}", starts_in=starts_in)


def test_each_choice_and_each_page_has_its_own(many, town, browse):
    study = make_programme(town.night.unit, "PRG-2", kind="study")
    make_session(study, town.night, "SES-S", name="读书")
    client = browse()
    shown = {
        "": ("读书", "课48"),
        "?page=2": ("课49", "课50"),
        "?page=7": ("课49", "课50"),
        "?kind=study": ("读书", "读书"),
        "?kind=culture": ("课0", "课49"),
        "?kind=culture&page=2": ("课50", "课50"),
        "?place=JA-0201": ("读书", "读书"),
        "?place=nowhere&kind=nonsense": ("读书", "课48"),
        "?span=week": ("读书", "读书"),
        "?day=2026-12-17": ("课11", "课50"),
        "?day=2026-12-17&span=day": ("课11", "课35"),
        "?day=2026-12-18&span=day": ("课35", "课50"),
    }
    for _twice in range(2):
        for asked, ends in shown.items():
            rows = text(client, f"/programmes/{asked}").split('<li class="row session-row">')[1:]
            assert tuple(re.findall(r"[课读书]+\d*", row)[0] for row in (rows[0], rows[-1])) == ends, asked


def test_days_are_named_anew_at_midnight(programme, town, browse, clock):
    make_session(programme, town.tower, starts_in=timedelta(hours=22))
    client = browse()
    clock.move_to(NOON.replace(hour=23, minute=59, second=59))
    assert "<h2>tomorrow</h2>" in text(client, "/programmes/")
    clock.shift(timedelta(seconds=1))
    assert "<h2>today</h2>" in text(client, "/programmes/")


@pytest.mark.parametrize("path", LISTS)
def test_what_is_kept_is_everybodys(path, programme, town, ride, omar, mei, browse):
    """Drafts, one's own seat, what one may do there: nothing of it is in what the next one is shown."""
    make_session(programme, town.tower, "SES-P", name="草案", state="proposed")
    sign_up(by=mei, session=ride, attendee=Attendee("梅"))
    visitor = browse()

    def page(client) -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(client, path))

    alone = page(visitor)
    for somebody in (omar, mei):
        cache.clear()
        assert "草案" not in page(browse(somebody))
        assert page(visitor) == alone


def test_what_somebody_typed_stays_theirs(many, browse):
    first = text(browse(), "/programmes/?place=nowhere-a&from=letter")
    assert ['value="nowhere-a"' in first, "from=letter&amp;page=2" in first] == [True, True]
    for asked in ("", "?place=nowhere-b"):
        page = text(browse(), f"/programmes/{asked}")
        assert ["nowhere-a" in page, "from=letter" in page] == [False, False]


@pytest.mark.parametrize("number", [1, 40])
@pytest.mark.parametrize(
    ("path", "first", "kept"),
    [
        ("/programmes/", 3, 1),
        ("/programmes/?kind=culture&free=on", 3, 1),
        ("/programmes/?place=310106", 4, 2),
    ],
)
def test_a_kept_page_asks_for_the_ledgers_newest_facts_and_the_place(
    path, first, kept, number, programme, town, browse, django_assert_num_queries
):
    for each in range(number):
        make_session(programme, town.tower, f"SES-{each}", starts_in=timedelta(days=3, hours=each))
    client = browse()
    client.get("/accessibility/")
    for queries in (first, kept):
        with django_assert_num_queries(queries):
            client.get(path)
