"""The list on paper: everybody who is expected, a box each, streamed; and the look it is."""

import re
from datetime import timedelta

import pytest

from linli.people.models import Look
from linli.programmes.models import SignUp
from tests.factories import make_programme, make_session, make_sign_up

SHEET = "/sessions/SES-1/sheet/"
ROW = re.compile(
    r"<tr><td>(\d+)</td>.*?<th scope=\"row\">(.*?)</th><td([^>]*)>(.*?)</td><td class=\"number\">([\d ]+)</td></tr>"
)


@pytest.fixture
def ride(town):
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, starts_in=timedelta(minutes=30), capacity=10)


@pytest.fixture
def sheet(browse, omar):
    """sheet() → what leaves for the printer."""
    client = browse(omar)
    return lambda: client.get(SHEET).getvalue().decode()


def rows_of(page):
    return [
        (number, re.sub(r"<[^>]+>", "", name), needs, said)
        for number, name, _tag, needs, said in ROW.findall(page)
    ]


def test_everybody_stands_on_it_with_a_box_and_six_digits(ride, sheet):
    make_sign_up(ride, "张小明", needs="轮椅")
    make_sign_up(ride, "Lena", "offered")
    make_sign_up(ride, "小梅", is_child=True)
    make_sign_up(ride, "王芳", "cancelled")
    make_sign_up(ride, "老李", "waiting")
    SignUp.objects.filter(spoken="000003").update(name="")
    page = sheet()
    assert rows_of(page) == [
        ("1", "张小明", "轮椅", "000 001"),
        ("2", "Lena · a seat is offered", "", "000 002"),
        ("3", "one child", "", "000 003"),
        ("1", "老李", "", "000 005"),
    ]
    # Those who wait have a table of their own, after room for eight who come without a ticket.
    assert page.index("000 003") < page.index("Who waits for a seat") < page.index("000 005")
    assert page.count('<span class="box"></span>') == 4 + 8
    assert 'class="needs" lang="">轮椅</td>' in page


def test_who_is_here_has_a_tick_already(ride, sheet):
    make_sign_up(ride, "张小明", arrived_at=ride.starts_at)
    assert sheet().count('<span class="box ticked"></span>') == 1


def test_a_code_leads_back_to_the_door(ride, sheet, settings):
    settings.ADDRESS = "https://linli.example"
    page = sheet()
    assert "https://linli.example/sessions/SES-1/door/" in page
    assert len(re.findall(r'<img src="data:image/svg\+xml', page)) == 1


def test_paper_says_the_day_and_not_today(ride, sheet):
    starts_at, ends_at = (moment.astimezone(ride.zone) for moment in (ride.starts_at, ride.ends_at))
    assert f"{starts_at:%-d %B %Y (%a), %H:%M} – {ends_at:%H:%M}" in sheet()


def test_nobody_is_expected_and_there_is_room_to_write(ride, sheet):
    page = sheet()
    assert (rows_of(page), page.count('class="box"')) == ([], 8)
    assert "Who waits for a seat" not in page
    assert page.rstrip().endswith("</html>")


def test_names_are_escaped(ride, sheet):
    make_sign_up(ride, "<!-- rows --><script>", needs="<b>&")
    page = sheet()
    assert ("<script>" in page, "&lt;!-- rows --&gt;&lt;script&gt;" in page, "&lt;b&gt;&amp;" in page) == (
        False,
        True,
        True,
    )
    assert page.count("<!-- rows -->") == 0


def test_it_is_a_look_at_everybody_with_an_account(ride, town, sheet, omar, mei, lena):
    make_sign_up(ride, "梅", holder=mei)
    make_sign_up(ride, "小梅", holder=mei)
    make_sign_up(ride, "Lena", "waiting", holder=lena)
    make_sign_up(ride, "老李")
    sheet()
    looks = Look.objects.values_list("viewer", "subject", "page", "unit")
    expected = [(omar.pk, who.pk, "Printed list of a session", town.tower.unit.pk) for who in (mei, lena)]
    assert sorted(looks) == sorted(expected)


@pytest.mark.parametrize("rows", [1, 3, 40, 250])
def test_it_leaves_a_hundred_rows_at_a_time_in_as_many_queries(
    rows, ride, browse, omar, django_assert_num_queries
):
    SignUp.objects.bulk_create(
        SignUp(
            session=ride, session_ends_at=ride.ends_at, name=f"来宾{number}", key=f"k{number}", spoken=f"{number:06}",
            state="confirmed", signed_at=ride.starts_at, knows=0,
        )
        for number in range(rows)
    )  # fmt: skip
    client = browse(omar)
    client.get(SHEET).getvalue()
    with django_assert_num_queries(10):
        response = client.get(SHEET)
        parts = list(response.streaming_content)
    assert (response.streaming, len(parts)) == (True, 3 + -(-rows // 100))
    assert [number for number, *_rest in rows_of(b"".join(parts).decode())] == [
        str(n) for n in range(1, rows + 1)
    ]
