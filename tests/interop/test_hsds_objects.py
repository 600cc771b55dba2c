"""Every object has the shape that the table of shapes and the standard demand, and says what the directory says."""

from datetime import date

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from linli.interop.hsds import samples, shapes, wholes
from linli.interop.hsds.kinds import KINDS
from tests.factories import make_station
from tests.interop.conftest import make_announcement, make_many, make_offer

# What HSDS 3.1 itself demands of each object, written down here apart from our table.
DEMANDED = {
    "organization": {"id", "name", "description"},
    "organization_identifier": {"id", "identifier_type", "identifier"},
    "service": {"id", "name", "status"},
    "location": {"id", "location_type"},
    "service_at_location": {"id"},
    "address": {"id", "address_1", "city", "state_province", "postal_code", "country", "address_type"},
    "phone": {"id", "number"},
    "accessibility": {"id"},
    "schedule": {"id"},
    "attribute": {"id"},
    "taxonomy": {"id", "name", "description"},
    "taxonomy_term": {"id", "name", "description"},
    "api": {"version", "profile", "openapi_url"},
}


def validator(schema):
    document = schema | {"components": {"schemas": shapes.schemas()}}
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document, format_checker=FormatChecker())


def errors(schema, thing):
    return [f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(thing)]


def test_our_table_demands_what_the_standard_demands():
    ours = {name: {field.name for field in shapes.fields(name) if field.required} for name in DEMANDED}
    assert {name: DEMANDED[name] - ours[name] for name in DEMANDED} == {name: set() for name in DEMANDED}


def test_every_line_of_the_table_is_read():
    lines = {name: len(table.strip().splitlines()) for name, table in shapes.TABLES.items()}
    assert {name: len(shapes.fields(name)) for name in lines} == lines


def test_every_list_brief_and_whole_has_its_shape(directory, ask):
    make_many(directory, 3)
    make_announcement(directory.tower, "空调检修")
    for kind in KINDS.values():
        for full in ("", "full=true&") if "full" in kind.parameters else ("",):
            page = ask(f"{kind.name}?{full}per_page=25")
            assert errors(shapes.page_schema(kind.shape), page) == []
            assert page["size"] == len(page["contents"]) > 2
    assert errors(shapes.schemas()["api"], ask()) == []


def test_a_whole_object_by_itself_is_what_its_list_shows(directory, ask):
    for kind in KINDS.values():
        full = "full=true&" if "full" in kind.parameters else ""
        for thing in ask(f"{kind.name}?{full}per_page=25")["contents"]:
            assert ask(f"{kind.name}/{thing['id']}") == thing


def test_a_brief_object_is_part_of_the_whole(directory, ask):
    for kind in (kind for kind in KINDS.values() if "full" in kind.parameters):
        for thing in ask(f"{kind.name}?per_page=25")["contents"]:
            whole = ask(f"{kind.name}/{thing['id']}")
            plain = {name: value for name, value in thing.items() if not isinstance(value, dict)}
            assert plain.items() <= {k: v for k, v in whole.items() if not isinstance(v, list | dict)}.items()


@pytest.mark.parametrize("shape", samples.SAMPLES)
def test_the_samples_of_the_description_have_their_shape(shape):
    assert errors(shapes.schemas()[shape], samples.SAMPLES[shape]) == []
    assert errors(shapes.page_schema(shape), samples.page(shape)) == []


def test_the_problems_of_the_description_have_their_shape():
    for problem in samples.PROBLEMS.values():
        assert errors(shapes.schemas()["problem"], problem) == []


def test_one_service_to_the_letter(directory, ask, settings):
    """A golden answer: change it knowingly, for programs read it."""
    settings.LANGUAGE_CODE = "en"
    make_announcement(directory.tower, "空调检修")
    found = ask(f"services/{directory.law.pk}")
    place = found["service_at_locations"][0].pop("location")
    ids = {entry.pop("id") for entry in found["service_at_locations"][0]["schedules"] + found["attributes"]}
    assert len(ids) == 4
    hours = {
        "timezone": 8,
        "time_zone": "Asia/Shanghai",
        "opens_at": "14:00+08:00",
        "closes_at": "16:00+08:00",
    }
    assert found == {
        "id": str(directory.law.pk),
        "organization_id": str(directory.operator.pk),
        "name": "法律咨询",
        "alternate_name": "Legal advice",
        "status": "active",
        "eligibility_description": "For persons.",
        "assured_date": "2026-03-01",
        "alert": "云塔党群服务站: 空调检修",
        "organization": {
            "id": str(directory.operator.pk),
            "name": "云塔物业",
            "alternate_name": "Cloud Tower Property",
            "description": "",
        },
        "phones": [
            {
                "id": str(directory.law.phones.get().pk),
                "number": "021-5550-0102",
                "extension": 12,
                "type": "voice",
                "description": "预约",
            }
        ],
        "service_at_locations": [
            {
                "id": str(directory.law.places.get().uid),
                "service_id": str(directory.law.pk),
                "location_id": str(directory.tower.pk),
                "schedules": [
                    {"wkst": "MO", "freq": "WEEKLY", "byday": "WE"} | hours,
                    {"wkst": "MO", "freq": "MONTHLY", "byday": "-1SA"} | hours,
                ],
            }
        ],
        "attributes": [
            attribute(directory.law, "Kinds of services", "law", "Legal advice"),
            attribute(directory.law, "Audiences", "person", "Persons"),
        ],
    }
    assert place == ask(f"locations/{directory.tower.pk}")


# Readers keep these: they are the same in every installation, for ever.
TERMS = {
    "law": "0a6e6a7e-f039-56a1-adaf-404344dbaa8a",
    "person": "2a46c79c-a6ba-50fc-b82b-fea0a190e72f",
    "Kinds of services": "58440f45-793c-5d94-8304-21526951b49b",
    "Audiences": "ab1f4ecc-a02d-5ef3-993f-a6abc9506f12",
}


def attribute(service, taxonomy, code, name):
    """An attribute without its own id."""
    return {
        "link_id": str(service.pk),
        "link_entity": "service",
        "taxonomy_term_id": TERMS[code],
        "taxonomy_term": {
            "id": TERMS[code],
            "code": code,
            "name": name,
            "description": f"{taxonomy}: {name}",
            "taxonomy": taxonomy,
            "taxonomy_id": TERMS[taxonomy],
            "language": "en",
        },
    }


def test_a_place_says_its_address_its_doors_and_what_one_can_use(directory, ask, settings):
    settings.LANGUAGE_CODE = "en"
    place = ask(f"locations/{directory.tower.pk}")
    assert [each["address_1"] for each in place["addresses"]] == ["示例路 1 号 200040"]
    assert [(each["description"], each.get("details")) for each in place["accessibility"]] == [
        ("东门: no step", None),
        ("西门: 3 steps", "过天桥"),
    ]
    terms = [(each["taxonomy_term"]["code"], each.get("value")) for each in place["attributes"]]
    assert terms == [("building", None), ("water", "自带杯子")]
    assert place["external_identifier"] == "JA-0101"
    assert "latitude" not in place


def test_an_organization_says_its_number_in_the_register_its_places_and_services(directory, ask):
    found = ask(f"organizations/{directory.operator.pk}")
    assert [each["identifier"] for each in found["organization_identifiers"]] == ["91310000TESTCODE01"]
    assert [each["name"] for each in found["locations"]] == ["云塔党群服务站"]
    assert found["services"] == [{"id": str(directory.law.pk), "name": "法律咨询", "status": "active"}]
    assert [phone.get("extension") for phone in found["phones"]] == [None]
    whole = ask(f"organizations/{directory.operator.pk}?full_service=true")["services"]
    assert whole == [ask(f"services/{directory.law.pk}")]


def test_what_the_pages_keep_to_themselves_is_not_here(directory, ask):
    """How large it is, whether it has a committee: nothing that the standard has no room for leaks out."""
    directory.operator.band, directory.operator.committee = "10-49", "own"
    directory.operator.committee_as_of = date(2026, 1, 1)
    directory.operator.save()
    text = ask.response(f"organizations/{directory.operator.pk}").content.decode()
    assert [word for word in ("10-49", "committee", "own", "2026-01-01") if word in text] == []


def test_a_service_not_given_at_present_says_so(directory, ask):
    states = {each["name"]: each["status"] for each in ask("services")["contents"]}
    assert states == {"法律咨询": "active", "停办": "inactive", "歇脚": "active"}


def test_checked_is_what_was_checked_everywhere(directory, ask):
    assert "assured_date" not in ask(f"services/{directory.rest.pk}")
    directory.night.checked_on = date(2026, 2, 1)
    directory.night.save()
    assert ask(f"services/{directory.rest.pk}")["assured_date"] == "2026-02-01"


def test_only_notices_in_force_are_an_alert(directory, ask):
    make_announcement(directory.tower, "昨天的", hours=-1, started=30)
    make_announcement(directory.night, "别处的")
    assert "alert" not in ask(f"services/{directory.law.pk}")


def test_a_station_that_closed_for_good_is_gone_everywhere(directory, ask):
    offer = directory.law.places.get()
    unit = directory.tower.unit
    unit.closed_on = date(2026, 1, 1)
    unit.closing_recorded_at = "2026-01-01T00:00Z"
    unit.save()
    assert [each["name"] for each in ask("locations")["contents"]] == ["江宁路小哥驿站"]
    assert [each["service_id"] for each in ask("service_at_locations")["contents"]] == [
        str(directory.rest.pk)
    ]
    assert "service_at_locations" not in ask(f"services/{directory.law.pk}")
    assert "locations" not in ask(f"organizations/{directory.operator.pk}")
    ask(f"locations/{directory.tower.pk}", 404)
    ask(f"service_at_locations/{offer.uid}", 404)
    for path in ("services?full=true", "organizations?full=true", "locations?format=ndjson"):
        assert "云塔党群服务站" not in b"".join(ask.response(path)).decode()


def test_too_many_parts_are_named_not_cut(directory, ask, monkeypatch):
    """All of them or none: a reader who gets some would take them for all."""
    monkeypatch.setattr(wholes, "MANY", 2)
    assert len(ask(f"services/{directory.rest.pk}")["service_at_locations"]) == 2
    make_offer(directory.rest, make_station("M-1", "micro", "微站", directory.west))
    found = ask(f"services/{directory.rest.pk}")
    assert "service_at_locations" not in found
    listed = ask(found["service_at_locations_url"].removeprefix("/hsds/"))
    assert (listed["total_items"], {each["service_id"] for each in listed["contents"]}) == (3, {found["id"]})


def test_words_follow_the_installation_not_the_reader(directory, ask):
    """The same answer for everybody, so that it can be kept."""
    path = f"services/{directory.law.pk}"
    chinese, english = (ask.response(path, headers={"accept-language": each}) for each in ("zh-CN", "en"))
    assert chinese.content == english.content
    assert "面向个人。" in chinese.content.decode()


def test_rows_in_another_zone_keep_its_clock(directory, ask):
    directory.night.time_zone = "America/St_Johns"
    directory.night.save()
    hours = ask(f"locations/{directory.night.pk}")["schedules"][0]
    assert (hours["time_zone"], hours["opens_at"][:5]) == ("America/St_Johns", "09:00")
    assert hours["timezone"] in {-3.5, -2.5}
    assert hours["opens_at"][5:] == {-3.5: "-03:30", -2.5: "-02:30"}[hours["timezone"]]
