"""Who belongs to the network of an area, and who works in a building: terms with a first and, one day, a last day."""

from datetime import timedelta

import pytest
from tests.factories import make_building, make_organisation, make_person, make_role

from linli.directory.actions import join_network, leave_network, move_in, move_out
from linli.directory.models import Membership, Occupancy
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused


@pytest.fixture
def firm(town):
    return make_organisation("ORG-1", "晨星软件", town.east)


@pytest.fixture
def house(town):
    return make_building("BLD-1", "云塔", unit=town.west)


@pytest.fixture
def outsider(town):
    person = make_person("东")
    make_role(person, town.east, "organiser")
    return person


def test_it_joins_leaves_and_joins_again(firm, town, gao, today, facts):
    first = join_network(by=gao, organisation=firm, unit=town.west, since=today - timedelta(days=9))
    leave_network(by=gao, membership=first, until=today)
    join_network(by=gao, organisation=firm, unit=town.west, since=today)
    assert list(Membership.objects.values_list("since", "until")) == [
        (today - timedelta(days=9), today),
        (today, None),
    ]
    assert facts() == [
        (
            "directory.network_joined",
            ref(firm),
            {"unit": "310106012", "since": (today - timedelta(days=9)).isoformat()},
        ),
        ("directory.network_left", ref(firm), {"unit": "310106012", "until": today.isoformat()}),
        ("directory.network_joined", ref(firm), {"unit": "310106012", "since": today.isoformat()}),
    ]


def test_one_term_of_a_network_at_a_time(firm, town, gao, today):
    term = join_network(by=gao, organisation=firm, unit=town.west, since=today)
    with pytest.raises(Problem) as problem:
        join_network(by=gao, organisation=firm, unit=town.west, since=today + timedelta(days=1))
    assert problem.value.field == "since"
    leave_network(by=gao, membership=term, until=today + timedelta(days=5))
    with pytest.raises(Problem):
        join_network(by=gao, organisation=firm, unit=town.west, since=today + timedelta(days=4))
    assert Membership.objects.count() == 1


def test_nobody_leaves_before_having_joined(firm, town, gao, today):
    term = join_network(by=gao, organisation=firm, unit=town.west, since=today)
    with pytest.raises(Problem) as problem:
        leave_network(by=gao, membership=term, until=today)
    assert problem.value.field == "until"
    assert Membership.objects.get().until is None


def test_the_network_s_own_organisers_keep_its_members(firm, town, gao, outsider, omar, mei, kai, today):
    term = join_network(by=gao, organisation=firm, unit=town.west, since=today)
    for person in (outsider, omar, mei, kai):
        with pytest.raises(Refused):
            join_network(by=person, organisation=firm, unit=town.west, since=today)
        with pytest.raises(Refused):
            leave_network(by=person, membership=term, until=today + timedelta(days=1))
    assert Membership.objects.get().until is None


def test_it_moves_in_and_out(firm, house, gao, today, facts):
    stay = move_in(by=gao, organisation=firm, building=house, floor="9", since=today - timedelta(days=9))
    move_in(by=gao, organisation=firm, building=house, floor="10", since=today)
    move_out(by=gao, occupancy=stay, until=today)
    assert list(Occupancy.objects.order_by("since").values_list("floor", "until")) == [
        ("9", today),
        ("10", None),
    ]
    assert [(kind, data.get("until")) for kind, _subject, data in facts()] == [
        ("directory.moved_in", None),
        ("directory.moved_in", None),
        ("directory.moved_out", today.isoformat()),
    ]


def test_one_stay_on_a_floor_at_a_time(firm, house, gao, today):
    stay = move_in(by=gao, organisation=firm, building=house, floor="9", since=today)
    with pytest.raises(Problem) as problem:
        move_in(by=gao, organisation=firm, building=house, floor="9", since=today)
    assert problem.value.field == "since"
    with pytest.raises(Problem):
        move_out(by=gao, occupancy=stay, until=today - timedelta(days=1))


def test_what_is_online_only_moves_in_nowhere(town, house, gao, today):
    online = make_organisation("ORG-2", "飞羽", town.west, online_only=True)
    with pytest.raises(Problem):
        move_in(by=gao, organisation=online, building=house, since=today)
    assert not Occupancy.objects.exists()


def test_those_who_keep_the_building_keep_its_tenants(firm, house, gao, outsider, omar, kai, today):
    stay = move_in(by=gao, organisation=firm, building=house, since=today)
    for person in (outsider, omar, kai):
        with pytest.raises(Refused):
            move_in(by=person, organisation=firm, building=house, floor="2", since=today)
        with pytest.raises(Refused):
            move_out(by=person, occupancy=stay, until=today + timedelta(days=1))


def test_the_page_of_the_network(firm, town, gao, browse, today, tomorrow):
    client, path = browse(gao), "/areas/310106012/members/"
    assert "No member yet" in client.get(path).content.decode()
    assert client.post(path, {"organisation": "晨星软件", "since": today}).status_code == 302
    term = Membership.objects.get()
    wrong = client.post(path, {"term": term.pk, "until": today})
    assert (wrong.status_code, "The end lies after the beginning" in wrong.content.decode()) == (422, True)
    assert client.post(path, {"term": term.pk, "until": tomorrow}).status_code == 302
    assert Membership.objects.get().until == tomorrow


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("ORG-9", "Nothing has the code or the name “ORG-9”."),
        ("双名", "Several are called “双名”. Please write the code."),
        ("", "This field is required."),
    ],
)
def test_what_was_typed_is_kept_and_the_page_says_what_to_mend(town, gao, browse, today, typed, sentence):
    for number in range(2):
        make_organisation(f"D-{number}", "双名", town.west)
    page = browse(gao).post("/areas/310106012/members/", {"organisation": typed, "since": today})
    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert page.context["form"]["organisation"].value() == typed
    assert not Membership.objects.exists()


def test_another_network_s_term_is_not_ended_from_here(firm, town, gao, browse, today, tomorrow):
    elsewhere = Membership.objects.create(organisation=firm, unit=town.east, since=today)
    sent = browse(gao).post("/areas/310106012/members/", {"term": elsewhere.pk, "until": tomorrow})
    assert sent.status_code == 404
    assert Membership.objects.get().until is None


def test_the_page_of_tenants(firm, house, gao, browse, omar, today, tomorrow):
    client, path = browse(gao), "/buildings/BLD-1/tenants/"
    client.post(path, {"organisation": "ORG-1", "floor": "9", "since": today})
    stay = Occupancy.objects.get()
    assert "晨星软件" in client.get(path).content.decode()
    assert client.post(path, {"term": stay.pk, "until": tomorrow}).status_code == 302
    assert Occupancy.objects.get().until == tomorrow
    assert browse(omar).get(path).status_code == 403
