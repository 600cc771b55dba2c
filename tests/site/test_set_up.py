"""An empty installation: three answers make the network, its first organiser and its first station."""

import pytest

from linli.areas import tree
from linli.directory.models import Station
from linli.kit.rules import Problem
from linli.people.models import Person, Role
from linli.site.setting_up import set_up, set_up_key

ANSWERS = {"network": "南山社区", "organiser": "阿依古丽·买买提", "station": "南山服务站"}


def test_makes_the_three(db):
    start = set_up(key=set_up_key(), **ANSWERS)
    assert tree.root() == start.network
    assert (start.station.name, start.organiser.name) == ("南山服务站", "阿依古丽·买买提")
    held = Role.objects.order_by("role").values_list("role", "unit", "person")
    assert list(held) == [
        ("manager", start.station.unit_id, start.organiser.pk),
        ("operator", start.network.pk, start.organiser.pk),
        ("organiser", start.network.pk, start.organiser.pk),
    ]


def test_a_second_time_is_refused(db):
    set_up(key=set_up_key(), **ANSWERS)
    with pytest.raises(Problem):
        set_up(key=set_up_key(), **ANSWERS)
    assert (Station.objects.count(), Person.objects.count()) == (1, 1)


def test_a_wrong_key_makes_nothing(db, browse):
    with pytest.raises(Problem):
        set_up(key="guess", **ANSWERS)
    assert browse().post("/setup/guess/", ANSWERS).status_code == 404
    assert Person.objects.count() == 0


def test_the_front_door_leads_to_it_and_does_not_show_the_key(db, browse):
    page = browse().get("/", follow=True)
    assert page.redirect_chain == [("/setup/", 302)]
    assert set_up_key() not in page.content.decode()


def test_from_the_link_to_being_signed_in(db, browse):
    client = browse()
    link = f"/setup/{set_up_key()}/"
    assert client.get(link).status_code == 200
    assert client.post(link, ANSWERS)["Location"] == "/me/contacts/"
    assert client.get("/me/").status_code == 200
    assert browse().get(link).status_code == 404
    assert browse().get("/stations/").status_code == 200


def test_what_is_missing_is_said_and_the_rest_kept(db, browse):
    page = browse().post(f"/setup/{set_up_key()}/", ANSWERS | {"station": ""})
    assert page.status_code == 422
    assert "南山社区" in page.content.decode()
    assert tree.root() is None


def test_leaves_its_fact(db, facts):
    set_up(key=set_up_key(), **ANSWERS)
    assert facts()[-1] == ("site.set_up", "areas.unit/network", {})
