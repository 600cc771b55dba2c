"""Everything that is shown of a station is right: one tap at the desk, and visitors see when."""

import pytest

from linli.directory.actions import check_entry
from linli.kit.refs import ref
from linli.kit.rules import Refused


def checked(station):
    station.refresh_from_db()
    return station.checked_on, station.checked_by


def test_one_tap_says_who_and_when(town, omar, browse, today):
    assert browse(omar).post("/stations/JA-0101/checked/").url == "/desk/at/JA-0101/"
    assert checked(town.tower) == (today, "desk")


@pytest.mark.parametrize("who", ["mei", "lena", "gao", "kai"])
def test_only_those_who_work_there_may(town, who, request):
    with pytest.raises(Refused):
        check_entry(by=request.getfixturevalue(who), station=town.tower)
    assert checked(town.tower) == (None, "")


def test_looking_at_its_address_changes_nothing(town, omar, browse):
    assert browse(omar).get("/stations/JA-0101/checked/").status_code == 302
    assert checked(town.tower) == (None, "")


def test_leaves_its_fact(town, omar, facts):
    check_entry(by=omar, station=town.tower)
    assert facts() == [("directory.entry_checked", ref(town.tower), {})]
