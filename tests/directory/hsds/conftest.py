import pytest
from django.utils import translation
from tests.directory.hsds.samples import PACKAGE, REAL_PACKAGE, SETTING

from linli.directory.hsds.files import open_package
from linli.directory.hsds.read import read_directory

# The real directory may not be published here, so its test is collected only where somebody has it.
collect_ignore = [] if REAL_PACKAGE.is_dir() else ["test_real_directory.py"]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def town_directory():
    """What our own package says."""
    return read_directory(open_package(PACKAGE), SETTING)
