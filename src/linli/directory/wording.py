"""Whether a door is open, in words. The same few sentences stand on a thousand rows, so each is made once."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.directory.hours import Opening
from linli.kit.templatetags.linli import when


def door_words(opening: Opening, zone: ZoneInfo) -> tuple[str, str]:
    """(tone, sentence): "good" for open, "care" for full, "quiet" for closed and for not known."""
    return worded(opening, zone, get_language() or "", timezone.localdate(timezone=zone))


@lru_cache(maxsize=4096)
def worded(opening: Opening, zone: ZoneInfo, _language: str, _today: date) -> tuple[str, str]:
    until = {"until": when(opening.until, zone)}
    opens = {"opens": when(opening.opens_at, zone)}
    if opening.basis == "services":
        return service_words(opening, until, opens)
    if opening.state == "open":
        return "good", _("Open until %(until)s") % until if opening.until else _("Open around the clock")
    if opening.state == "full":
        return "care", _("Full until about %(until)s") % until
    if opening.state == "closed":
        if opening.opens_at:
            return "quiet", _("Closed, opens %(opens)s") % opens
        return "quiet", _("Closed until %(until)s") % until if opening.until else _("Closed")
    return "quiet", _("Hours not known")


def service_words(opening: Opening, until: dict[str, str], opens: dict[str, str]) -> tuple[str, str]:
    """For a door without hours of its own: what is on behind it."""
    if opening.is_open:
        words = _("Something is on until %(until)s") % until
        return "good", words if opening.until else _("Something is on around the clock")
    if opening.opens_at:
        return "quiet", _("Nothing on now, next %(opens)s") % opens
    return "quiet", _("Nothing on in the coming weeks")
