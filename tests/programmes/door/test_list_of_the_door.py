"""The list at the door: ticked, searched, counted heads and unused seats."""

import re
from datetime import timedelta

import pytest

from linli.programmes.models import SignUp
from tests.factories import make_programme, make_session, make_sign_up
from tests.programmes.door.asking import DOOR, counts, said, text_of

# The list


def test_a_row_is_ticked_and_unticked(ride, desk):
    each = make_sign_up(ride, "张小明", needs="轮椅", is_child=True)
    page = desk.get(DOOR).content.decode()
    row = re.search(r'<li class="row" data-row=.*?</li>', page, re.DOTALL).group()
    assert ("张小明" in row, "轮椅" in row, "child" in row, "000 001" in row) == (True, True, True, True)
    for came, words, here in (("yes", "张小明 came.", 1), ("no", "张小明 is not here after all.", 0)):
        response = desk.post(f"{DOOR}check-in/", {"sign_up": each.code, "came": came}, follow=True)
        assert (said(response), counts(ride)) == (words, (1, 0, here, 0))


def test_a_child_without_a_name_is_one_child(ride, desk):
    make_sign_up(ride, "x", is_child=True)
    SignUp.objects.update(name="")
    assert "one child" in text_of(desk.get(DOOR))


def test_fifty_stand_on_a_page_and_a_tick_stays_there(ride, desk):
    rows = [make_sign_up(ride, f"来宾{number:02}") for number in range(1, 10)]
    SignUp.objects.bulk_create(
        SignUp(
            session=ride, session_ends_at=ride.ends_at, name=f"多{number}", key=f"k{number}", spoken=f"9{number:05}",
            state="confirmed", signed_at=rows[-1].signed_at + timedelta(seconds=number), knows=0,
        )
        for number in range(1, 53)
    )  # fmt: skip
    first, second = (desk.get(f"{DOOR}?page={number}").content.decode() for number in (1, 2))
    assert (first.count("data-row="), second.count("data-row=")) == (50, 11)
    last = SignUp.objects.get(name__isnull=False, spoken="900052")
    response = desk.post(f"{DOOR}check-in/", {"sign_up": last.code, "came": "yes", "page": "2", "q": ""})
    assert response.url == f"{DOOR}?page=2&said=came&of={last.code}"
    assert f'data-row="{last.code}"' in desk.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("asked_for", "found"), [("张", ["000001"]), ("zhang", ["000001"]), ("000002", ["000002"]), ("赵", [])]
)
def test_the_list_can_be_searched(asked_for, found, ride, desk):
    make_sign_up(ride, "张小明")
    make_sign_up(ride, "李雷")
    make_sign_up(ride, "张三", "waiting")
    page = desk.get(DOOR, {"q": asked_for}).content.decode()
    assert re.findall(r'data-spoken="(\d+)"', page) == found


def test_who_waits_stands_apart(ride, desk):
    make_sign_up(ride, "张小明")
    waits = make_sign_up(ride, "李雷", "waiting")
    page = desk.get(DOOR).content.decode()
    assert waits.code not in re.findall(r'data-row="(\w+)"', page)
    assert "1 waits for a seat" in text_of(desk.get(DOOR))


def test_names_are_escaped(ride, desk):
    make_sign_up(ride, "<img src=x>", needs="<b>&")
    page = desk.get(DOOR).content.decode()
    assert ("<img src=x>" in page, "&lt;img src=x&gt;" in page, "&lt;b&gt;&amp;" in page) == (
        False,
        True,
        True,
    )


def test_a_drop_in_has_heads_only(town, desk):
    make_session(make_programme(town.tower.unit), town.tower, starts_in=timedelta(minutes=30), capacity=None)
    page = text_of(desk.get(DOOR))
    assert ("Counted without a ticket" in page, "Who is expected" in page) == (True, False)


# Heads and unused seats


def test_heads_are_counted_up_and_back(ride, desk):
    for number, heads in (("1", 1), ("1", 2), ("25", 27), ("-1", 26)):
        response = desk.post(f"{DOOR}heads/", {"number": number}, follow=True)
        assert said(response) == f"{heads} people have been counted without a ticket.".replace(
            "1 people have", "1 person has"
        )
        assert counts(ride) == (0, 0, 0, heads)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("-1", "Fewer have been counted than you want to take back."),
        ("many", "Enter a whole number."),
        ("501", "Ensure this value is less than or equal to 500."),
    ],
)
def test_heads_that_cannot_be(number, says, ride, desk):
    response = desk.post(f"{DOOR}heads/", {"number": number})
    assert (response.status_code, said(response), counts(ride)) == (422, says, (0, 0, 0, 0))
    assert f'value="{number}"' in response.content.decode()


def test_unused_seats_are_given_free_while_it_is_on(on, desk):
    came, absent = make_sign_up(on, "张小明", arrived_at=on.starts_at), make_sign_up(on, "李雷", by_desk=True)
    assert "Give unused seats free" in text_of(desk.get(DOOR))
    response = desk.post(f"{DOOR}release/", follow=True)
    assert (said(response), counts(on)) == ("1 seat was given free.", (1, 0, 1, 0))
    states = dict(SignUp.objects.values_list("pk", "state"))
    assert states == {came.pk: "confirmed", absent.pk: "released"}


def test_before_the_start_no_seat_is_unused(ride, desk):
    make_sign_up(ride, "张小明")
    assert "Give unused seats free" not in text_of(desk.get(DOOR))
    response = desk.post(f"{DOOR}release/")
    assert (response.status_code, said(response)) == (
        422,
        "Unused seats are given free while the session is on.",
    )
    assert counts(ride) == (1, 0, 0, 0)
