import pytest
from django.db import transaction

from linli.site.demonstration.load import load


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for a module and rolled back after its last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def network(loaded, db):
    """The demonstration network, as it was loaded."""
