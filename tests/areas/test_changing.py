"""The staff's forms: one page for each verb, organisers only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.areas import tree
from linli.areas.models import Unit
from linli.areas.rules import may_edit_units

VERBS = ["open", "insert", "rename", "move", "merge", "split", "close"]


@pytest.fixture
def day():
    return timezone.localdate().isoformat()


@pytest.fixture
def organiser(gao, browse):
    """A browser of gao, who organises the west."""
    return browse(gao)


def unit(code) -> Unit:
    return Unit.objects.get(code=code)


def above(code) -> list[str]:
    return [standing.code for standing in tree.lineage(unit(code).id)][:-1]


def test_who_may_edit(town, gao, omar, mei, lena, kai):
    table = {
        person: [
            may_edit_units(person, place)
            for place in (None, town.district, town.west, town.tower.unit, town.east)
        ]
        for person in (None, gao, omar, mei, lena)
    }
    assert table == {
        None: [True, True, True, True, True],
        gao: [False, False, True, True, False],
        omar: [False] * 5,
        mei: [False] * 5,
        lena: [False] * 5,
    }
    assert may_edit_units(kai, town.west) is False


@pytest.mark.parametrize("verb", VERBS)
def test_pages_are_for_organisers_of_that_place(town, gao, omar, lena, browse, verb):
    own, other = f"/areas/JA-0101/{verb}/", f"/areas/JA-0201/{verb}/"
    assert browse(gao).get(own).status_code == 200
    assert browse(gao).get(other).status_code == 403
    assert browse(omar).get(own).status_code == 403
    assert browse(lena).get(own).status_code == 403
    assert browse().get(own).url.startswith("/sign-in/")
    assert browse(gao, second_factor=False).get(own).status_code == 302
    assert browse(gao).get(f"/areas/NOWHERE/{verb}/").status_code == 404


@pytest.mark.parametrize("verb", VERBS)
def test_posting_is_for_organisers_too(town, omar, gao, browse, day, verb):
    before = tree.parents()
    for person, code in [(omar, "JA-0101"), (gao, "JA-0201")]:
        data = {"on": day, "kind": "grid", "name_en": "x", "parent": "310106012", "closes": "no"}
        assert browse(person).post(f"/areas/{code}/{verb}/", data).status_code == 403
    assert tree.parents() == before


def test_an_organiser_does_not_move_the_own_unit(organiser, town):
    for verb in ("rename", "move", "merge", "split", "close"):
        assert organiser.get(f"/areas/310106012/{verb}/").status_code == 403


def test_the_unit_page_offers_what_one_may(organiser, browse, omar):
    own, station = organiser.get("/areas/310106012/").text, organiser.get("/areas/JA-0101/").text
    assert "/areas/310106012/open/" in own
    assert "/areas/310106012/rename/" not in own
    assert "/areas/JA-0101/rename/" in station
    for other in (
        organiser.get("/areas/310106017/"),
        browse(omar).get("/areas/310106012/"),
        browse().get("/areas/310106012/"),
    ):
        assert "What you keep here" not in other.text


def test_opening(organiser, day):
    data = {
        "name_zh_hans": "梅龙镇网格",
        "name_en": "Meilongzhen Grid",
        "kind": "grid",
        "code": "GRID",
        "on": day,
    }
    response = organiser.post("/areas/310106012/open/", data)
    assert (response.status_code, response.url) == (302, "/areas/GRID/")
    version = unit("GRID").versions.get()
    assert (version.name, version.language, version.translations) == (
        "梅龙镇网格",
        "zh-hans",
        {"en": {"name": "Meilongzhen Grid"}},
    )
    assert above("GRID") == ["NET", "310106", "310106012"]


def test_a_kind_in_ones_own_words(organiser, day):
    organiser.post(
        "/areas/310106012/open/",
        {"name_en": "Lane", "kind": "grid", "other_kind": "里弄", "code": "L", "on": day},
    )
    assert (unit("L").kind, unit("L").versions.get().language) == ("里弄", "en")


def test_mistakes_come_back_with_what_was_typed(organiser, day):
    data = {"name_en": "Kept", "kind": "grid", "code": "JA-0101", "on": day}
    response = organiser.post("/areas/310106012/open/", data)
    assert response.status_code == 422
    assert response.context["form"].errors == {"code": ["The code JA-0101 is taken."]}
    assert 'value="Kept"' in response.text
    response = organiser.post("/areas/310106012/open/", {"kind": "grid", "on": "soon"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"on": ["Enter a valid date."]}
    response = organiser.post("/areas/310106012/open/", {"kind": "grid", "on": day})
    assert response.context["form"].errors == {"name_zh_hans": ["Please give it a name."]}


def test_hostile_names_are_cleaned_or_refused(organiser, day):
    organiser.post(
        "/areas/310106012/open/", {"name_en": "a\u202eb\u200bc 𠮷·", "kind": "grid", "code": "G", "on": day}
    )
    assert unit("G").versions.get().name == "abc 𠮷·"
    long = {"name_en": "x" * 10_000, "kind": "grid", "on": day}
    assert organiser.post("/areas/310106012/open/", long).status_code == 422
    markup = {"name_en": "<script>x</script>", "kind": "grid", "code": "M", "on": day}
    organiser.post("/areas/310106012/open/", markup)
    assert "<script>x" not in organiser.get("/areas/M/").text


def test_renaming_keeps_its_language_and_reads_the_new_name(organiser, town, day):
    page = organiser.get("/areas/JA-0101/rename/").text
    assert 'value="云塔党群服务站"' in page
    data = {
        "name_zh_hans": "云塔家园",
        "name_en": "Cloud Tower",
        "reading": "yun ta dang qun fu wu zhan",
        "on": day,
    }
    assert organiser.post("/areas/JA-0101/rename/", data).status_code == 302
    version = unit("JA-0101").versions.last()
    assert (version.name, version.language, version.reading) == ("云塔家园", "zh-hans", "yun ta jia yuan")
    assert organiser.post("/areas/JA-0101/rename/", data | {"reading": "x y"}).status_code == 302
    assert unit("JA-0101").versions.last().reading == "x y"


def test_inserting_moving_and_closing(organiser, town, day):
    data = {"name_en": "Grid", "kind": "grid", "code": "GRID", "children": ["JA-0101"], "on": day}
    assert organiser.post("/areas/310106012/insert/", data).status_code == 302
    assert above("JA-0101") == ["NET", "310106", "310106012", "GRID"]
    assert organiser.post("/areas/GRID/close/", {"on": day}).status_code == 422
    assert organiser.post("/areas/JA-0101/move/", {"parent": "west nanjing", "on": day}).status_code == 422
    assert organiser.post("/areas/JA-0101/move/", {"parent": "南京西路街道", "on": day}).status_code == 302
    assert above("JA-0101") == ["NET", "310106", "310106012"]
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert organiser.post("/areas/GRID/close/", {"on": tomorrow}).status_code == 302
    assert organiser.get("/areas/GRID/rename/").status_code == 404


def test_moving_says_which_unit_it_could_not_find(organiser, town, day):
    response = organiser.post("/areas/JA-0101/move/", {"parent": "Nowhere", "on": day})
    assert response.context["form"].errors == {"parent": ["No unit has the code or the name Nowhere."]}
    response = organiser.post("/areas/JA-0101/move/", {"parent": "310106017", "on": day})
    assert response.status_code == 403


def test_two_of_one_name_are_told_apart_by_code(organiser, day):
    for code in ("A", "B"):
        organiser.post("/areas/310106012/open/", {"name_en": "Lane", "kind": "grid", "code": code, "on": day})
    response = organiser.post("/areas/JA-0101/move/", {"parent": "lane", "on": day})
    assert response.context["form"].errors == {
        "parent": ["Several units are called so. Please type one of the codes: A, B."]
    }


def test_merging_siblings_and_others(organiser, town, day):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    for code in ("A", "B"):
        data = {"name_en": code, "kind": "grid", "code": code, "on": yesterday}
        organiser.post("/areas/310106012/open/", data)
    organiser.post("/areas/A/open/", {"name_en": "C", "kind": "grid", "code": "C", "on": yesterday})
    assert organiser.post("/areas/B/merge/", {"units": ["A"], "others": "C", "on": day}).status_code == 302
    assert [unit(code).merged_into for code in ("A", "C")] == [unit("B"), unit("B")]
    assert organiser.post("/areas/B/merge/", {"on": day}).status_code == 422


def test_dividing(organiser, town, day):
    data = {"name_en": "Grid", "kind": "grid", "code": "GRID", "children": ["JA-0101"], "on": "2026-01-01"}
    organiser.post("/areas/310106012/insert/", data)
    parts = {
        "name_part1_name_en": "One",
        "code_part1": "ONE",
        "name_part2_name_en": "Two",
        "code_part2": "TWO",
    }
    page = organiser.get("/areas/GRID/split/?parts=3")
    assert "name_part3_name_en" in page.text
    response = organiser.post("/areas/GRID/split/", parts | {"closes": "yes", "on": day})
    assert response.status_code == 422
    response = organiser.post(
        "/areas/GRID/split/", parts | {"closes": "yes", "child_JA-0101": "2", "on": day}
    )
    assert response.status_code == 302
    assert above("JA-0101") == ["NET", "310106", "310106012", "TWO"]


def test_a_split_that_hits_a_problem_leaves_no_trace(organiser, town, day):
    data = {"name_part1_name_en": "One", "code_part1": "310106", "closes": "no", "on": day}
    assert organiser.post("/areas/JA-0101/split/", data).status_code == 422
    assert not Unit.objects.filter(opened_on=day).exists()
