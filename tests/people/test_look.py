"""Looks: who saw a person's rows is told to that person, and to nobody else."""

import pytest

from linli.kit.rules import Refused
from linli.people.actions import look
from linli.people.models import Look


def test_one_insert_a_page_whatever_the_number_of_people(omar, mei, lena, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert look(by=omar, subjects=[mei, lena, mei, omar], page="Desk") == 2
    assert {(row.viewer, row.subject, row.page) for row in Look.objects.all()} == {
        (omar, mei, "Desk"),
        (omar, lena, "Desk"),
    }


def test_who_may(kai, mei):
    with pytest.raises(Refused):
        look(by=kai, subjects=[mei], page="Desk")


def test_leaves_no_fact(omar, mei, facts):
    """Who was looked at is told to them; in the ledger it would be a trace of the person."""
    look(by=omar, subjects=[mei], page="Desk")
    assert facts() == []


def test_nobody_else_sees_it(omar, mei, lena, gao, kai):
    look(by=omar, subjects=[mei], page="Desk")
    assert Look.objects.visible_to(mei).count() == 1
    for person in (omar, lena, gao, kai):
        assert Look.objects.visible_to(person).count() == 0


def test_the_page_tells_who_and_where(town, omar, mei, browse):
    look(by=omar, subjects=[mei], page="Roles at a place", unit=town.tower.unit)
    client = browse(mei)
    page = client.get("/me/looks/").content.decode()
    assert "Roles at a place" in page
    assert "Cloud Tower Station" in page
    # Colleagues appear as on a badge seen from afar: the place answers for them.
    assert "O*" in page
    assert "Omar" not in page
