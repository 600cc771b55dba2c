"""The people and the sessions of the rush, straight into the database, and afterwards who has a seat.

A command of its own (`python -m benchmarks.signups.rows COMMAND …`), because every measured installation is another one.
"""

import json
import os
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

STATION = "JA-1201"
AT_ONCE = 2000


def people(number: str, file: str) -> dict[str, Any]:
    """That many residents, each signed in on a browser; the file gets their cookies, one a line."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils import timezone
    from django.utils.crypto import get_random_string

    from linli.kit.ids import digest
    from linli.people.models import Person, SignedIn
    from linli.people.sessions import SessionStore, columns

    made = [Person(name=f"居民{n:05}") for n in range(int(number))]
    Person.objects.bulk_create(made, batch_size=AT_ONCE)
    store, now, keys, rows = SessionStore(), timezone.now(), [], []
    for person in made:
        data = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        keys.append(get_random_string(32))
        rows.append(SignedIn(key_hash=digest(keys[-1]), data=store.encode(data), **columns(data, now)))
    SignedIn.objects.bulk_create(rows, batch_size=AT_ONCE)
    Path(file).write_text("\n".join(f"{settings.SESSION_COOKIE_NAME}={key}" for key in keys))
    tidy()
    return {"people": len(made)}


def sessions(prefix: str, number: str, capacity: str) -> dict[str, Any]:
    """So many new sessions PREFIX-0, PREFIX-1 …, and nobody's seats in any other of the rush."""
    from django.db import connection
    from django.utils import timezone

    from linli.directory.models import Station
    from linli.kit.pinyin import sort_key
    from linli.programmes.models import Programme, Session

    station = Station.objects.get(code=STATION)
    words = {"name": "抢座", "language": "zh-hans", "kind": "culture"}
    programme, _made = Programme.objects.get_or_create(
        code="RUSH", defaults={"unit_id": station.unit_id, "reading": sort_key("抢座"), **words}
    )
    with connection.cursor() as cursor:
        own = "(SELECT id FROM programmes_session WHERE programme_id = %s)"
        cursor.execute(
            f"DELETE FROM programmes_signup WHERE session_id IN {own}",  # noqa: S608
            [programme.pk if connection.vendor == "postgresql" else programme.pk.hex],
        )
    Session.objects.filter(programme=programme).update(state="proposed")
    starts = (timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)
    Session.objects.bulk_create(
        Session(
            code=f"{prefix}-{n}", programme=programme, station=station, name="抢座", language="zh-hans",
            starts_at=starts, ends_at=starts + timedelta(hours=2), time_zone=station.time_zone,
            capacity=int(capacity), changed_at=timezone.now(),
        )
        for n in range(int(number))
    )  # fmt: skip
    tidy()
    return {"sessions": int(number)}


def tidy() -> None:
    """What autovacuum would do a little later, at a moment of our choice."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def check(prefix: str) -> dict[str, Any]:
    """Who has a seat in the sessions PREFIX-…: whether all add up."""
    from django.db.models import Count, F, Q

    from linli.programmes.models import Session, SignUp

    named = Session.objects.filter(code__startswith=f"{prefix}-")
    seated = Count("sign_ups", filter=Q(sign_ups__state__in=["confirmed", "offered"]))
    counted = list(named.annotate(seated=seated).values_list("capacity", "taken", "seated"))
    seats = SignUp.objects.filter(session__in=named)
    over = [have - capacity for capacity, _taken, have in counted if have > capacity]
    return {
        "sessions": len(counted),
        "capacity": sum(capacity for capacity, _taken, _have in counted),
        "seated": sum(have for _capacity, _taken, have in counted),
        "twice": seats.count() - seats.values("session", "holder").distinct().count(),
        "taken_wrong": sum(taken != have for _capacity, taken, have in counted),
        "oversold": len(over),
        "most_over": max(over, default=0),
        "elsewhere": seats.exclude(session_ends_at=F("session__ends_at")).count(),
    }


def statements(prefix: str, file: str) -> dict[str, Any]:
    """The statements of one accepted request and of one that finds the session full, as Django sends them."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from linli.programmes.models import Session

    cookies = Path(file).read_text().split("\n")
    code = f"{prefix}-0"
    found = {}
    for name, cookie in zip(("warm", "accepted", "warm", "full", "chain"), cookies[-5:], strict=True):
        if name == "full":
            Session.objects.filter(code=code).update(taken=2)
        client = Client(SERVER_NAME="localhost")
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie.partition("=")[2]
        connection.force_debug_cursor = True
        connection.queries_log.clear()
        ask = {"name": "林一"}
        address = f"/sessions/{code}/sign-up/"
        answer = client.get("/healthz") if name == "chain" else client.post(address, ask)
        found[name] = [shortened(query["sql"]) for query in connection.queries]
        found[f"{name}_status"] = answer.status_code
    del found["warm"], found["warm_status"]
    return found


def shortened(sql: str) -> str:
    """A statement without its list of columns and without long values."""
    plain = sql.replace('"', "")
    plain = re.sub(r"^SELECT .*? FROM (?!\()", "SELECT … FROM ", plain, count=1)
    plain = re.sub(r"\(id,.*?\) VALUES \(.*\)(?= |$)", "(…) VALUES (…)", plain)
    plain = re.sub(r"'[^' ]{13,}'|'\d{4}-\d\d-\d\d[^']*'", "'…'", plain)
    plain = re.sub(r"::\w+", "", plain)
    return plain if len(plain) <= 360 else f"{plain[:359]}…"


COMMANDS = {"people": people, "sessions": sessions, "check": check, "statements": statements}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.signups.settings")
    import django

    django.setup()
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))


if __name__ == "__main__":
    main()
