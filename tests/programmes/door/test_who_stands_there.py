"""Who may stand at the door, what else it opens, and who is told that their name was seen."""

from datetime import timedelta

import pytest

from linli.people.models import Look
from tests.factories import make_person, make_programme, make_role, make_session, make_sign_up, make_unit
from tests.programmes.door.asking import DOOR, JSON, asked, counts, show, text_of

POSTS = ("check-in/", "heads/", "release/", "call/", "sync/")


# Who may


@pytest.mark.parametrize(
    ("who", "gets"), [("kai", "in"), ("mei", 403), ("lena", 403), ("gao", 403), ("omar", 200)]
)
def test_who_stands_at_the_door(who, gets, request, ride, browse):
    client = browse(request.getfixturevalue(who))
    pages = [DOOR, f"{DOOR}list.json", "/sessions/SES-1/sheet/"]
    assert [asked(client, page) for page in pages] == [gets] * 3
    refused = {200: 405}.get(gets, gets)
    assert [asked(client, DOOR + post) for post in POSTS] == [refused] * 5
    if gets != 200:
        assert [asked(client, DOOR + post, "post") for post in POSTS] == [gets] * 5


@pytest.mark.parametrize(
    ("starts_in", "gets"),
    [(61, 403), (59, 200), (-60, 200), (-(120 + 24 * 60 - 1), 200), (-(120 + 24 * 60 + 1), 403)],
    ids=["too early", "an hour before", "while it is on", "a day after", "too late"],
)
def test_the_leader_sees_who_is_expected_around_the_time(starts_in, gets, town, browse):
    """Nobody's staff, and so without a second factor."""
    leader = make_person("Rosa")
    programme = make_programme(town.tower.unit)
    make_session(programme, town.tower, starts_in=timedelta(minutes=starts_in, seconds=30), leader=leader)
    assert asked(browse(leader, second_factor=False), DOOR) == gets


def test_the_lead_of_the_group_that_holds_it_sees_who_comes(town, browse):
    group = make_unit("GRP-1", "group", "骑行队", town.tower.unit)
    other = make_unit("GRP-2", "group", "合唱团", town.tower.unit)
    ours, theirs = make_person("Bo"), make_person("Ana")
    make_role(ours, group, "group_lead")
    make_role(theirs, other, "group_lead")
    make_session(make_programme(town.tower.unit), town.tower, group=group)
    assert asked(browse(ours, second_factor=False), DOOR) == 200
    assert asked(browse(theirs, second_factor=False), DOOR) == 403


def test_staff_show_their_second_factor_first(ride, browse, omar):
    client = browse(omar, second_factor=False)
    assert [asked(client, page) for page in (DOOR, f"{DOOR}list.json", "/sessions/SES-1/sheet/")] == [
        "second factor"
    ] * 3
    assert [asked(client, DOOR + post, "post") for post in POSTS] == ["second factor"] * 5


def test_who_works_elsewhere_stands_at_another_door(ride, town, browse):
    colleague = make_person("Jon")
    make_role(colleague, town.night.unit, "worker")
    assert asked(browse(colleague), DOOR) == 403


def test_a_session_there_is_not_has_no_door(desk):
    assert asked(desk, "/sessions/NONE/door/") == 404


def test_a_leader_notes_arrivals_and_does_not_call(town, browse):
    leader = make_person("Rosa")
    programme = make_programme(town.tower.unit)
    session = make_session(programme, town.tower, starts_in=timedelta(minutes=30), leader=leader, changes=1)
    told = make_sign_up(session, "阿婆", knows=0, by_desk=True, contact="+8613800001234")
    waits = make_sign_up(session, "老李", "waiting", contact="+8613900001234")
    client = browse(leader, second_factor=False)
    page = client.get(DOOR)
    assert "13800001234" not in text_of(page)
    assert "13900001234" not in text_of(page)
    assert "阿婆" in text_of(page)
    assert client.post(f"{DOOR}check-in/", {"sign_up": told.code, "came": "yes"}).status_code == 302
    for what, sign_up in (("told", told), ("leave", told), ("seat", waits)):
        assert client.post(f"{DOOR}call/", {"sign_up": sign_up.code, "what": what}).status_code == 403
    assert counts(session) == (1, 1, 1, 0)


# Looks


def test_everybody_with_an_account_is_told_who_saw_their_name(ride, town, omar, mei, lena, desk):
    make_sign_up(ride, "梅", holder=mei)
    make_sign_up(ride, "小梅", holder=mei, is_child=True)
    make_sign_up(ride, "Lena", "waiting", holder=lena)
    make_sign_up(ride, "老李")
    make_sign_up(ride, "Omar", holder=omar)
    desk.get(DOOR)
    looks = Look.objects.values_list("viewer", "subject", "page", "unit")
    expected = [(omar.pk, who.pk, "Arrivals at a session", town.tower.unit.pk) for who in (mei, lena)]
    assert sorted(looks) == sorted(expected)


def test_an_answer_to_the_script_names_one_and_logs_one(ride, mei, lena, desk):
    each = make_sign_up(ride, "梅", holder=mei)
    make_sign_up(ride, "Lena", holder=lena)
    show(desk, each.spoken, headers=JSON)
    assert list(Look.objects.values_list("subject", flat=True)) == [mei.pk]
