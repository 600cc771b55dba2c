"""Organisers enter organisations and say what they are; liaisons and organisers give numbers."""

from datetime import date, timedelta

import pytest
from tests.factories import make_organisation, make_person, make_role

from linli.areas import tree
from linli.directory.actions import (
    Naming,
    change_organisation,
    enter_organisation,
    give_count,
    say_committee,
)
from linli.directory.models import Organisation, OrganisationCount
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.site.searching import find

NAMING = Naming("晨星软件", "zh-hans", {"en": "Morning Star"})


@pytest.fixture
def firm(town):
    return make_organisation("ORG-1", "晨星软件", town.west, en="Morning Star", kind="company")


@pytest.fixture
def chen(firm):
    person = make_person("陆晨")
    make_role(person, firm.unit, "liaison")
    return person


def entered(gao, town, today, **more):
    return enter_organisation(by=gao, under=town.west, on=today, naming=NAMING, kind="company", **more)


def test_an_organisation_stands_below_the_area_and_is_found(town, gao, today):
    made = entered(gao, town, today, description="做软件", band="10-49", online_only=True)
    assert tree.ancestors(made.unit_id)[0] == town.west.pk
    assert (made.code, made.translations) == (made.unit.code, {"en": {"name": "Morning Star"}})
    assert [each.code for each in find("morning", None).things] == [made.code]


@pytest.mark.parametrize("who", ["mei", "omar", "lena", "kai"])
def test_only_organisers_enter_one(town, who, request, today):
    with pytest.raises(Refused):
        entered(request.getfixturevalue(who), town, today)
    assert not Organisation.objects.exists()


def test_a_credit_code_is_one_organisation_s(town, gao, today):
    entered(gao, town, today, uscc="91310000MA1FL0000X")
    with pytest.raises(Problem) as problem:
        entered(gao, town, today, uscc="91310000MA1FL0000X")
    assert problem.value.field == "uscc"
    entered(gao, town, today)
    entered(gao, town, today)
    assert Organisation.objects.count() == 3


def test_entering_leaves_its_facts(town, gao, today, facts):
    made = entered(gao, town, today)
    assert [(kind, subject) for kind, subject, _data in facts()] == [
        ("areas.unit_opened", ref(made.unit)),
        ("directory.organisation_entered", ref(made)),
    ]


def test_a_new_name_is_the_unit_s_too_and_is_found(firm, gao, today):
    changed = change_organisation(
        by=gao,
        organisation=firm,
        on=today,
        naming=Naming("启明软件", "zh-hans", {"en": "Venus"}),
        description="",
        kind="company",
    )
    assert changed
    assert tree.standing([firm.unit_id])[firm.unit_id].name == "启明软件"
    assert [each.code for each in find("qiming", None).things] == ["ORG-1"]
    assert find("晨星", None).things == []


def test_a_text_that_changes_loses_its_translation_and_the_others_stay(firm, gao, today):
    Organisation.objects.update(
        description="旧", translations={"en": {"name": "Morning Star", "description": "Old"}}
    )
    said = {"by": gao, "organisation": firm, "on": today, "naming": NAMING}
    change_organisation(**said, description="旧", band="1-9")
    assert Organisation.objects.get().translations["en"] == {"name": "Morning Star", "description": "Old"}
    change_organisation(**said, description="新", band="1-9")
    assert Organisation.objects.get().translations["en"] == {"name": "Morning Star"}


def test_what_is_the_same_changes_nothing_and_leaves_no_fact(firm, gao, today, facts):
    assert not change_organisation(by=gao, organisation=firm, on=today, naming=NAMING, kind="company")
    assert facts() == []


def test_changing_leaves_its_fact(firm, gao, today, facts):
    change_organisation(by=gao, organisation=firm, on=today, naming=NAMING, band="300+")
    assert facts() == [("directory.organisation_changed", ref(firm), {})]


def test_organisers_elsewhere_liaisons_and_others_change_nothing(firm, town, today, chen, omar, mei, kai):
    east = make_person("东")
    make_role(east, town.east, "organiser")
    for person in (chen, omar, mei, kai, east):
        with pytest.raises(Refused):
            change_organisation(by=person, organisation=firm, on=today, naming=NAMING, band="300+")
        with pytest.raises(Refused):
            say_committee(by=person, organisation=firm, committee="own", as_of=today, today=today)
    assert Organisation.objects.get().band == ""


def test_a_committee_is_said_as_of_a_day_and_can_be_taken_back(firm, gao, today, facts):
    day = today - timedelta(days=3)
    say_committee(by=gao, organisation=firm, committee="joint", as_of=day, today=today)
    firm.refresh_from_db()
    assert (firm.committee, firm.committee_as_of) == ("joint", day)
    say_committee(by=gao, organisation=firm, committee="", as_of=today, today=today)
    firm.refresh_from_db()
    assert (firm.committee, firm.committee_as_of) == ("", None)
    assert facts() == [
        ("directory.committee_said", ref(firm), {"committee": "joint", "as_of": day.isoformat()}),
        ("directory.committee_said", ref(firm), {"committee": "", "as_of": ""}),
    ]


def test_nothing_is_so_as_of_tomorrow(firm, gao, today, tomorrow):
    with pytest.raises(Problem) as problem:
        say_committee(by=gao, organisation=firm, committee="own", as_of=tomorrow, today=today)
    assert problem.value.field == "as_of"
    with pytest.raises(Problem):
        give_count(by=gao, organisation=firm, what="workers", number=1, as_of=tomorrow, today=today)


def test_its_liaison_and_organisers_give_numbers_and_the_ledger_does_not_hold_them(
    firm, gao, chen, today, facts
):
    for person, number in ((chen, 146), (gao, 150)):
        give_count(by=person, organisation=firm, what="workers", number=number, as_of=today, today=today)
    count = OrganisationCount.objects.get()
    assert (count.number, count.as_of) == (150, today)
    assert (
        facts() == [("directory.count_given", ref(firm), {"what": "workers", "as_of": today.isoformat()})] * 2
    )


@pytest.mark.parametrize("who", ["mei", "omar", "lena", "kai"])
def test_nobody_else_gives_its_numbers(firm, who, request, today):
    with pytest.raises(Refused):
        give_count(
            by=request.getfixturevalue(who),
            organisation=firm,
            what="workers",
            number=1,
            as_of=today,
            today=today,
        )
    assert not OrganisationCount.objects.exists()


def test_a_liaison_of_another_organisation_may_not(firm, town, chen, today):
    other = make_organisation("ORG-2", "灯果台", town.west)
    with pytest.raises(Refused):
        give_count(by=chen, organisation=other, what="workers", number=1, as_of=today, today=today)


def test_from_the_page_of_the_area_to_the_organisation(town, gao, browse):
    client = browse(gao)
    form = {
        "name_zh_hans": "晨星",
        "name_en": "",
        "kind": "company",
        "operating": "operating",
        "uscc": " 9131-0106 ma1fy0ux07 ",
    }
    sent = client.post("/areas/310106012/organisations/new/", form)
    made = Organisation.objects.get()
    assert (sent["Location"], made.uscc) == (f"/organisations/{made.code}/", "91310106MA1FY0UX07")
    assert "晨星" in client.get("/areas/310106012/organisations/").content.decode()


def test_a_mistyped_credit_code_is_found_out(town, gao, browse):
    form = {"name_zh_hans": "晨星", "kind": "company", "operating": "operating", "uscc": "91310106MA1FY0UX08"}
    page = browse(gao).post("/areas/310106012/organisations/new/", form)
    assert (page.status_code, Organisation.objects.count()) == (422, 0)
    assert "one of the 18 is mistyped" in page.content.decode()


def test_without_a_name_the_form_says_so_and_keeps_the_rest(town, gao, browse):
    form = {"kind": "company", "operating": "operating", "description": "做软件"}
    page = browse(gao).post("/areas/310106012/organisations/new/", form)
    assert page.status_code == 422
    assert ["做软件" in page.content.decode(), "Please give it a name." in page.content.decode()] == [
        True
    ] * 2


def test_the_list_counts_groups_with_the_whole_they_are_of(town, gao, browse, today):
    for number, committee in enumerate(["own", "own", "joint", "none", ""]):
        day = date(2026, 1, 1) if committee else None
        make_organisation(f"O-{number}", f"单位{number}", town.west, committee=committee, committee_as_of=day)
    make_organisation("O-9", "停业", town.west, operating="closed", committee="own", committee_as_of=today)
    make_organisation("O-10", "别处", town.east)
    page = browse(gao).get("/areas/310106012/organisations/")
    assert page.context["counts"] == {"all": 5, "unsaid": 1, "own": 2, "joint": 1, "none": 1}
    assert "Of 5 that work, 2 have a group of their own, 1 share one, 1 have none" in page.content.decode()
    assert "别处" not in page.content.decode()


def test_the_list_is_for_organisers(town, browse, omar, mei):
    for person in (omar, mei):
        assert browse(person).get("/areas/310106012/organisations/").status_code == 403
