"""The pages of programmes as people walk through them, without JavaScript."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.programmes.models import Answer, Programme, ProgrammePicture, Question, Session, SignUp
from linli.programmes.tickets import link_of
from tests.factories import (
    make_organisation,
    make_person,
    make_poll,
    make_programme,
    make_role,
    make_session,
    make_sign_up,
    make_unit,
)
from tests.programmes.test_read_chain import CHAIN


@pytest.fixture
def ride(town):
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, capacity=2)


def in_days(days: int, clock: str) -> str:
    return f"{timezone.localdate() + timedelta(days=days)}T{clock}"


def meeting(**more):
    """What a worker types into the form of a session."""
    return {
        "name_en": "Ride", "starts_at": in_days(5, "09:00"), "ends_at": in_days(5, "12:00"),
        "place": "outdoors", "where": "East door", "capacity": "12", "max_per_contact": "2",
    } | more  # fmt: skip


def text(response) -> str:
    return response.content.decode()


def test_from_the_list_to_a_seat_and_back(ride, mei, browse):
    visitor = browse()
    assert "Weekend ride" in text(visitor.get("/programmes/"))
    assert visitor.get("/sessions/SES-1/sign-up/").headers["Location"].startswith("/sign-in/")
    client = browse(mei)
    page = client.get("/sessions/SES-1/sign-up/")
    assert 'value="梅"' in text(page)
    answer = client.post("/sessions/SES-1/sign-up/", {"name": "梅"}, follow=True)
    assert "Code for the door" in text(answer)
    ticket = answer.redirect_chain[-1][0]
    assert "You have a seat." in text(client.get("/sessions/SES-1/"))
    assert "Weekend ride" in text(client.get("/me/tickets/"))
    # Whoever holds the link holds the ticket, signed in or not.
    visitor.post(f"{ticket}decide/", {"leave": "1"})
    assert SignUp.objects.get().state == "cancelled"
    assert "given back" in text(visitor.get(ticket))


def test_a_full_session_offers_the_waiting_list_and_alike_ones(town, ride, mei, lena, browse):
    for _seat in range(2):
        make_sign_up(ride)
    make_session(ride.programme, town.tower, "SES-2", starts_in=timedelta(days=4))
    client = browse(lena)
    answer = client.post("/sessions/SES-1/sign-up/", {"name": "Lena K."})
    assert answer.status_code == 422
    assert "All seats are taken." in text(answer)
    assert 'value="Lena K."' in text(answer)
    assert "/sessions/SES-2/" in text(answer)
    answer = client.post("/sessions/SES-1/sign-up/", {"name": "Lena K.", "wait": "1"}, follow=True)
    assert "on the waiting list" in text(answer)
    assert SignUp.objects.get(holder=lena).state == "waiting"


def test_an_offer_is_taken_on_the_ticket(ride, mei, browse):
    offered = make_sign_up(ride, "梅", "offered", holder=mei)
    client = browse()
    assert "A seat is kept for you until" in text(client.get(link_of(offered)))
    client.post(f"{link_of(offered)}decide/", {"accept": "1"})
    offered.refresh_from_db()
    assert offered.state == "confirmed"


def test_a_late_answer_to_an_offer_is_a_sentence(ride, mei, browse):
    offered = make_sign_up(
        ride, "梅", "offered", holder=mei, offered_until=timezone.now() - timedelta(minutes=1)
    )
    answer = browse().post(f"{link_of(offered)}decide/", {"accept": "1"})
    assert answer.status_code == 422
    assert "This offer is over." in text(answer)


def test_a_forged_ticket_opens_nothing(ride, mei, browse):
    link = link_of(make_sign_up(ride, holder=mei))
    changed = link[:-3] + ("A" if link[-3] != "A" else "B") + link[-2:]
    for path in (changed, "/tickets/x/", f"/tickets/{'é' * 30}/"):
        assert browse().get(path).status_code == 404
        assert browse().post(f"{path}decide/", {"leave": "1"}).status_code == 404


def test_a_worker_plans_moves_and_cancels(town, omar, mei, browse, settle):
    client = browse(omar)
    client.post("/areas/JA-0101/programmes/new/", {"name_en": "Weekend ride", "kind": "culture"})
    programme = Programme.objects.get()
    client.post(f"/programmes/{programme.code}/sessions/new/", meeting())
    session = Session.objects.get()
    local = session.starts_at.astimezone(session.zone)
    assert (session.name, local.strftime("%H:%M"), session.capacity) == ("Ride", "09:00", 12)
    seat = make_sign_up(session, "梅", holder=mei)
    client.post(
        f"/sessions/{session.code}/edit/", meeting(starts_at=in_days(6, "10:00"), ends_at=in_days(6, "12:00"))
    )
    settle()
    ticket = browse().get(link_of(seat))
    assert "Do you come all the same?" in text(ticket)
    browse().post(f"{link_of(seat)}decide/", {"keep": "1"})
    assert "Do you come all the same?" not in text(browse().get(link_of(seat)))
    client.post(f"/sessions/{session.code}/cancel/", {"reason": "A typhoon"})
    settle()
    inbox = text(browse(mei).get("/me/inbox/"))
    assert "is cancelled" in inbox
    assert "A typhoon" in inbox
    assert "A typhoon" in text(browse().get(f"/sessions/{session.code}/"))


def test_what_cannot_be_is_said_and_kept(town, omar, browse):
    make_programme(town.tower.unit)
    answer = browse(omar).post("/programmes/PRG-1/sessions/new/", meeting(ends_at=in_days(5, "08:00")))
    assert answer.status_code == 422
    assert "It has to end after it begins." in text(answer)
    assert 'value="East door"' in text(answer)


def test_a_copy_lies_ahead(town, omar, browse):
    programme = make_programme(town.tower.unit)
    old = make_session(programme, town.tower, starts_in=-timedelta(days=20))
    page = browse(omar).get("/programmes/PRG-1/sessions/new/?like=SES-1")
    first = page.context["form"].initial["starts_at"]
    assert timezone.now() < first <= timezone.now() + timedelta(days=7)
    assert first.time() == old.starts_at.time()


def test_a_series_in_words(town, omar, browse):
    make_programme(town.tower.unit)
    rule = {
        "every": "week",
        "interval": "1",
        "weekdays": ["0", "1", "2", "3", "4", "5", "6"],
        "until": in_days(9, "")[:10],
    }
    client = browse(omar)
    client.post("/programmes/PRG-1/series/new/", meeting() | rule)
    assert Session.objects.count() == 5
    page = text(client.get("/programmes/PRG-1/"))
    assert "Change the series" in page


def test_a_chain_is_looked_at_before_anybody_is_signed_up(town, omar, browse):
    make_session(make_programme(town.tower.unit), town.tower, capacity=20)
    client = browse(omar)
    page = client.post("/sessions/SES-1/chain/", {"chain": CHAIN})
    assert "28 attendees" in text(page)
    assert "2 lines to look at" in text(page)
    assert SignUp.objects.count() == 0
    page = client.post("/sessions/SES-1/chain/", {"chain": CHAIN, "enter": "1"})
    assert "20 have a seat. 8 on the waiting list." in text(page)
    assert SignUp.objects.count() == 28


def test_somebody_at_the_desk_has_a_paper_ticket(ride, omar, browse):
    answer = browse(omar).post(
        "/sessions/SES-1/add/", {"name": "阿婆", "contact": "13800001234"}, follow=True
    )
    assert "阿婆" in text(answer)
    assert "Or say this number at the desk:" in text(answer)


def test_a_liaison_takes_a_block_and_never_sees_who_comes(town, ride, mei, browse):
    firm = make_organisation("ORG-1", "晨星软件", town.west, en="Morning Star")
    chen = make_person("陈")
    make_role(chen, firm.unit, "liaison")
    make_sign_up(ride, "Canary", holder=mei)
    Session.objects.filter(pk=ride.pk).update(capacity=5)
    client = browse(chen)
    client.post("/sessions/SES-1/block/", {"seats": "3", "take": "1"})
    client.post("/sessions/SES-1/block/", {"name": "王工", "write": "1"})
    page = text(client.get("/sessions/SES-1/block/"))
    assert ("王工" in page, "Canary" in page, "3 seats" in page) == (True, False, True)
    ride.refresh_from_db()
    assert ride.taken == 4
    client.post("/sessions/SES-1/block/", {"seats": "2", "give": "1"})
    ride.refresh_from_db()
    assert ride.taken == 2


def test_a_group_proposes_and_the_station_agrees(town, mei, omar, browse, settle):
    group = make_unit("GRP", "group", "骑行队", town.west, en="Riders")
    make_role(mei, group, "group_lead")
    make_programme(town.tower.unit)
    member = browse(mei)
    member.post("/groups/GRP/propose/", meeting() | {"station": "JA-0101", "programme": "PRG-1"})
    session = Session.objects.get()
    assert (session.state, session.group) == ("proposed", group)
    assert browse().get(f"/sessions/{session.code}/").status_code == 404
    settle()
    assert "A group proposes" in text(browse(omar).get("/me/inbox/"))
    browse(omar).post(f"/sessions/{session.code}/decide/", {"yes": "1"})
    settle()
    assert "Ride is open" in text(member.get("/me/inbox/"))
    assert browse().get(f"/sessions/{session.code}/").status_code == 200


def test_a_question_has_a_purpose_an_end_and_a_public_place(ride, omar, mei, browse):
    browse(omar).post(
        "/sessions/SES-1/questions/",
        {"text": "Tea or coffee?", "purpose": "To buy it.", "ends_on": in_days(0, "")[:10]},
    )
    question = Question.objects.get()
    member = browse(mei)
    assert "Tea or coffee?" in text(member.get("/sessions/SES-1/sign-up/"))
    member.post("/sessions/SES-1/sign-up/", {"name": "梅", f"question_{question.code}": "Tea"})
    assert SignUp.objects.get().answers == f'{{"{question.code}": "Tea"}}'
    assert "To buy it." in text(browse().get("/questions/"))


def test_a_poll_counts_a_browser_once_and_hides_small_numbers(town, browse):
    make_poll(town.tower.unit, votes=9)
    client = browse()
    for _twice in range(2):
        page = client.post("/polls/POLL-1/", {"numbers": ["1"]}, follow=True)
    assert "Your answer is counted" in text(page)
    assert [votes for _choice, votes in page.context["results"]] == [10, None]


def test_three_questions_afterwards_are_kept_without_a_name(town, mei, browse):
    over = make_session(make_programme(town.tower.unit), town.tower, starts_in=-timedelta(hours=5))
    seat = make_sign_up(over, "梅", holder=mei, arrived_at=over.starts_at)
    client = browse()
    refused = client.post(f"{link_of(seat)}answer/", {"worth": "5", "words": "More tea"})
    assert refused.status_code == 422
    client.post(f"{link_of(seat)}answer/", {"worth": "5", "words": "More tea", "may_be_guessed": "on"})
    assert [(each.worth, each.words) for each in Answer.objects.all()] == [(5, "More tea")]
    assert "Thank you" in text(client.get(link_of(seat)))
    assert client.post(f"{link_of(seat)}answer/", {"worth": "1"}).status_code == 422


def test_a_programme_asks_as_much_for_many_as_for_one(town, browse):
    programme, path = make_programme(town.tower.unit), "/programmes/PRG-1/"
    counted = []
    for number in (1, 3, 40):
        for each in range(Session.objects.count(), number):
            make_session(programme, town.tower, f"SES-{each}", starts_in=timedelta(days=3, hours=each))
            picture = {"file": f"programmes/{'0' * 32}-9x9.jpg", "alt": "山路", "credit": "阿明"}
            ProgrammePicture.objects.create(programme=programme, number=each, **picture)
        client = browse()
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        counted.append(len(asked))
    assert counted == [counted[0]] * 3
    assert counted[0] <= 6


def test_the_session_and_ticket_pages_ask_a_bounded_number(
    town, ride, mei, browse, django_assert_num_queries
):
    seats = [make_sign_up(ride, holder=mei if number == 0 else None) for number in range(2)]
    for number in range(30):
        make_sign_up(ride, state="waiting")
        make_session(
            ride.programme, town.tower, f"OTHER-{number}", starts_in=timedelta(days=4, minutes=number)
        )
    visitor = browse()
    visitor.get("/sessions/SES-1/")
    with django_assert_num_queries(3):
        visitor.get("/sessions/SES-1/")
    with django_assert_num_queries(2):
        visitor.get(link_of(seats[0]))
