"""What the clock does to a session: which deeds its times call for."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from linli.programmes.models import Session

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def times_of_deeds(session: Session) -> Iterator[tuple[str, datetime]]:
    """(deed, when): what was planned for a time the session no longer has finds that out by itself."""
    if session.releases_after is not None:
        yield "programmes.release", release_at(session)
    yield "programmes.sum_up", session.ends_at + AN_HOUR
    if session.emergency:
        yield "programmes.forget_emergency", session.ends_at + A_DAY


def release_at(session: Session) -> datetime:
    return session.starts_at + timedelta(minutes=session.releases_after or 0)
