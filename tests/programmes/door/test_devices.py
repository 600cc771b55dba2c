"""What the script gets and a device keeps, what was noted without a line and is sent later, and what all of it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.programmes.models import SignUp
from linli.programmes.tickets import fingerprint, token_of
from tests.factories import make_person, make_programme, make_session, make_sign_up
from tests.programmes.door.asking import DOOR, JSON, counts, phone_of, show

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
