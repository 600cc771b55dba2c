"""When a session is, as people say it."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from linli.kit.templatetags.linli import when

register = template.Library()


@register.filter
def times(session: Any) -> str:
    """ "today 19:00–20:30"; with both days where it ends on another."""
    begins, ends = session.starts_at.astimezone(session.zone), session.ends_at.astimezone(session.zone)
    start = when(session.starts_at, session.zone)
    if begins.date() == ends.date():
        return _("%(start)s–%(end)s") % {"start": start, "end": ends.strftime("%H:%M")}
    return _("%(start)s – %(end)s") % {"start": start, "end": when(session.ends_at, session.zone)}
