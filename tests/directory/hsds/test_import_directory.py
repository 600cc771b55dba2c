"""The action that writes a directory which was read."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import make_role

from linli.areas import tree
from linli.areas.actions import close_unit
from linli.areas.models import Unit, UnitVersion
from linli.directory.actions import Hours, set_hours
from linli.directory.hsds.hours import Span
from linli.directory.hsds.records import Directory, Organisation, Phone, Place, Rule, Service
from linli.directory.importing import Origin, Tally, import_directory, lasting_code
from linli.directory.models import OpeningRule, ServiceAtStation, Station
from linli.directory.models import Organisation as OrganisationRow
from linli.directory.models import Phone as PhoneRow
from linli.directory.models import Service as ServiceRow
from linli.kit.refs import ref
from linli.kit.rules import Problem, Refused
from linli.site.searching import find

ORIGIN = Origin("larkfield", "en", "America/New_York")
NINE, FIVE = time(9), time(17)


def bring_in(directory, town, by=None, **origin):
    return import_directory(by=by, directory=directory, origin=replace(ORIGIN, **origin), under=town.west)


def rule(place="l1", service="s1", weekday=0, **span):
    return Rule(place, service, Span(weekday, 0, NINE, FIVE, **span))


def small(**changes):
    """One of everything."""
    parts = {
        "organisations": {"o1": Organisation("o1", "Relief")},
        "places": {"l1": Place("l1", "Hall", organisation="o1")},
        "services": {"s1": Service("s1", "Soup", "o1")},
        "offers": {("s1", "l1")},
        "rules": {rule(), rule(service="", weekday=5)},
        "phones": {Phone("place", "l1", "311")},
        "words": {("l1", ""): ["Nights"]},
    }
    return Directory(**parts | changes)


def many(count):
    keys = [f"x{n}" for n in range(count)]
    return Directory(
        organisations={key: Organisation(key, key) for key in keys},
        places={key: Place(key, key, organisation=key) for key in keys},
        services={key: Service(key, key, key) for key in keys},
        offers={(key, key) for key in keys},
        rules={rule(key, key) for key in keys},
        phones={Phone("place", key, "311") for key in keys},
    )


def stored_rules():
    columns = (
        "station__source_id",
        "service__source_id",
        "weekday",
        "nth",
        "opens",
        "closes",
        "valid_from",
        "valid_until",
        "note",
    )
    return set(OpeningRule.objects.exclude(station__source="").values_list(*columns))


def test_it_works(town, town_directory):
    tallies = bring_in(town_directory, town)
    assert tallies == {
        "organisation": Tally(new=3),
        "station": Tally(new=5),
        "service": Tally(new=6),
        "offer": Tally(new=6),
        "rule": Tally(new=len(town_directory.rules)),
        "phone": Tally(new=5),
    }
    assert stored_rules() == {
        (rule.place, rule.service or None, *rule.span, rule.note) for rule in town_directory.rules
    }
    hall = Station.objects.get(source="larkfield", source_id="l1")
    assert (hall.name, hall.kind, hall.language, hall.time_zone) == (
        "Harbour Hall",
        "place",
        "en",
        "America/New_York",
    )
    assert (hall.address, hall.directions) == (
        "4 Quay Street, Back door, Larkfield, LK 1001",
        "Tram 4 to Quay",
    )
    assert (hall.operator.name, hall.latitude, hall.longitude, hall.datum) == (
        "Harbour Kitchen",
        51.5014,
        -0.1419,
        "wgs84",
    )
    assert hall.hours_text == "8:00AM – 8:00PM"
    assert (hall.code, hall.unit.code, hall.unit.kind) == (
        lasting_code("larkfield", "station", "l1"),
        hall.code,
        "station",
    )
    standing = tree.standing([hall.unit_id])[hall.unit_id]
    assert (standing.name, standing.parent_id, standing.language) == ("Harbour Hall", town.west.id, "en")


def test_unread_hours_are_shown_as_the_source_wrote_them(town, town_directory):
    bring_in(town_directory, town)
    offer = ServiceAtStation.objects.get(service__source_id="s2", station__source_id="l1")
    assert offer.hours_text == "Old Mill Chapel Food Pantry: Friday, 8:30AM – 12:30PM\n9:00AM – 1:00PM"


def test_places_and_organisations_are_found(town, town_directory, kai):
    bring_in(town_directory, town)
    assert [station.name for station in find("harbour", kai).things] == ["Harbour Kitchen", "Harbour Hall"]


def test_phones_and_services_keep_their_facts(town, town_directory):
    bring_in(town_directory, town)
    fax = PhoneRow.objects.get(station__source_id="l2")
    assert (fax.number, fax.extension, fax.kind) == ("+1 202-555-0147", "1311", "fax")
    soup = ServiceRow.objects.get(source_id="s1")
    assert (soup.how, soup.cost, soup.email, soup.active) == (
        "Walk in.\nNo questions.",
        "free",
        "meals@harbour.example",
        True,
    )
    assert not ServiceRow.objects.get(source_id="s4").active
    assert (
        OrganisationRow.objects.get(source_id="o1").description
        == "Meals for everybody’s table.\n\nWe cook — you eat."
    )


def test_a_second_time_changes_nothing_and_leaves_no_fact(town, town_directory, facts):
    first = bring_in(town_directory, town)
    codes = set(Station.objects.values_list("source_id", "code", "id"))
    again = bring_in(town_directory, town)
    assert again == {kind: Tally(same=tally.new) for kind, tally in first.items()}
    assert set(Station.objects.values_list("source_id", "code", "id")) == codes
    assert [kind for kind, _subject, _data in facts()] == ["directory.imported"]


def test_two_sources_do_not_meet(town):
    bring_in(small(), town)
    assert bring_in(small(), town, source="other")["station"] == Tally(new=1)
    assert bring_in(small(), town)["station"] == Tally(same=1)


def test_what_the_source_changes_is_changed(town):
    bring_in(small(), town)
    place = Place("l1", "Great Hall", address="1 Quay", organisation="o1")
    tallies = bring_in(
        small(
            places={"l1": place}, rules={rule(weekday=1)}, phones=set(), words={("l1", "s1"): ["Mornings"]}
        ),
        town,
    )
    assert tallies == {
        "organisation": Tally(same=1),
        "station": Tally(changed=1),
        "service": Tally(same=1),
        "offer": Tally(changed=1),
        "rule": Tally(new=1, removed=2),
        "phone": Tally(removed=1),
    }
    hall = Station.objects.get(source_id="l1")
    assert (hall.name, hall.address, hall.hours_text, hall.reading) == (
        "Great Hall",
        "1 Quay",
        "",
        "great hall",
    )
    assert stored_rules() == {("l1", "s1", 1, 0, NINE, FIVE, None, None, "")}


def test_a_new_name_goes_into_the_tree_and_older_days_keep_theirs(town):
    bring_in(small(), town)
    unit = Station.objects.get(source_id="l1").unit
    long_ago, today = timezone.localdate() - timedelta(days=9), timezone.localdate()
    UnitVersion.objects.filter(unit=unit).update(valid_from=long_ago)
    bring_in(small(places={"l1": Place("l1", "Great Hall")}), town)
    bring_in(small(places={"l1": Place("l1", "Greatest Hall")}), town)
    versions = list(
        UnitVersion.objects.filter(unit=unit).values_list(
            "name", "reading", "parent", "valid_from", "valid_until"
        )
    )
    assert versions == [
        ("Hall", "hall", town.west.id, long_ago, today),
        ("Greatest Hall", "greatest hall", town.west.id, today, None),
    ]


def test_other_changes_leave_the_tree_alone(town):
    bring_in(small(), town)
    unit = Station.objects.get(source_id="l1").unit
    UnitVersion.objects.filter(unit=unit).update(name="Our hall")
    bring_in(small(places={"l1": Place("l1", "Hall", address="1 Quay")}), town)
    assert tree.standing([unit.id])[unit.id].name == "Our hall"


def test_names_longer_than_the_tree_takes_are_cut_there_only(town):
    bring_in(small(places={"l1": Place("l1", "长" * 150)}), town)
    station = Station.objects.get(source_id="l1")
    assert station.name == "长" * 150
    assert tree.standing([station.unit_id])[station.unit_id].name == "长" * 119 + "…"


def test_what_the_source_no_longer_has_is_kept_and_counted(town):
    bring_in(small(), town)
    tallies = bring_in(Directory(), town)
    assert tallies["station"] == Tally(absent=1)
    assert tallies["rule"] == Tally(removed=2)
    assert tallies["offer"] == Tally(removed=1)
    assert Station.objects.filter(source_id="l1").exists()


def test_a_reading_mended_by_hand_stays(town):
    bring_in(small(), town)
    Station.objects.filter(source_id="l1").update(reading="mended")
    tallies = bring_in(small(places={"l1": Place("l1", "Hall", address="1 Quay")}), town)
    assert tallies["station"] == Tally(changed=1)
    assert Station.objects.get(source_id="l1").reading == "mended"


def test_hours_that_the_station_sets_itself_stay(town, omar):
    bring_in(small(), town)
    station = Station.objects.get(source_id="l1")
    make_role(omar, station.unit, "worker")
    set_hours(by=omar, station=station, hours=[Hours(2, time(10), time(12))])
    tallies = bring_in(small(rules={rule(weekday=3), rule(service="", weekday=6)}), town)
    assert tallies["rule"] == Tally(new=1, removed=1)
    assert stored_rules() == {
        ("l1", None, 2, 0, time(10), time(12), None, None, ""),
        ("l1", "s1", 3, 0, NINE, FIVE, None, None, ""),
    }
    station.refresh_from_db()
    assert station.hours_text == ""


def test_rows_made_here_are_not_touched(town):
    before = list(OpeningRule.objects.order_by("pk").values())
    bring_in(small(), town)
    bring_in(Directory(), town)
    assert list(OpeningRule.objects.order_by("pk").values()) == before


def test_seasons_and_notes_are_kept(town):
    season = rule(valid_from=date(2027, 6, 1), valid_until=date(2027, 9, 1))
    bring_in(small(rules={replace(season, note="Ring the bell.")}), town)
    assert stored_rules() == {
        ("l1", "s1", 0, 0, NINE, FIVE, date(2027, 6, 1), date(2027, 9, 1), "Ring the bell.")
    }


def test_who_may(town, mei, omar, lena, gao, kai):
    """The command line, and whoever organises the unit the places come under."""
    for person in (mei, omar, lena, kai):
        with pytest.raises(Refused):
            bring_in(small(), town, by=person)
    with pytest.raises(Refused):
        import_directory(by=gao, directory=small(), origin=ORIGIN, under=town.east)
    assert bring_in(small(), town, by=gao)["station"] == Tally(new=1)


def test_refuses_a_unit_that_has_closed(town):
    parish = Unit.objects.create(code="P1", kind="parish", opened_on=date(2020, 1, 1))
    UnitVersion.objects.create(
        unit=parish, parent=town.west, name="Parish", language="en", valid_from=date(2020, 1, 1)
    )
    close_unit(by=None, unit=parish, on=timezone.localdate())
    with pytest.raises(Problem):
        import_directory(by=None, directory=small(), origin=ORIGIN, under=parish)


def test_all_or_nothing(town, facts):
    Unit.objects.create(
        code=lasting_code("larkfield", "station", "l1"), kind="grid", opened_on=date(2020, 1, 1)
    )
    with pytest.raises(IntegrityError):
        bring_in(small(), town)
    assert not OrganisationRow.objects.exists()
    assert facts() == []


def test_leaves_its_fact(town, gao, facts):
    bring_in(small(), town, by=gao)
    bring_in(small(rules=set(), organisations={"o1": Organisation("o1", "Great Relief")}), town)
    fact = {"source": "larkfield"}
    assert facts() == [
        ("directory.imported", ref(town.west), fact | {"new": 7, "changed": 0, "same": 0}),
        ("directory.imported", ref(town.west), fact | {"new": 0, "changed": 3, "same": 4}),
    ]


def queries(directory, town):
    with CaptureQueriesContext(connection) as captured:
        bring_in(directory, town)
    return len(captured)


def test_comparing_takes_the_same_queries_for_one_and_for_many(town):
    bring_in(many(1), town)
    one = queries(many(1), town)
    bring_in(many(60), town)
    assert queries(many(60), town) == one


def test_writing_takes_batches_not_rows(town):
    assert queries(many(60), town) <= 42
    assert queries(Directory(), town) <= 31


def test_codes_last():
    assert lasting_code("larkfield", "station", "l1") == "KH68Y81XEZ"
    assert len({lasting_code("larkfield", "station", str(n)) for n in range(1000)}) == 1000
