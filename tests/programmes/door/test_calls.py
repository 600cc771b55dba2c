"""Whom the desk calls: those who wait close to the start, and those whom nobody told of a change."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import make_programme, make_session, make_sign_up
from tests.programmes.door.asking import DOOR, counts, dialled, phone_of, said, text_of


def test_close_to_the_start_those_who_wait_are_called(ride, mei, lena, desk):
    now = timezone.now()
    phone_of(mei, "+8613800001111")
    phone_of(lena, "+8613800002222", verified=False)
    make_sign_up(ride, "李雷", "waiting", contact="+8613800003333", queued_at=now - timedelta(hours=1))
    first = make_sign_up(ride, "梅", "waiting", holder=mei, queued_at=now - timedelta(hours=2))
    make_sign_up(ride, "Lena", "waiting", holder=lena, queued_at=now)
    page = desk.get(DOOR)
    assert "10 seats are free. Call them, longest waiting first." in text_of(page)
    assert dialled(page) == ["tel:+8613800001111", "tel:+8613800003333"]
    assert "No number is known." in text_of(page)
    response = desk.post(f"{DOOR}call/", {"sign_up": first.code, "what": "seat"}, follow=True)
    assert (said(response), counts(ride)) == ("梅 has a seat now.", (1, 2, 0, 0))


def test_the_page_calls_nobody_while_messages_do_it_or_no_seat_is_free(town, desk):
    programme = make_programme(town.tower.unit)
    early = make_session(programme, town.tower, "SES-1", starts_in=timedelta(hours=3, minutes=1))
    full = make_session(programme, town.tower, "SES-2", starts_in=timedelta(minutes=30), capacity=1)
    for session in (early, full):
        make_sign_up(session, "李雷", "waiting", contact="+8613800003333")
    make_sign_up(full, "张小明")
    for code in ("SES-1", "SES-2"):
        page = desk.get(f"/sessions/{code}/door/")
        assert ("李雷" in text_of(page), dialled(page)) == (True, [])


def test_when_the_last_seat_went_the_call_says_so(ride, desk):
    waits = make_sign_up(ride, "李雷", "waiting")
    type(ride).objects.update(taken=10)
    response = desk.post(f"{DOOR}call/", {"sign_up": waits.code, "what": "seat"})
    assert (response.status_code, said(response)) == (422, "No seat is free any more.")


def test_after_a_change_whom_nobody_told_is_called(town, mei, desk):
    session = make_session(make_programme(town.tower.unit), town.tower, changes=2)
    phone_of(mei, "+8613800001111")
    stays = make_sign_up(session, "梅", holder=mei, knows=1)
    leaves = make_sign_up(session, "阿婆", knows=0, by_desk=True, contact="po@example.org")
    make_sign_up(session, "李雷", knows=2)
    make_sign_up(session, "王芳", "cancelled", knows=0)
    page = desk.get(DOOR)
    # The desk's own first: no message reaches them.
    assert dialled(page) == ["mailto:po@example.org", "tel:+8613800001111"]
    response = desk.post(f"{DOOR}call/", {"sign_up": stays.code, "what": "told"}, follow=True)
    assert (said(response), dialled(response)) == ("梅 has been told.", ["mailto:po@example.org"])
    response = desk.post(f"{DOOR}call/", {"sign_up": leaves.code, "what": "leave"}, follow=True)
    assert (said(response), counts(session)) == ("阿婆 leaves the seat to others.", (2, 0, 0, 0))
    assert "Nobody has told them yet" not in text_of(response)


def test_a_cancelled_session_is_told_too(town, desk):
    session = make_session(
        make_programme(town.tower.unit), town.tower, changes=1, state="cancelled", reason="下雨"
    )
    each = make_sign_up(session, "阿婆", knows=0, by_desk=True, contact="+8613800001111")
    page = desk.get(DOOR)
    assert (dialled(page), "They leave" in text_of(page), "下雨" in text_of(page)) == (
        ["tel:+8613800001111"],
        False,
        True,
    )
    assert desk.post(f"{DOOR}call/", {"sign_up": each.code, "what": "told"}).status_code == 302
    assert dialled(desk.get(DOOR)) == []


def test_a_call_is_one_of_three_things(ride, desk):
    each = make_sign_up(ride, "张小明")
    response = desk.post(f"{DOOR}call/", {"sign_up": each.code, "what": "shout"})
    assert (response.status_code, said(response)) == (422, "Please use one of the buttons.")
