"""Two sessions that one stands at the door of, and omar at his desk."""

from datetime import timedelta

import pytest

from tests.factories import make_programme, make_session


@pytest.fixture
def ride(town):
    """It begins in half an hour."""
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, starts_in=timedelta(minutes=30), capacity=10)


@pytest.fixture
def on(town):
    """It has begun half an hour ago."""
    programme = make_programme(town.tower.unit, en="Weekend ride")
    return make_session(programme, town.tower, starts_in=timedelta(minutes=-30), capacity=10)


@pytest.fixture
def desk(browse, omar):
    return browse(omar)
