"""Ids, references, contacts, working days, coordinates, logs, safe ways back."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from linli.kit.contacts import ContactValue, read_contact
from linli.kit.coordinates import bd09_to_gcj02, distance_m, gcj02_to_bd09, gcj02_to_wgs84, wgs84_to_gcj02
from linli.kit.ids import ALPHABET, code, digest, read_code, token, uuid7
from linli.kit.logs import impersonal
from linli.kit.pages import safe_next
from linli.kit.refs import Ref, ref, resolve, resolve_all, split
from linli.kit.rules import Problem
from linli.kit.secrets import blind_index, current_box
from linli.kit.workdays import Calendar, add_workdays

PLAZA = (31.2280, 121.4530)


def test_ids_are_of_version_seven_and_in_order_of_time():
    first, second = uuid7(), uuid7()
    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert first.int >> 80 <= second.int >> 80
    assert first != second


def test_codes_can_be_said_on_the_telephone():
    assert set("".join(code(20) for _n in range(50))) <= set(ALPHABET)
    assert read_code(" jaoi-l1 ") == "JA0111"
    assert len({token() for _n in range(100)}) == 100
    assert digest("a") == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"


def test_a_reference_leads_back_to_its_object(town, django_assert_num_queries):
    tower, night = ref(town.tower), ref(town.night)
    assert tower == "directory.station/JA-0101"
    with django_assert_num_queries(1):
        found = resolve_all([tower, night, "directory.station/none"], AnonymousUser())
    assert found == {tower: town.tower, night: town.night}


@pytest.mark.parametrize(
    "nonsense", ["", "x", "directory.station", "a.b/c", "people.person/x", "../../x", "a.b.c/d"]
)
def test_a_reference_to_nothing_is_nothing(db, nonsense):
    assert resolve(nonsense, AnonymousUser()) is None


def test_splitting_a_reference():
    assert split(Ref("directory.station/JA-0101")) == ("directory.station", "JA-0101")


@pytest.mark.parametrize(
    "typed",
    ["13800001234", "+86 138 0000 1234", "１３８００００１２３４", "0086 13800001234", " 138-0000-1234 "],
)
def test_one_number_however_it_is_typed(typed):
    assert read_contact(typed) == ContactValue("phone", "+8613800001234")


def test_an_address_is_lower_case_and_masked():
    contact = read_contact(" Mei@Example.ORG ")
    assert (contact, contact.masked) == (ContactValue("email", "mei@example.org"), "m***@example.org")


@pytest.mark.parametrize("typed", ["", "12", "hello", "@", "a@b", "1" * 300, "+86"])
def test_what_is_no_contact_is_said_so(typed):
    with pytest.raises(Problem):
        read_contact(typed)


CALENDAR = Calendar(
    {2026: "official", 2027: "provisional"}, {date(2026, 10, 1): False, date(2026, 10, 10): True}
)


def test_a_make_up_workday_counts():
    assert [CALENDAR.is_workday(date(2026, 10, day)) for day in (1, 2, 3, 10)] == [False, True, False, True]
    assert add_workdays(date(2026, 9, 30), 1, CALENDAR) == date(2026, 10, 2)
    assert CALENDAR.is_provisional(date(2027, 1, 4))


def test_an_unknown_year_is_not_guessed():
    with pytest.raises(Problem):
        add_workdays(date(2028, 1, 3), 1, CALENDAR)


def test_the_shifts_at_the_plaza():
    """484 m from WGS-84 to GCJ-02 and another 924 m to BD-09, as read off published maps."""
    gcj = wgs84_to_gcj02(*PLAZA)
    shifts = distance_m(PLAZA, gcj), distance_m(gcj, gcj02_to_bd09(*gcj))
    assert shifts == (pytest.approx(484, abs=1), pytest.approx(924, abs=5))


@given(st.floats(18, 53), st.floats(75, 134))
def test_every_conversion_leads_back(latitude, longitude):
    point = (latitude, longitude)
    assert distance_m(point, gcj02_to_wgs84(*wgs84_to_gcj02(*point))) < 0.01
    assert distance_m(point, bd09_to_gcj02(*gcj02_to_bd09(*point))) < 0.01


def test_outside_china_nothing_is_shifted():
    assert wgs84_to_gcj02(38.9, -77.03) == (38.9, -77.03)


def test_secret_columns_open_with_their_key_only(settings):
    sealed = current_box().encrypt(b"x")
    index = blind_index("x", "a")
    assert index != blind_index("x", "b")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert current_box().decrypt(sealed) == b"x"
    assert index != blind_index("x", "a")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("call 13800001234 now", "call [phone] now"),
        ("to mei@example.org, please", "to [email], please"),
        ("GET /slip/abcdefghijklmnopqrstuvwx/", "GET /[link]/"),
        ("GET /stop/abcdefghijklmnopqrstuvwx/", "GET /[link]/"),
        ("GET /setup/0123456789abcdef01234567/", "GET /[link]/"),
        ("GET /complaints/abcdefghijklmnop-_rstuvwxyz01234/", "GET /[link]/"),
        ("GET /calendars/1390000123412345-_rstuvwxyz01234/linli.ics", "GET /[link]/linli.ics"),
        ("POST /tickets/AZr3abcdefghijklmnop-_rstuvwxyz0123456789ABCDE/decide/", "POST /[link]/decide/"),
        (
            "GET /me/tickets/7Q4M2X/ and /stations/JA-0101/calendar.ics",
            "GET /me/tickets/7Q4M2X/ and /stations/JA-0101/calendar.ics",
        ),
        ("17 todos in 2026-11-22", "17 todos in 2026-11-22"),
    ],
)
def test_logs_hold_no_personal_word(line, kept):
    assert impersonal(line) == kept


@pytest.mark.parametrize(
    ("wanted", "way"),
    [
        ("/stations/?open=on", "/stations/?open=on"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_never_leads_away(wanted, way):
    assert safe_next(RequestFactory().get("/", {"next": wanted})) == way


def test_an_error_in_the_log_has_no_message():
    from linli.kit.logs import UtcFormatter

    typed = "-".join(["138", "0000", "1234"])
    try:
        raise ValueError(typed)
    except ValueError as error:
        text = UtcFormatter().formatException((type(error), error, error.__traceback__))
    assert text.endswith("builtins.ValueError")
    assert typed not in text
