"""Loading the demonstration: once, into an empty database, and only where every page says that it is invented."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from linli.areas.models import Unit, UnitVersion
from linli.directory.models import (
    Announcement,
    Building,
    Corridor,
    Difficulty,
    Duty,
    Entrance,
    Facility,
    LiveStatus,
    Membership,
    Occupancy,
    OpeningException,
    OpeningRule,
    Organisation,
    OrganisationCount,
    Room,
    Service,
    Station,
    Supply,
    WalkIn,
)
from linli.ledger.models import Event
from linli.notices.models import Notice
from linli.people.models import Contact, Person, Role
from linli.site.demonstration import data
from linli.site.demonstration.load import load
from linli.site.models import SearchEntry

EVERYTHING = [
    Unit,
    UnitVersion,
    Organisation,
    Station,
    Service,
    OpeningRule,
    OpeningException,
    LiveStatus,
    Person,
    Role,
]
EVERYTHING += [Facility, Entrance, Room, Difficulty, Announcement, Building, Occupancy, Membership, Corridor]
EVERYTHING += [OrganisationCount, Duty, Supply, WalkIn]
EVERYTHING += [Contact, SearchEntry, Event, Notice]


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in EVERYTHING}


def test_loading_twice_changes_nothing(db):
    assert load() is not None
    before = counts()
    assert load() is None
    assert counts() == before


def test_refuses_beside_a_network_of_one_s_own(town, settings):
    settings.DEMONSTRATION = True
    before = counts()
    with pytest.raises(CommandError, match="a network of its own"), translation.override("en"):
        call_command("demo")
    assert counts() == before


def test_refuses_where_no_page_would_say_that_it_is_invented(db, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="LINLI_DEMO=1"):
        call_command("demo")
    assert not Unit.objects.exists()


def test_the_command_says_what_it_made(db, settings, capsys):
    settings.DEMONSTRATION = True
    call_command("demo")
    call_command("demo")
    first, second = capsys.readouterr().out.splitlines()
    assert re.sub(r"\d+\.\d s", "- s", first) == (
        "The demonstration network: 61 stations, 20 services, 33 organisations, 51 areas, a cast of 8; "
        "- s. Everything below the official divisions is invented."
    )
    assert second == "The demonstration network is here already."


@pytest.mark.parametrize("line", ["Mx 09:00-10:00", "Mo 9-10", "Mo"])
def test_hours_that_cannot_be_read_are_refused(line):
    with pytest.raises(ValueError):
        list(data.spans([line]))
