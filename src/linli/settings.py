"""Settings, all from the environment; `docs/settings.md` explains each. Nothing secret stands here."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _


def env(name: str, default: str = "") -> str:
    """The value of LINLI_<name>; a file named by LINLI_<name>_FILE wins, so that secrets can be mounted."""
    file = os.environ.get(f"LINLI_{name}_FILE")
    return Path(file).read_text().strip() if file else os.environ.get(f"LINLI_{name}", default)


def env_list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


def env_flag(name: str) -> bool:
    return env(name).lower() in {"1", "yes", "true", "on"}


PACKAGE = Path(__file__).resolve().parent
DATA = Path(env("DATA", str(PACKAGE.parent.parent / "var" / "own"))).resolve()
DATA.mkdir(parents=True, exist_ok=True)

DEBUG = env_flag("DEBUG")
# Demonstration data is marked on every page, and a visitor may step into the cast.
DEMONSTRATION = env_flag("DEMO")
# True behind a TLS proxy or with `./linli run --https`: secure cookies with the __Host- prefix, and HSTS.
HTTPS = env_flag("HTTPS")


def own_secret_key() -> str:
    """The installation's own key, made once and kept in the data folder, readable by its owner only."""
    given = env("SECRET_KEY")
    if given:
        return given
    path = DATA / "secret_key"
    if not path.exists():
        fresh = path.with_name(f"secret_key.{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(get_random_secret_key())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


SECRET_KEY = own_secret_key()
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env_list("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("TRUSTED_ORIGINS")
if env_flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of our own stand in front: only then is X-Forwarded-For believed when throttling.
PROXY_COUNT = int(env("PROXY_COUNT", "0"))

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "js_lib_leaflet",
    "csp",
    "linli.kit",
    "linli.ledger",
    "linli.areas",
    "linli.people",
    "linli.notices",
    "linli.directory",
    "linli.news",
    "linli.programmes",
    "linli.interop",
    "linli.records",
    "linli.site",
]

MIDDLEWARE = [
    "linli.kit.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.kit.refusals.Refusals",
]

ROOT_URLCONF = "linli.urls"
WSGI_APPLICATION = "linli.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "linli.site.context.layout",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "linli.kit.templatetags.linli",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


def database(url: str) -> dict:
    """A Django database entry for `postgres://user:password@host/name`, or SQLite in the data folder."""
    if url:
        parts = urlsplit(url)
        query = dict(item.split("=", 1) for item in parts.query.split("&") if item)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(query.pop("host", "") or parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            # Tables of this size lie in memory, where a row beside costs no more than the next one; and compiling a
            # statement takes longer than it runs.
            "OPTIONS": {"options": "-c random_page_cost=1.1 -c jit=off"} | query,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "linli.sqlite3",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            # A deferred transaction that turns into a writer fails at once with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
                "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=ON;"
            ),
        },
        # In-memory SQLite and a live server in another thread lock each other out.
        "TEST": {"NAME": DATA / f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.sqlite3"},
    }


DATABASES = {"default": database(env("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Only what everybody sees alike, pieces of the layout and of lists: per process, and never a personal word. What must hold
# across processes (limits, sessions) is in the database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["linli.people.backends.PersonBackend"]
LOGIN_URL = "people:sign_in"
SESSION_ENGINE = "linli.people.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "linli.site.errors.form_expired"
# Over plain http a browser drops __Host- cookies, so the prefix follows the transport.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-linli" if HTTPS else "linli"
CSRF_COOKIE_NAME = "__Host-linli-csrf" if HTTPS else "linli-csrf"
LANGUAGE_COOKIE_NAME = "linli-language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SECURE_SSL_REDIRECT = False  # the proxy's work
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # linli.kit.headers says X-Frame-Options, on files too
    "security.W005",  # HSTS for subdomains: they may belong to others
    "security.W008",  # the proxy leads from http to https
    "security.W021",  # a browser's preload list is for the owner of the whole domain to join
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = env("LANGUAGE", "zh-hans")
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env("TIME_ZONE", "Asia/Shanghai")
FORMAT_MODULE_PATH = ["linli.kit.formats"]
FIRST_DAY_OF_WEEK = 1
# The terminology pack of the whole installation; a unit may name its own (areas/packs/).
PACK = env("PACK", "shanghai")

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC", str(DATA / "static")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# `./linli run` and the tests serve from the packages; production collects and hashes (docs/production.md).
COLLECTED_STATIC = env_flag("COLLECTED_STATIC")
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = False
if not COLLECTED_STATIC:
    WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# A body with files in it: larger ones are refused before the first byte of them is read. Forms say their own limit
# (8 MB for a photo), in words, up to here.
DATA_UPLOAD_MOST_BYTES = 20_000_000
FILE_UPLOAD_HANDLERS = [
    "linli.kit.uploads.Capped",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EMAIL_BACKEND = env("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_PASSWORD")
EMAIL_USE_TLS = env_flag("EMAIL_TLS")
DEFAULT_FROM_EMAIL = env("EMAIL_FROM", "linli@localhost")
# Dotted path of a function send(template, params, phone); empty: text messages are off and the desk prints slips.
TEXT_MESSAGES = env("TEXT_MESSAGES")
# The address under which people reach this installation; links in messages start with it.
ADDRESS = env("ADDRESS", "http://localhost:8000").rstrip("/")

# Networks of the operator's own in which other servers may be asked for feeds and pictures; all else has to be public.
FETCH_FROM = env_list("FETCH_FROM")

# A background for the map from somebody else's server: shown only with its approval number, only after a tap.
TILE_URL = env("TILE_URL")
TILE_APPROVAL = env("TILE_APPROVAL")
TILE_CREDIT = env("TILE_CREDIT")
TILE_DATUM = env("TILE_DATUM", "wgs84")

OPERATOR_NAME = env("OPERATOR_NAME")
OPERATOR_CONTACT = env("OPERATOR_CONTACT")
# Shown in the footer as required where the site runs, e.g. an ICP filing number; several separated by commas.
FILING_NUMBERS = env_list("FILING_NUMBERS")
# /metrics answers only to a request that carries this token, and to nobody while it is empty.
METRICS_TOKEN = env("METRICS_TOKEN")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"impersonal": {"()": "linli.kit.logs.Impersonal"}},
    "formatters": {
        "plain": {
            "format": "{asctime}Z {levelname} {name} {message}",
            "style": "{",
            "()": "linli.kit.logs.UtcFormatter",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["impersonal"]}
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "INFO")},
    "loggers": {"django.request": {"level": "ERROR"}, "django": {"handlers": [], "propagate": True}},
}
