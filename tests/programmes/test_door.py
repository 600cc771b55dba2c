"""The door: who may stand at it, whatever one can show there, every refusal in words, calls, and nobody counted twice."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from linli.people.models import Contact, Look
from linli.people.models.contacts import lookup_of
from linli.programmes.models import SignUp
from linli.programmes.tickets import address_of, fingerprint, token_of
from tests.factories import make_person, make_programme, make_role, make_session, make_sign_up, make_unit

DOOR = "/sessions/SES-1/door/"
JSON = {"accept": "application/json"}
POSTS = ("check-in/", "heads/", "release/", "call/", "sync/")


@pytest.fixture
def ride(town):
    """It begins in half an hour."""
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, starts_in=timedelta(minutes=30), capacity=10)


@pytest.fixture
def on(town):
    """It has begun half an hour ago."""
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, starts_in=timedelta(minutes=-30), capacity=10)


@pytest.fixture
def desk(browse, omar):
    return browse(omar)


def show(client, typed, path=DOOR, **more):
    return client.post(f"{path}check-in/", {"typed": typed}, **more)


def text_of(response):
    """What stands on a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def said(response):
    """The sentence a page answers with."""
    found = re.search(r'id="door-said"[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found.group(1))).split()) if found else ""


def counts(session):
    session.refresh_from_db()
    return session.taken, session.waiting, session.arrived, session.heads


def asked(client, path, method="get"):
    response = getattr(client, method)(path)
    leads = response.headers.get("Location", "")
    return (
        "in"
        if leads.startswith("/sign-in/")
        else "second factor"
        if "second-factor" in leads
        else response.status_code
    )


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


# Calls


def phone_of(person, value, *, verified=True, kind="phone"):
    at = timezone.now() if verified else None
    return Contact.objects.create(
        person=person, kind=kind, value=value, lookup=lookup_of(value), verified_at=at
    )


def dialled(page):
    return re.findall(r'href="((?:tel|mailto):[^"]+)"', page.content.decode())


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


# What the script gets


def test_the_script_gets_sentence_row_and_counts(ride, desk):
    each = make_sign_up(ride, "张小明")
    answer = show(desk, token_of(each), headers=JSON).json()
    each.refresh_from_db()
    clock = f"{each.arrived_at.astimezone(ride.zone):%H:%M}"
    assert answer == {
        "tone": "good",
        "said": "张小明 came.",
        "row": {"code": each.code, "name": "张小明", "spoken": "000001", "came": clock},
        "choices": [],
        "counts": {"capacity": 10, "taken": 1, "free": 9, "waiting": 0, "arrived": 1, "heads": 0, "came": 1},
        "next": f"{DOOR}?said=came&of={each.code}",
    }


def test_the_script_gets_choices_and_refusals(ride, desk):
    rows = [make_sign_up(ride, "王芳"), make_sign_up(ride, "王小芳")]
    answer = show(desk, "王", headers=JSON)
    assert (answer.status_code, [row["code"] for row in answer.json()["choices"]]) == (
        200,
        [each.code for each in rows],
    )
    answer = show(desk, "赵", headers=JSON)
    assert (answer.status_code, answer.json()["tone"], answer.json()["row"]) == (422, "care", None)


def test_what_a_device_keeps_names_nobody(ride, desk):
    here = make_sign_up(ride, "张小明", arrived_at=timezone.now())
    asked_for = make_sign_up(ride, "Omar Khan", "offered")
    make_sign_up(ride, "李雷", "waiting")
    make_sign_up(ride, "王芳", "cancelled")
    response = desk.get(f"{DOOR}list.json")
    found = response.json()
    assert response.headers["Cache-Control"] == "no-store"
    assert found["entries"] == [
        {
            "ticket": fingerprint(token_of(each)),
            "number": fingerprint(f"SES-1:{each.spoken}"),
            "name": name,
            "came": came,
        }
        for each, name, came in (
            (here, "张*", f"{here.arrived_at.astimezone(ride.zone):%H:%M}"),
            (asked_for, "O*", ""),
        )
    ]
    assert found["until"] == (ride.ends_at + timedelta(hours=12)).isoformat()
    assert found["arrivals_until"] == (ride.ends_at + timedelta(hours=24)).isoformat()


@pytest.mark.parametrize(
    ("starts_in", "given"),
    [(12 * 60 + 1, 0), (12 * 60 - 1, 1), (-(14 * 60) + 1, 1), (-(14 * 60) - 1, 0)],
    ids=["too early", "twelve hours before", "twelve hours after", "too late"],
)
def test_a_device_gets_the_list_around_the_session_only(starts_in, given, town, desk):
    session = make_session(
        make_programme(town.tower.unit), town.tower, starts_in=timedelta(minutes=starts_in, seconds=30)
    )
    make_sign_up(session, "张小明")
    assert len(desk.get(f"{DOOR}list.json").json()["entries"]) == given


# Sent later


def line(mark, at):
    return f"{mark} {at.isoformat()}"


def send(client, *lines):
    return client.post(f"{DOOR}sync/", {"lines": "\n".join(lines)}, headers=JSON)


def test_what_was_noted_without_a_line_is_sent(on, desk):
    by_ticket, by_number, there, gone = (
        make_sign_up(on, "甲"),
        make_sign_up(on, "乙"),
        make_sign_up(on, "丙", arrived_at=on.starts_at),
        make_sign_up(on, "丁", "released"),
    )
    at = on.starts_at + timedelta(minutes=3)
    lines = [
        line(fingerprint(token_of(by_ticket)), at),
        line(fingerprint(f"SES-1:{by_number.spoken}"), at),
        line(fingerprint(token_of(there)), at),
        line(fingerprint(token_of(gone)), at),
        line(fingerprint("elsewhere"), at),
    ]
    answer = send(desk, *lines).json()
    assert answer == {
        "new": 2, "there": 1, "refused": 1, "unknown": 1, "counts": answer["counts"],
        "said": "Sent: 2 arrivals are new. 1 was noted already. 1 no longer had a seat. 1 is not known here.",
    }  # fmt: skip
    assert (counts(on), answer["counts"]["arrived"]) == ((3, 0, 3, 0), 3)
    for each in (by_ticket, by_number):
        each.refresh_from_db()
        assert each.arrived_at == at
    again = send(desk, *lines).json()
    assert ((again["new"], again["there"]), counts(on)) == ((0, 3), (3, 0, 3, 0))


def test_one_person_noted_by_ticket_and_by_number_is_one(on, desk):
    each = make_sign_up(on, "甲")
    at = on.starts_at
    answer = send(
        desk, line(fingerprint(token_of(each)), at), line(fingerprint(f"SES-1:{each.spoken}"), at)
    ).json()
    assert ((answer["new"], answer["there"]), counts(on)) == ((1, 0), (1, 0, 1, 0))


@pytest.mark.parametrize(("off", "kept"), [(timedelta(days=-400), "opened"), (timedelta(days=400), "now")])
def test_a_device_with_a_wrong_clock_notes_no_impossible_moment(off, kept, on, desk):
    each, before = make_sign_up(on, "甲"), timezone.now()
    send(desk, line(fingerprint(token_of(each)), before + off))
    each.refresh_from_db()
    if kept == "opened":
        assert each.arrived_at == on.starts_at - timedelta(hours=2)
    else:
        assert before <= each.arrived_at <= timezone.now()


@pytest.mark.parametrize(
    "rubbish", ["", "x", "x y", f"{'a' * 64} 2026-02-30T10:00:00+08:00", f"{'a' * 64} 2026-02-03T10:00:00"]
)
def test_lines_that_are_none_are_left_out(rubbish, on, desk):
    each = make_sign_up(on, "甲")
    answer = send(desk, rubbish, line(fingerprint(token_of(each)), on.starts_at)).json()
    assert (answer["new"], answer["unknown"]) == (1, 0)


def test_other_sessions_tickets_are_not_noted_here(on, town, desk):
    other = make_session(on.programme, town.tower, "SES-2", starts_in=timedelta(minutes=-30))
    each = make_sign_up(other, "甲")
    answer = send(desk, line(fingerprint(token_of(each)), on.starts_at)).json()
    assert ((answer["new"], answer["unknown"]), counts(other)) == ((0, 1), (1, 0, 0, 0))


def test_nothing_is_sent_once_arrivals_are_closed(town, desk):
    session = make_session(make_programme(town.tower.unit), town.tower, starts_in=timedelta(hours=-27))
    each = make_sign_up(session, "甲")
    response = send(desk, line(fingerprint(token_of(each)), session.starts_at))
    says = "Arrivals are noted from two hours before the start until a day after the end."
    assert (response.status_code, response.json(), counts(session)) == (422, {"said": says}, (1, 0, 0, 0))


def test_nothing_at_all_is_refused(on, desk):
    response = send(desk, "")
    assert (response.status_code, list(response.json())) == (422, ["said"])


# What it costs


QUERIES = {"page": 16, "search": 16, "device": 8}


@pytest.mark.parametrize("rows", [1, 3, 40])
@pytest.mark.parametrize(
    ("what", "path"), [("page", DOOR), ("search", f"{DOOR}?q=0"), ("device", f"{DOOR}list.json")]
)
def test_queries_stay_the_same(what, path, rows, town, desk, django_assert_num_queries):
    session = make_session(
        make_programme(town.tower.unit), town.tower, starts_in=timedelta(minutes=30), capacity=100, changes=1
    )
    for number in range(rows):
        holder = make_person(f"P{number}")
        phone_of(holder, f"+86138{number:08}")
        make_sign_up(session, f"来宾{number}", holder=holder, knows=0)
        make_sign_up(session, f"候补{number}", "waiting", holder=make_person(f"W{number}"))
    desk.get(path)
    with django_assert_num_queries(QUERIES[what]):
        desk.get(path)


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_an_arrival_costs_the_same_in_a_full_hall(rows, ride, desk, django_assert_num_queries):
    each = make_sign_up(ride, "张小明")
    SignUp.objects.bulk_create(
        SignUp(
            session=ride, session_ends_at=ride.ends_at, name=f"多{number}", key=f"k{number}", spoken=f"9{number:05}",
            state="confirmed", signed_at=ride.starts_at, knows=0,
        )
        for number in range(rows)
    )  # fmt: skip
    desk.get(DOOR)
    with django_assert_num_queries(17):
        show(desk, each.spoken, headers=JSON)
