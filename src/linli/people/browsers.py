"""What a browser carries: the session begun at signing in, the desk machine's cookie, a plain name for a list."""

import re
import time

from django.conf import settings
from django.contrib import auth

from linli.kit.ids import digest
from linli.people.models import DeskMachine, Person, SecondFactor
from linli.people.sessions import BROWSER_KEY, LIMITS_KEY, STARTED_KEY

MACHINE_COOKIE = "__Host-linli-desk" if settings.HTTPS else "linli-desk"
MACHINE_AGE = 400 * 24 * 3600
APPS = (
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Lark", "Feishu"),
    ("EdgA?/", "Edge"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS|OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def has_second_factor(person: Person) -> bool:
    """Whether an authenticator app of the person is in force."""
    return SecondFactor.objects.filter(person=person, confirmed_at__isnull=False).exists()


def begin(request, person: Person, limits: str = "") -> None:
    """Signs the person in on this browser: the old session ends, key and CSRF token are new.

    `limits`: "resident", "staff" or "desk" (people/limits.py); by default residents', until the second factor is shown.
    A code or slip just shown counts as a fresh confirmation, unless the person has a second factor: then only that does.
    """
    auth.logout(request)
    auth.login(request, person)
    request.session[LIMITS_KEY] = limits or "resident"
    request.session[STARTED_KEY] = int(time.time())
    request.session[BROWSER_KEY] = browser_name(request.headers.get("User-Agent", ""))
    if limits != "desk" and not has_second_factor(person):
        confirm(request)


def pass_second_factor(request) -> None:
    """From here on the session may open staff pages, and staff limits hold; its key changes with its powers."""
    now = time.time()
    request.session["second_factor_at"] = request.session["confirmed_at"] = now
    request.session[LIMITS_KEY] = "staff"
    request.session.cycle_key()


def begin_at_desk(request, person: Person) -> None:
    """Signs a colleague in on a registered machine, for ten idle minutes.

    The machine's cookie and the PIN are the two factors of staff pages; grants and exports ask for more.
    """
    begin(request, person, "desk")
    request.session["second_factor_at"] = time.time()


def confirm(request) -> None:
    """Who sits here has just shown it: good for ten minutes (kit.policies.reconfirmed)."""
    request.session["confirmed_at"] = time.time()


def browser_name(user_agent: str) -> str:
    """A plain name such as "WeChat, Android": enough to know one's own browsers by, no fingerprint."""
    names = [first_match(user_agent, APPS), first_match(user_agent, SYSTEMS)]
    return ", ".join(filter(None, names))


def first_match(text: str, table) -> str:
    return next((name for pattern, name in table if re.search(pattern, text)), "")


def machine_of(request) -> DeskMachine | None:
    """The desk machine this browser was registered as."""
    secret = request.COOKIES.get(MACHINE_COOKIE, "")
    return (
        DeskMachine.objects.filter(token_hash=digest(secret)).select_related("unit").first()
        if secret
        else None
    )


def remember_machine(response, secret: str) -> None:
    response.set_cookie(
        MACHINE_COOKIE, secret, max_age=MACHINE_AGE, secure=settings.HTTPS, httponly=True, samesite="Strict"
    )


def forget_machine(response) -> None:
    response.delete_cookie(MACHINE_COOKIE, samesite="Strict")
