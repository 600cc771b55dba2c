"""The named cast, and what every test may ask for.

梅 mei is a resident, omar works at the tower station, 高 gao organises the subdistrict around it, lena is signed in and
belongs nowhere, and courier kai has no account at all.
"""

import gc
from datetime import date, timedelta
from importlib import import_module
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings
from pytest_django.plugin import blocking_manager_key
from whitenoise.middleware import WhiteNoiseMiddleware

from tests import programs
from tests.factories import make_person, make_role, make_station, make_unit, together
from tests.herd import wait_for_no_disk

# A busy machine is no reason to fail: neither a slow example nor a slow draw says anything about the code.
settings.register_profile("linli", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("linli")
pytest.register_assert_rewrite("tests.browser.driver", "tests.browser.looking")
pytest_plugins = ["tests.browser.fixtures", "tests.log_canary"]


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Nothing that is collected is garbage before the end, so nobody need look for it among six thousand tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A transactional test empties every table when it ends; what every database ships with comes back."""
    result = yield
    marker = item.get_closest_marker("django_db")
    transactional = {"transactional_db", "live_server"} & set(item.fixturenames)
    # After the last test the database itself is gone.
    if nextitem and (transactional or (marker and marker.kwargs.get("transaction"))):
        with item.config.stash[blocking_manager_key].unblock():
            if not apps.get_model("areas.HolidayYear").objects.exists():
                import_module("linli.areas.migrations.0002_shipped_holidays").load(apps, None)
    return result


@pytest.fixture(autouse=True)
def first_language(settings):
    """Every test begins in the installation's language, whatever a client of the test before it spoke."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def fresh_caches():
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def static_files_read_once():
    """Every test client builds the middleware anew; reading all static files for it took longer than most pages."""
    found: dict = {}
    read = WhiteNoiseMiddleware.add_files_from_finders

    def look_up(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            read(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with patch.object(WhiteNoiseMiddleware, "add_files_from_finders", look_up):
        yield


@pytest.fixture(autouse=True, scope="session")
def own_media(tmp_path_factory):
    """Photos sent in a test lie where nobody's lie."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.getbasetemp() / "media"):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Whatever a test kills, nobody pulls the plug of the machine."""
    wait_for_no_disk(connection.settings_dict)


@pytest.fixture(autouse=True, scope="session")
def emptied_and_no_more():
    """Django lists all models and their permissions anew whenever tables were emptied; nothing here asks for either."""
    with patch("django.core.management.commands.flush.emit_post_migrate_signal"):
        yield


@pytest.fixture(scope="session")
def empty_database(django_db_setup, django_db_blocker, tmp_path_factory):
    """All tables and no rows of anybody, to be copied, because making them takes five seconds: an SQLite file, or the
    name of a PostgreSQL database."""
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            return programs.keep_template(connection)
        file = tmp_path_factory.mktemp("empty") / "linli.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        return file


@pytest.fixture
def town(db):
    """A small network: district → two subdistricts → a tower station in the first, a night stop in the second."""
    network = make_unit("NET", "network", "示范网络", None, en="Demonstration network")
    district = make_unit("310106", "district", "静安区", network, en="Jing'an District")
    west = make_unit("310106012", "subdistrict", "南京西路街道", district, en="West Nanjing Road")
    east = make_unit("310106017", "subdistrict", "江宁路街道", district, en="Jiangning Road")
    with together():
        tower = make_station("JA-0101", "building", "云塔党群服务站", west, en="Cloud Tower Station")
        night = make_station("JA-0201", "courier", "江宁路小哥驿站", east, en="Jiangning Courier Stop")
    return SimpleNamespace(network=network, district=district, west=west, east=east, tower=tower, night=night)


@pytest.fixture
def mei(db):
    return make_person("梅", language="zh-hans")


@pytest.fixture
def lena(db):
    return make_person("Lena", language="en")


@pytest.fixture
def omar(town):
    person = make_person("Omar", language="en")
    make_role(person, town.tower.unit, "worker")
    return person


@pytest.fixture
def gao(town):
    person = make_person("高", language="zh-hans")
    make_role(person, town.west, "organiser")
    return person


@pytest.fixture
def kai():
    return AnonymousUser()


@pytest.fixture
def browse(db):
    """browse(person) → a test client signed in as them, staff with their second factor shown; browse() for kai."""

    def sign_in(person=None, *, confirmed=False, second_factor=True) -> Client:
        client = Client(headers={"accept-language": "en"})
        if person is not None and person.is_authenticated:
            client.force_login(person)
            session = client.session
            if second_factor:
                session["second_factor_at"] = timezone.now().timestamp()
            if confirmed:
                session["confirmed_at"] = timezone.now().timestamp()
            session.save()
        return client

    return sign_in


@pytest.fixture
def settle(db):
    """settle() does all due work, also what follows from it; settle(later) pretends that moment has come."""
    from linli.ledger.work import drain

    def run(now=None) -> int:
        return drain(now=(lambda: now)) if now else drain()

    return run


@pytest.fixture
def facts(db):
    """facts() → [(kind, subject, data)] of everything recorded since the test began, in order."""
    from linli.ledger.models import Event

    before = set(Event.objects.values_list("id", flat=True))

    def recorded():
        rows = Event.objects.exclude(id__in=before).order_by("at", "id")
        return [(event.kind, event.subject, event.data) for event in rows]

    return recorded


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def tomorrow(today) -> date:
    return today + timedelta(days=1)
