"""What our own package holds, read: expected by eye, row by row."""

from tests.directory.hsds.samples import PACKAGE, SETTING

from linli.directory.hsds.files import open_package
from linli.directory.hsds.hours import Setting
from linli.directory.hsds.read import read_directory, time_zones
from linli.directory.hsds.records import Organisation, Phone, Place, Service
from linli.directory.hsds.remarks import counts, listed

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
# place, service, nth, the days, from, until: what a person reads in package/schedules.csv, in its order.
RULES = """
l1 s1 0 0,1,2,3,4 07:00 18:00
l1 s3 0 0,1,2,3,4 07:00 18:00
l1 s1 2 5 09:15 14:00
l1 s3 0 0,1,3,4 09:00 12:00
l2 s3 0 0,1,3,4 09:00 12:00
l1 s1 0 0,2,3 19:00 21:00
l1 s2 1 1 09:30 12:00
l1 s2 2 1 09:30 12:00
l1 s2 4 1 09:30 12:00
l2 s3 0 2 13:00 17:00
l1 s2 0 5,6 00:00 00:00
l2 - 0 0,1,2,3 09:45 13:00
l2 - 0 0,1,2,3 14:00 18:00
l2 - 0 4 19:00 07:00
l2 - 0 4,5 09:30 17:30
l3 s2 0 6 10:00 11:00
"""
WORDS = {
    ("l1", "s1"): [
        "8:30AM – 5:30PM",
        "24 Hours",
        "Nights – Mornings",
        "By appointment",
        "7:00AM",
        "9:00AM – 1:00PM",
        "Harbour Hall - Monday: 9:00AM, 5:00PM",
        "2nd & 4th Wednesday, 12:00PM",
    ],
    ("l1", "s2"): ["Old Mill Chapel Food Pantry: Friday, 8:30AM – 12:30PM", "9:00AM – 1:00PM"],
    ("l1", "s3"): ["Larkfield Library Advice: Wednesday, 1:00PM – 5:00PM"],
    ("l1", ""): ["8:00AM – 8:00PM"],
    ("l2", ""): ["Tuesday, thursday, 9:00AM – 12:00PM"],
    ("l3", ""): [
        "Monday, 9:00AM – 9:00AM",
        "Tuesday, 9:00AM – 5:00AM",
        "Wednesday, 9:00AM – 5:00PM",
        "Thursday (closed 7-8pm), 9:00AM – 5:00PM",
        "Thursday, 9:00AM – 5:00PM, 8:00AM – 4:00PM",
        "Monday - Wednesday - Friday, 9:00AM – 5:00PM",
    ],
}
# file, row, kind of remark: everything that was not wholly read.
LISTED = """
organizations 4 url_unread
organizations 4 email_unread
organizations 5 id_repeated
organizations 6 id_missing
organizations 7 name_missing
physical_addresses 5 second_address
physical_addresses 6 belongs_to_nothing
physical_addresses 7 belongs_to_unknown
locations 4 coordinates_unread
locations 5 coordinates_unread
locations 5 unknown_id
locations 6 name_missing
locations 7 coordinates_unread
services 3 url_unread
services 4 several_organisations
services 7 unknown_id
services 7 status_unread
services_at_location 7 belongs_to_unknown
services_at_location 8 belongs_to_unknown
services_at_location 9 belongs_to_nothing
schedules 8 names_another_place
schedules 9 names_another_place
schedules 14 days_not_said
schedules 15 days_not_said
schedules 16 times_unread
schedules 17 times_unread
schedules 18 closing_not_said
schedules 19 days_not_said
schedules 20 unknown_id
schedules 20 days_not_said
schedules 21 days_unread
schedules 22 days_disagree
schedules 23 closing_not_said
schedules 24 belongs_to_nothing
schedules 25 belongs_to_unknown
schedules 26 belongs_to_unknown
schedules 27 times_not_said
schedules 28 times_not_said
schedules 29 belongs_to_nothing
schedules 30 nothing_said
schedules 31 nothing_said
schedules 32 service_inactive
schedules 33 no_known_place
schedules 35 times_equal
schedules 36 night_too_long
schedules 37 repetition_unheld
schedules 38 break_outside
schedules 39 cells_too_many
schedules 40 times_disagree
schedules 41 days_unread
phones 3 unknown_id
phones 3 phone_kind_unread
phones 5 phone_of_a_person
phones 6 phone_unread
phones 7 belongs_to_nothing
phones 8 belongs_to_unknown
phones 10 phone_unread
"""


def expected_rules():
    for line in RULES.split("\n")[1:-1]:
        place, service, nth, days, opens, closes = line.split()
        for day in days.split(","):
            yield place, service.strip("-"), int(day), int(nth), opens, closes


def test_rules_are_what_a_person_reads(town_directory):
    read = [
        (
            rule.place,
            rule.service,
            rule.span.weekday,
            rule.span.nth,
            f"{rule.span.opens:%H:%M}",
            f"{rule.span.closes:%H:%M}",
        )
        for rule in town_directory.rules
    ]
    assert sorted(read) == sorted(expected_rules())


def test_what_is_no_rule_keeps_the_words_of_the_source(town_directory):
    assert town_directory.words == WORDS


def test_everything_not_wholly_read_is_listed(town_directory):
    lines = [
        f"{each.file.removesuffix('.csv')} {each.row} {each.kind}" for each in listed(town_directory.remarks)
    ]
    assert lines == LISTED.split("\n")[1:-1]


def test_a_persons_number_is_not_repeated_in_the_list(town_directory):
    [remark] = [each for each in town_directory.remarks if each.kind == "phone_of_a_person"]
    assert (remark.column, remark.found) == ("contact_id", "c1")


def test_what_is_unusual_and_clear_is_counted(town_directory):
    read = {kind: count for kind, count in counts(town_directory.remarks).items() if kind in UNUSUAL}
    assert read == UNUSUAL


UNUSUAL = {
    "times_in_date_columns": 12,
    "break_in_brackets": 1,
    "place_in_service_column": 1,
    "several_ids": 3,
    "offer_from_schedule": 1,
    "entities": 1,
    "cells_missing": 39,
}


def test_organisations(town_directory):
    assert list(town_directory.organisations.values()) == [
        Organisation(
            "o1",
            "Harbour Kitchen",
            "Meals for everybody’s table.\n\nWe cook — you eat.",
            "https://harbour.example/",
            "hello@harbour.example",
        ),
        Organisation(
            "o2", "Larkfield Public Library", "Books and quiet.", other_name="Larkfield Library System"
        ),
        Organisation("o3", "St Bride's Relief", "A parish charity."),
    ]


def test_places_even_without_organisation_or_address(town_directory):
    assert list(town_directory.places.values()) == [
        Place(
            "l1",
            "Harbour Hall",
            "The hall by the water.",
            "o1",
            51.5014,
            -0.1419,
            "4 Quay Street, Back door, Larkfield, LK 1001",
            "Tram 4 to Quay",
        ),
        Place(
            "l2", "Larkfield Central Library", organisation="o2", address="4 Quay Street, Larkfield, LK 1001"
        ),
        Place("l3", "Quay Annex"),
        Place("l4", "17 Mill Lane", address="17 Mill Lane, Larkfield, LK 1002"),
        Place("l6", "St Bride's Church", organisation="o3"),
    ]


def test_services_and_where_they_are_given(town_directory):
    assert town_directory.services["s1"] == Service(
        "s1",
        "Hot Meals",
        "o1",
        "Soup, bread, company.",
        "Walk in.\nNo questions.",
        "free",
        "https://harbour.example/meals",
        "meals@harbour.example",
    )
    assert [(s.source_id, s.organisation, s.url, s.active) for s in town_directory.services.values()][1:] == [
        ("s2", "o1", "", True),
        ("s3", "o1", "", True),
        ("s4", "o1", "", False),
        ("s5", "o3", "", True),
        ("s6", "", "", False),
    ]
    assert town_directory.offers == {
        ("s1", "l1"),
        ("s2", "l1"),
        ("s2", "l3"),
        ("s3", "l1"),
        ("s3", "l2"),
        ("s4", "l1"),
    }


def test_phones_stand_with_what_they_belong_to(town_directory):
    assert town_directory.phones == {
        Phone("place", "l1", "+1 202-555-0100", kind="voice", about="Front desk"),
        Phone("service", "s1", "+1 202-555-0100", kind="voice", about="Front desk"),
        Phone("organisation", "o1", "+1 202-555-0163"),
        Phone("place", "l2", "+1 202-555-0147", "1311", "fax"),
        Phone("place", "l3", "311"),
    }


def write(folder, **tables):
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text)
    return open_package(folder)


def test_the_third_version_of_the_standard(tmp_path):
    package = write(
        tmp_path,
        organizations="id,name,description,website\no1,Relief,,https://relief.example\n",
        locations="id,location_type,name\nl1,physical,Hall\nl2,virtual,Line\nl3,physical,Yard\n",
        addresses="id,location_id,address_1,address_type,country\n1,l1,Box 7,postal,GB\n2,l1,1 High Street,physical,GB\n",
        services="id,organization_id,name,status,fees_description\ns1,o1,Soup,active,one coin\n",
        service_at_locations="id,service_id,location_id\nx1,s1,l1\n",
        schedules="id,service_at_location_id,location_id,freq,byday,opens_at,closes_at,timezone,valid_from,valid_to\n"
        'r1,x1,,WEEKLY,"MO,TH",09:00,12:30,Europe/London,2027-01-01,2027-03-31\n'
        "r2,x9,,WEEKLY,MO,09:00,12:30,Europe/London,,\n"
        "r3,,l1,WEEKLY,SA,09:00,12:30,Europe/London,,\n",
        phones="id,service_at_location_id,number,type\np1,x1,020 7946 0018,cell\n",
    )
    assert time_zones(package) == {"Europe/London"}
    directory = read_directory(package, Setting.of("Europe/London", SETTING.today))
    assert directory.organisations["o1"].url == "https://relief.example"
    assert {place.source_id: place.address for place in directory.places.values()} == {
        "l1": "1 High Street",
        "l3": "",
    }
    assert directory.services["s1"].cost == "one coin"
    assert sorted((rule.place, rule.service, rule.span.weekday) for rule in directory.rules) == [
        ("l1", "", 5),
        ("l1", "s1", 0),
        ("l1", "s1", 3),
    ]
    assert directory.phones == {
        Phone(of, owner, "+44 20 7946 0018", kind="cell")
        for of, owner in [("place", "l1"), ("service", "s1")]
    }
    assert [(each.row, each.kind) for each in listed(directory.remarks)] == [
        (2, "not_a_street_address"),
        (3, "not_a_place"),
        (3, "belongs_to_unknown"),
    ]


def test_long_texts_are_cut_and_said_so(tmp_path):
    package = write(
        tmp_path, organizations="id,name,url\no1," + "长" * 400 + ",https://" + "a" * 600 + ".example\n"
    )
    directory = read_directory(package, SETTING)
    assert directory.organisations["o1"].name == "长" * 199 + "…"
    assert [each.kind for each in directory.remarks] == ["cut", "url_unread"]


def test_hostile_text_becomes_plain(tmp_path):
    package = write(tmp_path, organizations="id,name\no1,&#8238;evil\u202e\u200b\u0000 𠮷家 &lt;b&gt;\n")
    assert read_directory(package, SETTING).organisations["o1"].name == "evil 𠮷家 <b>"


def test_without_a_country_numbers_stand_as_written(tmp_path):
    package = write(
        tmp_path,
        locations="id,name\nl1,Hall\n",
        phones="id,location_id,number\n1,l1,020 7946 0018\n2,l1,+44 20 7946 0018\n3,l1,12\n4,l1,call Ann\n",
    )
    directory = read_directory(package, SETTING)
    assert {phone.number for phone in directory.phones} == {"020 7946 0018", "+44 20 7946 0018"}
    assert [(each.row, each.kind) for each in directory.remarks] == [(4, "phone_unread"), (5, "phone_unread")]


def test_services_without_a_name_or_named_twice_are_left_out(tmp_path):
    package = write(
        tmp_path,
        services="id,name\ns1,Soup\ns1,Stew\ns2,\n",
        phones="service_at_location_id,number\nx9,311\n",
    )
    directory = read_directory(package, SETTING)
    assert list(directory.services) == ["s1"]
    assert [(each.row, each.kind) for each in directory.remarks] == [
        (3, "id_repeated"),
        (4, "name_missing"),
        (2, "belongs_to_unknown"),
    ]


def test_progress_is_told_after_each_table_and_within_long_ones(tmp_path):
    package = write(tmp_path, locations="id,name\n" + "".join(f"{n},x\n" for n in range(12_000)))
    steps = []
    read_directory(package, SETTING, lambda *step: steps.append(step))
    assert steps[2:5] == [
        ("locations.csv", 5_000, False),
        ("locations.csv", 10_000, False),
        ("locations.csv", 12_000, True),
    ]


def test_our_package_lies_where_the_tests_look():
    assert len(list(PACKAGE.glob("*.csv"))) == 7
