"""Whatever one can show at the door, and every refusal in words; nobody is guessed and nobody counted twice."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from linli.programmes.tickets import address_of, token_of
from tests.factories import make_programme, make_session, make_sign_up
from tests.programmes.door.asking import DOOR, counts, said, show, text_of

# What one can show


@pytest.mark.parametrize(
    "shown",
    [
        lambda each: address_of(each),
        lambda each: f"  {address_of(each)}  ",
        lambda each: token_of(each),
        lambda each: each.spoken,
        lambda each: f"{each.spoken[:3]} {each.spoken[3:]}",
        lambda each: "００００" + each.spoken[4:],
        lambda each: "张小",
        lambda each: "zhang",
        lambda each: "zxm",
        lambda each: f"9{address_of(each)}",
    ],
    ids=[
        "scanned",
        "with spaces",
        "token",
        "number",
        "number in two",
        "full width",
        "part",
        "pinyin",
        "initials",
        "after a slip",
    ],
)
def test_each_way_to_come(shown, ride, desk):
    make_sign_up(ride, "李雷")
    each = make_sign_up(ride, "张小明")
    response = desk.post(f"{DOOR}check-in/", {"typed": shown(each)}, follow=True)
    assert response.redirect_chain == [(f"{DOOR}?said=came&of={each.code}", 302)]
    assert said(response) == "张小明 came."
    each.refresh_from_db()
    assert (each.arrived_at is not None, counts(ride)) == (True, (2, 0, 1, 0))


def test_whoever_is_here_already_is_said_to_be(ride, desk):
    at = timezone.now() - timedelta(minutes=5)
    each = make_sign_up(ride, "张小明", arrived_at=at)
    response = desk.post(f"{DOOR}check-in/", {"typed": token_of(each)}, follow=True)
    assert said(response) == f"张小明 has been here since {at.astimezone(ride.zone):%H:%M}."
    assert counts(ride) == (1, 0, 1, 0)


def test_an_offer_that_comes_through_the_door_is_a_seat(ride, desk):
    each = make_sign_up(ride, "张小明", "offered")
    assert show(desk, each.spoken).status_code == 302
    each.refresh_from_db()
    assert (each.state, each.offered_until) == ("confirmed", None)


def test_several_names_fit_and_one_is_chosen(ride, desk):
    first, second = make_sign_up(ride, "王芳"), make_sign_up(ride, "王小芳", "waiting")
    make_sign_up(ride, "李雷")
    response = show(desk, "王")
    assert (response.status_code, said(response)) == (200, "Several people have a name like that. Who is it?")
    chosen = re.findall(
        r'class="door-choice".*?name="sign_up" value="(\w+)"', response.content.decode(), re.DOTALL
    )
    assert (chosen[:2], counts(ride)) == ([first.code, second.code], (2, 1, 0, 0))
    assert 'value="王"' in response.content.decode()
    response = desk.post(f"{DOOR}check-in/", {"sign_up": first.code, "came": "yes"}, follow=True)
    assert (said(response), counts(ride)) == ("王芳 came.", (2, 1, 1, 0))


def test_who_still_wants_to_come_goes_before_whose_seat_is_gone(ride, desk):
    make_sign_up(ride, "王芳", "cancelled")
    comes = make_sign_up(ride, "王小芳")
    assert show(desk, "王").url == f"{DOOR}?said=came&of={comes.code}"


# Refusals


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("waiting", "This ticket is on the waiting list. If a seat is free, give it to them first."),
        ("cancelled", "This ticket was given back."),
        ("lapsed", "This was an offer that nobody took in time."),
        ("released", "This seat was given free after the start."),
    ],
)
@pytest.mark.parametrize(
    "shown", [token_of, lambda each: each.spoken, lambda each: each.name], ids=["scan", "number", "name"]
)
def test_a_ticket_without_a_seat_says_why(shown, state, says, ride, desk):
    each = make_sign_up(ride, "张小明", state)
    response = show(desk, shown(each))
    assert (response.status_code, said(response)) == (422, f"张小明: {says}")
    assert f'value="{shown(each)}"' in response.content.decode()
    each.refresh_from_db()
    assert (each.arrived_at, each.state) == (None, state)


def test_a_ticket_of_another_session_says_of_which(ride, town, desk):
    other = make_session(ride.programme, town.night, "SES-2", starts_in=timedelta(days=1))
    each = make_sign_up(other, "张小明")
    response = show(desk, address_of(each))
    clock = f"{other.starts_at.astimezone(other.zone):%H:%M}"
    says = f"This ticket is for another session: Weekend ride, tomorrow {clock}, Jiangning Courier Stop."
    assert (response.status_code, said(response)) == (422, says)
    assert "张小明" not in text_of(response)
    assert counts(other) == (1, 0, 0, 0)


def forged(token):
    """Another character in the middle, where every bit counts."""
    return token[:30] + ("A" if token[30] != "A" else "B") + token[31:]


@pytest.mark.parametrize(
    "shown",
    [
        forged,
        lambda token: token[:-3],
        lambda token: "https://elsewhere.example/pay/now",
        lambda token: "W" * 43,
        lambda token: "票/票",
    ],
    ids=["one character", "cut off", "another address", "made up", "not even ASCII"],
)
def test_a_forged_ticket_is_none(shown, ride, desk):
    each = make_sign_up(ride, "张小明")
    response = show(desk, shown(token_of(each)))
    assert (response.status_code, said(response)) == (
        422,
        "This is no ticket of this network, or it was changed.",
    )
    assert counts(ride) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("123456", "Nobody in this session has the number 123456. It may be of another session."),
        ("1234", "A ticket's number has six digits; this has 4."),
        ("赵", "Nobody of that name has signed up for this session."),
        ("", "Show a ticket, or type a number or a name."),
    ],
    ids=["number", "too few digits", "name", "nothing"],
)
def test_whoever_is_not_known_is_not_guessed(typed, says, ride, desk):
    make_sign_up(ride, "张小明")
    response = show(desk, typed)
    assert (response.status_code, said(response), counts(ride)) == (422, says, (1, 0, 0, 0))


def test_the_number_of_another_session_opens_nothing(ride, town, desk):
    other = make_session(ride.programme, town.tower, "SES-2")
    each = make_sign_up(other, "张小明", spoken="654321")
    assert (show(desk, each.spoken).status_code, counts(other)) == (422, (1, 0, 0, 0))


def test_what_is_kept_no_more_says_so(ride, desk):
    each = make_sign_up(ride, "张小明")
    token = token_of(each)
    each.delete()
    assert said(show(desk, token)) == "This ticket is so old that nothing is kept of it any more."


def test_outside_of_the_time_the_page_says_when(town, desk):
    session = make_session(make_programme(town.tower.unit), town.tower)
    each = make_sign_up(session, "张小明")
    says = "Arrivals are noted from two hours before the start until a day after the end."
    assert says in text_of(desk.get(DOOR))
    response = show(desk, each.spoken)
    assert (response.status_code, said(response)) == (422, f"张小明: {says}")


def test_a_row_of_another_session_is_not_found(ride, town, desk):
    other = make_session(ride.programme, town.tower, "SES-2")
    each = make_sign_up(other, "张小明")
    for path, sent in (("check-in/", {"came": "yes"}), ("call/", {"what": "told"})):
        assert desk.post(DOOR + path, {"sign_up": each.code, **sent}).status_code == 404
    assert counts(other) == (1, 0, 0, 0)
