"""What visitors say is wrong on a station's page, and how the desk mends it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from linli.directory.events import WrongMended, WrongNoted
from linli.directory.models import Station, WrongNote
from linli.directory.rules import may_keep_things
from linli.kit.refs import ref
from linli.kit.rules import require
from linli.ledger.actions import record


@transaction.atomic
def note_wrong(*, by: Any, station: Station, what: str, text: str) -> WrongNote:
    """Tells the station's desk, and nobody else, that something on its page is wrong. `by` is not kept."""
    note = WrongNote.objects.create(station=station, what=what, text=text)
    record(WrongNoted(what), by=None, subject=ref(station), scope=ref(station.unit))
    return note


@transaction.atomic
def mend_wrong(*, by: Any, note: WrongNote) -> bool:
    """Says that it is mended. False when somebody did before."""
    require(may_keep_things(by, note.station))
    if not WrongNote.objects.filter(pk=note.pk, done_at=None).update(done_at=timezone.now()):
        return False
    record(WrongMended(note.what), by=by, subject=ref(note.station), scope=ref(note.station.unit))
    return True
