"""A self-run group proposes a session; the station takes it into its care, and an organiser agrees where that is wanted."""

from datetime import timedelta

import pytest
import time_machine

from linli.kit.rules import Problem, Refused
from linli.notices.actions import follow
from linli.notices.models import Notice
from linli.programmes.actions import (
    agree_to_session,
    cancel_session,
    change_session,
    decline_session,
    propose_session,
    sign_up,
)
from linli.programmes.actions.sessions import Planned
from linli.programmes.actions.signing_up import Attendee
from linli.programmes.models import Session, SignUp
from linli.programmes.rules import may_see_attendees
from linli.site.searching import find
from tests.factories import make_programme, make_unit
from tests.programmes.people import NOON, everybody, staff, told, who_may

START = NOON + timedelta(days=5)
PLANNED = Planned("读书会", "zh-hans", START, START + timedelta(hours=2), 12)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def group(town):
    return make_unit("GRP-1", "group", "读书小组", town.west)


@pytest.fixture
def lead(group):
    return staff("组长", group, "group_lead")


@pytest.fixture
def other_lead(town):
    return staff("别的组长", make_unit("GRP-2", "group", "骑行组", town.west), "group_lead")


@pytest.fixture
def programme(town):
    return make_programme(town.tower.unit, en="Reading circle")


@pytest.fixture
def proposed(programme, lead, group, town):
    return propose_session(by=lead, group=group, programme=programme, station=town.tower, planned=PLANNED)


@pytest.fixture
def wanted(town, lead, group):
    """A proposal in a programme that wants an organiser's yes besides the station's."""
    programme = make_programme(town.west, "PRG-2", needs_approval=True)
    return propose_session(by=lead, group=group, programme=programme, station=town.tower, planned=PLANNED)


def test_the_station_hears_of_a_proposal(facts, proposed, group, omar, gao, lead, settle):
    manager = staff("经理", proposed.station.unit, "manager")
    settle()
    assert (proposed.state, proposed.group) == ("proposed", group)
    assert [len(told(person)) for person in (omar, manager, gao, lead)] == [1, 1, 0, 0]
    ((kind, subject, data),) = facts()
    assert (kind, subject, data["is_proposal"]) == (
        "programmes.session_planned",
        f"programmes.session/{proposed.code}",
        True,
    )


def test_until_somebody_agrees_only_those_concerned_see_it(request, proposed, lead, other_lead, town, settle):
    people = everybody(request, town) | {"lead": lead, "other lead": other_lead}
    follow(by=people["mei"], subject=town.tower)
    settle()
    seen = {name for name, person in people.items() if proposed in Session.objects.visible_to(person)}
    assert seen == {"omar", "manager", "lead", "gao", "district"}
    assert (told(people["mei"]), find("读书会", lead).things) == ([], [])
    with pytest.raises(Problem):
        sign_up(by=people["mei"], session=proposed, attendee=Attendee("梅"))
    assert SignUp.objects.count() == 0


def test_the_station_agrees_and_it_stands_open(proposed, omar, mei, lead, kai, town, settle, facts):
    follow(by=mei, subject=town.tower)
    settle()
    agree_to_session(by=omar, session=proposed)
    settle()
    assert (proposed.state, told(mei), told(lead)) == (
        "open",
        ["programmes.session_planned"],
        ["programmes.session_agreed"],
    )
    assert list(Session.objects.visible_to(kai)) == find("读书会", kai).things == [proposed]
    assert facts()[-1] == (
        "programmes.session_agreed",
        f"programmes.session/{proposed.code}",
        {"state": "open"},
    )


def test_where_it_is_wanted_an_organiser_agrees_too(wanted, omar, gao, mei, lead, town, settle):
    above = staff("区里", town.district, "organiser")
    follow(by=mei, subject=town.tower)
    agree_to_session(by=omar, session=wanted)
    settle()
    assert (wanted.state, told(mei)) == ("submitted", [])
    # The nearest organiser, once, although the station said yes before anybody was told of the proposal.
    assert (told(gao), told(above)) == (["programmes.session_planned"], [])
    agree_to_session(by=gao, session=wanted)
    settle()
    assert (wanted.state, told(mei)) == ("open", ["programmes.session_planned"])
    words = Notice.objects.filter(person=lead).order_by("at", "id").values_list("kind", "data")
    assert list(words) == [
        ("programmes.session_agreed", {"state": "submitted"}),
        ("programmes.session_agreed", {"state": "open"}),
    ]


def test_a_no_has_its_reason_and_the_group_reads_it(proposed, omar, mei, lead, settle, facts):
    settle()
    decline_session(by=omar, session=proposed, reason="那天要搬家")
    settle()
    assert (proposed.state, proposed.reason, told(lead)) == (
        "declined",
        "那天要搬家",
        ["programmes.session_declined"],
    )
    assert facts()[-1] == ("programmes.session_declined", f"programmes.session/{proposed.code}", {})
    assert [proposed in Session.objects.visible_to(person) for person in (lead, omar, mei)] == [
        True,
        True,
        False,
    ]
    for deed in (agree_to_session, lambda **who: decline_session(reason="x", **who)):
        with pytest.raises(Refused):
            deed(by=omar, session=proposed)


def test_an_organisers_no(wanted, omar, gao, lead, settle):
    agree_to_session(by=omar, session=wanted)
    decline_session(by=gao, session=wanted, reason="同一天有运动会")
    settle()
    assert (wanted.state, wanted.reason) == ("declined", "同一天有运动会")
    assert told(lead)[-1] == "programmes.session_declined"


def test_a_yes_that_was_never_said_is_not_told(proposed, omar, lead, settle):
    """The worker was away from the proposal until the no."""
    decline_session(by=omar, session=proposed, reason="那天要搬家")
    settle()
    assert (told(lead), told(omar)) == (["programmes.session_declined"], [])


def test_agreed_before_the_worker_came_it_is_told_once(proposed, omar, mei, lead, town, settle):
    follow(by=mei, subject=town.tower)
    agree_to_session(by=omar, session=proposed)
    settle()
    assert (told(mei), told(lead)) == (["programmes.session_planned"], ["programmes.session_agreed"])


def test_too_late_to_agree(proposed, omar, clock):
    clock.move_to(START)
    with pytest.raises(Problem):
        agree_to_session(by=omar, session=proposed)
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_a_programme_of_another_place_is_not_proposed(town, lead, group):
    with pytest.raises(Problem):
        propose_session(
            by=lead, group=group, programme=make_programme(town.east), station=town.tower, planned=PLANNED
        )
    assert Session.objects.count() == 0


# Who may


def test_only_the_groups_own_lead_proposes(request, town, group, lead, other_lead, programme):
    people = everybody(request, town) | {"lead": lead, "other lead": other_lead}
    del people["command line"]

    def propose(by):
        propose_session(by=by, group=group, programme=programme, station=town.tower, planned=PLANNED)

    assert who_may(people, propose) == {"lead"}


def test_each_yes_and_no_has_its_own(request, town, proposed, wanted, lead):
    people = everybody(request, town) | {"lead": lead}
    desk, above = {"omar", "manager", "command line"}, {"gao", "district", "command line"}
    for session, expected in [(proposed, desk), (wanted, desk), (wanted, above)]:
        if expected == above:
            agree_to_session(by=people["omar"], session=wanted)
        for deed in (agree_to_session, lambda **who: decline_session(reason="x", **who)):
            # The action brings the row it was given up to date, also when all is undone.
            assert (
                who_may(people, lambda by, deed=deed, pk=session.pk: deed(by=by, session=fetched(pk)))
                == expected
            )


def fetched(pk) -> Session:
    return Session.objects.get(pk=pk)


def test_the_lead_sees_who_comes_but_the_session_is_in_the_stations_care(proposed, omar, lead, other_lead):
    agree_to_session(by=omar, session=proposed)
    assert may_see_attendees(lead, proposed, NOON) is True
    assert may_see_attendees(other_lead, proposed, NOON) is False
    for deed in (
        lambda: change_session(by=lead, session=proposed, planned=PLANNED),
        lambda: cancel_session(by=lead, session=proposed, reason="x"),
    ):
        with pytest.raises(Refused):
            deed()
