"""Calendars to subscribe to: of a session, a programme, a station, and one's own under a secret address."""

from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.directory.models import Station
from linli.kit.calendars import TYPE, Calendar, icalendar
from linli.kit.ids import digest
from linli.kit.pages import page
from linli.kit.policies import member, public
from linli.kit.words import said
from linli.programmes.actions.calendars import end_calendar, renew_calendar
from linli.programmes.models import Calendar as Address
from linli.programmes.models import Programme, Session
from linli.programmes.panels.calendars import calendar_of, chosen, many, own, whole

# A program may show the same again for so many seconds without asking.
FRESH = 300


def answer(
    request: HttpRequest, calendar: Calendar, name: str, kept: str = "public"
) -> HttpResponseBase | None:
    """The file; 304, without writing it, when the program holds the same already."""
    etag = f'"{sha256(repr(calendar).encode()).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(icalendar(calendar), content_type=TYPE)
    response["ETag"] = etag
    response["Cache-Control"] = f"{kept}, max-age={FRESH}"
    if response.status_code == 200:
        response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    # What is said depends on the language, which a cookie may choose.
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@public
@require_safe
def session_calendar(request: HttpRequest, code: str) -> HttpResponseBase | None:
    """One session that is open or was cancelled, to put into one's own calendar."""
    found = get_object_or_404(whole(Session.objects.on_view()), code=code)
    title = said(found, "name").text
    calendar = calendar_of(
        settings.ADDRESS, title, [found], url=found.get_absolute_url(), source_url=request.path
    )
    return answer(request, calendar, code)


@public
@require_safe
def programme_calendar(request: HttpRequest, code: str) -> HttpResponseBase | None:
    """The sessions of a programme, wherever they are held."""
    found = get_object_or_404(Programme.objects.visible_to(request.user), code=code)
    return many_of(request, found, Session.objects.filter(programme=found))


@public
@require_safe
def station_calendar(request: HttpRequest, code: str) -> HttpResponseBase | None:
    """What a station holds, or looks after."""
    found = get_object_or_404(Station.objects.visible_to(request.user), code=code)
    return many_of(request, found, Session.objects.filter(station=found))


def many_of(request: HttpRequest, thing: Programme | Station, sessions) -> HttpResponseBase | None:
    calendar = calendar_of(
        settings.ADDRESS,
        said(thing, "name").text,
        chosen(sessions.on_view(), timezone.now()),
        url=thing.get_absolute_url(),
        source_url=request.path,
        description=many(),
    )
    return answer(request, calendar, thing.code)


@public
@require_safe
def person_calendar(request: HttpRequest, secret: str) -> HttpResponseBase | None:
    """What the person who made this address has signed up for, in their language.

    The file does not name its own address: it may be passed on, and the address is a secret.
    """
    addresses = Address.objects.filter(person__is_active=True).select_related("person")
    person = get_object_or_404(addresses, digest=digest(secret)).person
    sessions, unsure = own(person, timezone.now())
    with translation.override(person.language or settings.LANGUAGE_CODE):
        calendar = calendar_of(
            settings.ADDRESS,
            _("My sessions"),
            sessions,
            url=reverse("programmes:my_tickets"),
            description=many(),
            unsure=unsure,
        )
        return answer(request, calendar, "linli", "private")


@member
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """The address of one's own calendar: to make it, to put another in its place, to end it. It is shown once."""
    context = {}
    if request.method == "POST":
        if "end" in request.POST:
            end_calendar(by=request.user)
            return redirect("programmes:my_calendar")
        path = reverse("programmes:person_calendar", args=[renew_calendar(by=request.user)])
        context["address"] = settings.ADDRESS + path
    context["made"] = Address.objects.filter(person=request.user).first()
    return page(request, "programmes/my_calendar.html", context)
