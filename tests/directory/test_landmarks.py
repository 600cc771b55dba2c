"""Organisers keep the points by which people say where they are."""

import pytest
from tests.factories import make_person, make_role

from linli.directory.actions import Naming, change_landmark, enter_landmark, remove_landmark
from linli.directory.models import Landmark
from linli.directory.models.base import placed
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.site.searching import find

NAMING = Naming("吴江路地铁口", "zh-hans", {"en": "Metro exit"})
POINT = placed(31.2302, 121.4609, "gcj02")


def made(gao, town):
    return enter_landmark(by=gao, unit=town.west, naming=NAMING, kind="metro", point=POINT)


def test_it_lies_in_its_area_measured_in_wgs84(town, gao, facts):
    landmark = made(gao, town)
    assert (landmark.unit, landmark.datum, landmark.point != (31.2302, 121.4609)) == (
        town.west,
        "gcj02",
        True,
    )
    assert facts() == [("directory.landmark_entered", ref(landmark), {"kind": "metro"})]


def test_it_needs_its_place(town, gao):
    with pytest.raises(Problem) as problem:
        enter_landmark(by=gao, unit=town.west, naming=NAMING, kind="metro", point=placed(None, None))
    assert problem.value.field == "point"


def test_a_change_leaves_its_fact_once(town, gao, facts):
    landmark = made(gao, town)
    for _time in range(2):
        change_landmark(by=gao, landmark=landmark, naming=NAMING, kind="place", point=POINT)
        landmark.refresh_from_db()
    assert landmark.kind == "place"
    assert [kind for kind, _subject, _data in facts()] == [
        "directory.landmark_entered",
        "directory.landmark_changed",
    ]


def test_it_is_found_by_the_name_it_has(town, gao):
    landmark = made(gao, town)
    assert find("wjl", None).things == [landmark]
    other = Naming("威海路路口", "zh-hans", {})
    change_landmark(by=gao, landmark=landmark, naming=other, kind="place", point=POINT)
    assert (find("wjl", None).things, find("whl", None).things) == ([], [landmark])
    remove_landmark(by=gao, landmark=landmark)
    assert find("whl", None).things == []


def test_it_goes(town, gao, facts):
    landmark = made(gao, town)
    remove_landmark(by=gao, landmark=landmark)
    assert not Landmark.objects.exists()
    assert facts()[-1][0] == "directory.landmark_removed"


def test_only_organisers_of_its_area(town, gao, omar, mei, kai):
    landmark = made(gao, town)
    dong = make_person("东")
    make_role(dong, town.east, "organiser")
    for person in (dong, omar, mei, kai):
        with pytest.raises(Refused):
            enter_landmark(by=person, unit=town.west, naming=NAMING, kind="metro", point=POINT)
        with pytest.raises(Refused):
            change_landmark(by=person, landmark=landmark, naming=NAMING, kind="place", point=POINT)
        with pytest.raises(Refused):
            remove_landmark(by=person, landmark=landmark)
    assert Landmark.objects.get().kind == "metro"


def test_the_page_adds_changes_and_takes_out(town, gao, browse):
    client, path = browse(gao), "/areas/310106012/landmarks/"
    form = {"name_en": "Market", "kind": "place", "point": "31.2271 121.4601", "datum": "wgs84"}
    assert client.post(path, form).status_code == 302
    landmark = Landmark.objects.get()
    assert "Market" in client.get(path).content.decode()
    edit = f"/landmarks/{landmark.code}/edit/"
    assert client.post(edit, form | {"point": ""}).status_code == 422
    assert client.post(edit, form | {"kind": "metro"}).status_code == 302
    assert client.post(edit, {"remove": "1"}).status_code == 302
    assert not Landmark.objects.exists()
