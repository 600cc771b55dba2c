"""Stepping into the cast works in a demonstration and nowhere else."""

import pytest

from tests.factories import make_person


@pytest.fixture
def actress(town):
    return make_person("梅", cast="mei")


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True


def test_one_click_signs_in_as_the_cast(demonstration, actress, browse):
    client = browse()
    assert client.post("/demo/step-into/", {"cast": "mei", "next": "/me/"})["Location"] == "/me/"
    assert client.get("/me/").context["person"] == actress


def test_another_click_leaves_again(demonstration, actress, browse):
    client = browse(actress)
    client.post("/demo/step-into/", {"cast": ""})
    assert client.get("/me/").status_code == 302


def test_in_a_real_installation_the_page_does_not_exist(actress, browse):
    assert browse().post("/demo/step-into/", {"cast": "mei"}).status_code == 404


@pytest.mark.parametrize("cast", ["nobody", "omar", "%00", "x" * 1000])
def test_only_the_cast_can_be_stepped_into(demonstration, actress, omar, browse, cast):
    assert browse().post("/demo/step-into/", {"cast": cast}).status_code == 404


def test_a_real_person_can_never_be(demonstration, mei, browse):
    assert mei.cast == ""
    client = browse()
    client.post("/demo/step-into/", {"cast": mei.cast})
    assert client.get("/me/").status_code == 302


def test_reading_the_address_does_nothing(demonstration, actress, browse):
    assert browse().get("/demo/step-into/").status_code == 404
