"""When a session is, as people say it."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kit.templatetags.linli import when, words

register = template.Library()


@register.filter
def times(session: Any) -> str:
    """ "today 19:00–20:30"; with both days where it ends on another."""
    begins, ends = session.starts_at.astimezone(session.zone), session.ends_at.astimezone(session.zone)
    start = when(session.starts_at, session.zone)
    if begins.date() == ends.date():
        return _("%(start)s–%(end)s") % {"start": start, "end": ends.strftime("%H:%M")}
    return _("%(start)s – %(end)s") % {"start": start, "end": when(session.ends_at, session.zone)}


@register.simple_tag
def session_row(session: Any) -> str:
    """One session in <ul class="rows">, with its programme and station. By hand, as lists have fifty of them and a template
    took twice as long."""
    tone, seats = seats_left(session)
    return format_html(
        '<li class="row session-row"><a href="{}"><span>{}</span></a> <span class="badge {}">{}</span>\n<p>{} · {}</p></li>',
        session.get_absolute_url(),
        words(session, "name"),
        tone,
        seats,
        when(session.starts_at, session.zone),
        words(session.station, "name"),
    )


def seats_left(session: Any) -> tuple[str, str]:
    """(tone, words) of the badge beside a session."""
    if session.is_cancelled:
        return "care", _("cancelled")
    if session.capacity is None:
        return "quiet", _("just come")
    if session.free and not session.waiting:
        return "good", ngettext("%(free)s seat free", "%(free)s seats free", session.free) % {
            "free": session.free
        }
    return "quiet", _("full")
