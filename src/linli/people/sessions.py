"""Sessions in our own table: hashed keys, an absolute and an idle end, and a list a person can read and end."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.kit.ids import digest
from linli.people.limits import limit_of

# Keys of the session's data that become columns.
LIMITS_KEY, BROWSER_KEY, STARTED_KEY = "limits", "browser", "started_at"


class SessionStore(SessionBase):
    """Only a digest of the key is stored: who reads the table cannot take over a session."""

    @classmethod
    def get_model_class(cls) -> Any:
        # Django imports this module before the app registry is ready.
        from linli.people.models import SignedIn

        return SignedIn

    @property
    def rows(self) -> Any:
        return self.get_model_class().objects

    def load(self) -> dict[str, Any]:
        row = self.rows.live().filter(key_hash=digest(self.session_key or "")).first()
        if row is None:
            self._session_key = None
            return {}
        touch(row, timezone.now())
        return self.decode(row.data)

    def exists(self, session_key: str) -> bool:
        return self.rows.filter(key_hash=digest(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)
        values = columns(data, timezone.now()) | {"data": self.encode(data)}
        key_hash = digest(self.session_key)
        if not must_create:
            # A session ended from elsewhere meanwhile must not come back to life.
            if not self.rows.filter(key_hash=key_hash).update(**values):
                raise UpdateError
            return None
        try:
            with transaction.atomic():
                self.rows.create(key_hash=key_hash, **values)
        except IntegrityError:
            raise CreateError from None
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            self.rows.filter(key_hash=digest(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        now = timezone.now()
        rows = cls.get_model_class().objects
        rows.exclude(pk__in=rows.live(now).values("pk")).delete()


def columns(data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """What the row tells of its session, taken from the data."""
    person_id = data.get(SESSION_KEY)
    limits = data.get(LIMITS_KEY, "resident")
    limit = limit_of(limits, person_id is not None)
    started = datetime.fromtimestamp(data[STARTED_KEY], UTC) if STARTED_KEY in data else now
    return {
        "person_id": person_id,
        "limits": limits,
        "browser": data.get(BROWSER_KEY, ""),
        "created_at": started,
        "last_seen_on": timezone.localdate(now),
        "expires_at": started + limit.absolute,
        "idle_until": limit.idle_until(now),
    }


def touch(row: Any, now: datetime) -> None:
    """Moves the idle end on, at most once in a step; a visitor's session is left alone."""
    limit = limit_of(row.limits, row.person_id is not None)
    idle_until = limit.idle_until(now)
    if row.person_id is None or idle_until <= row.idle_until:
        return
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk, idle_until__lt=idle_until).update(
            idle_until=idle_until, last_seen_on=timezone.localdate(now)
        )
