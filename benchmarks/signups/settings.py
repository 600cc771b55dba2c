"""Our own settings, with the pages of `benchmarks.signups.urls` beside ours."""

from linli.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.signups.urls"
