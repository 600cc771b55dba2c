import pytest
from django.db import connection, transaction

from tests.trust.world import World


@pytest.fixture(scope="module")
def one_world(django_db_setup, django_db_blocker, own_media):
    """The world, made once for a module and rolled back after its last test; what a test did to its rows goes with it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        # Else PostgreSQL looks at every row's keys again after each test.
        connection.check_constraints()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(one_world, db):
    return one_world
