import pytest
from django.db import connection, transaction

from linli.site.demonstration.load import load


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for a module and rolled back after its last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        # Else PostgreSQL looks at every row's keys again after each test.
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def network(loaded, db):
    """The demonstration network, as it was loaded."""
