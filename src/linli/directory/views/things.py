"""Pages on which a station's people write down what it has and says: one shape for rooms, entrances, stock, difficulties
and temporary notices."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.directory import actions
from linli.directory.forms.desk import StockForm
from linli.directory.forms.things import NOUNS, FacilitiesForm, ThingForm
from linli.directory.models import Facility, Station, Supply
from linli.directory.rules import may_keep_things
from linli.directory.views.stations import station_of
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import Problem, require


@dataclass(frozen=True)
class Words:
    """What a page says of its kind of things."""

    title: Any
    lead: Any
    add: Any
    over: Any


WORDS = {
    "rooms": Words(
        _("Rooms"), _("Visitors see them on the station’s page."), _("Add a room"), _("Remove this room")
    ),
    "entrances": Words(
        _("Entrances"),
        _("The first one is shown first. A courier at night needs to know which door."),
        _("Add an entrance"),
        _("Remove this entrance"),
    ),
    "stock": Words(
        _("Stock"),
        _("What is low stands first. Visitors do not see this."),
        _("Add an item"),
        _("Remove this item"),
    ),
    "difficulties": Words(
        _("What is hard here"),
        _("Everybody sees what is hard and what help is wanted: help comes where it is said."),
        _("Add a difficulty"),
        _("It is solved"),
    ),
    "notices": Words(
        _("Temporary notices"),
        _("Shown on the station’s page until they end by themselves."),
        _("Add a notice"),
        _("End it now"),
    ),
}


def kept(station: Station, noun: str) -> list[Any]:
    """The things of a kind that are there now; of stock, what is low first."""
    rows = NOUNS[noun].MODEL._default_manager.filter(station=station)  # type: ignore[attr-defined]
    if noun == "difficulties":
        rows = rows.filter(ended_on=None)
    elif noun == "notices":
        rows = rows.filter(ends_at__gt=timezone.now())
    elif noun == "stock":
        return sorted(rows, key=lambda supply: (not supply.is_low, supply.name))
    return list(rows.order_by("pk"))


def form_of(request: HttpRequest, noun: str, station: Station, thing: Any = None) -> ThingForm:
    if noun not in NOUNS:
        raise Http404
    return NOUNS[noun](request.POST or None, station=station, thing=thing)


def keep(request: HttpRequest, form: ThingForm, noun: str) -> HttpResponse | None:
    """What was typed, kept; None when something has to be mended first."""
    if not form.is_valid():
        return None
    language = {} if noun == "stock" or form.thing else {"language": form.station.language}
    try:
        actions.keep_thing(
            by=request.user,
            station=form.station,
            model=form.MODEL,
            thing=form.thing,
            **form.columns(),
            **language,
        )
    except Problem as problem:
        form.show(problem)
        return None
    return redirect("directory:things", form.station.code, noun)


@staff
def things(request: HttpRequest, code: str, noun: str) -> HttpResponse:
    """All of a kind, and a form to add one."""
    station = station_of(request, code)
    require(may_keep_things(request.user, station))
    form = form_of(request, noun, station)
    answer = keep(request, form, noun)
    context = {
        "station": station,
        "noun": noun,
        "words": WORDS[noun],
        "form": form,
        "things": kept(station, noun),
    }
    return answer or page(request, "directory/things.html", context, status=422 if form.errors else 200)


@staff
def thing(request: HttpRequest, code: str, noun: str, thing: str) -> HttpResponse:
    """One of them, to change or to take away."""
    station = station_of(request, code)
    require(may_keep_things(request.user, station))
    if noun not in NOUNS:
        raise Http404
    found = get_object_or_404(NOUNS[noun].MODEL, station=station, code=thing)
    if "over" in request.POST:
        actions.remove_thing(by=request.user, thing=found)
        return redirect("directory:things", code, noun)
    form = form_of(request, noun, station, found)
    answer = keep(request, form, noun)
    context = {"station": station, "noun": noun, "words": WORDS[noun], "form": form, "thing": found}
    return answer or page(request, "directory/thing.html", context, status=422 if form.errors else 200)


@staff
def stock(request: HttpRequest, code: str, thing: str) -> HttpResponse:
    """One tap: one less, one more, or so many."""
    station = station_of(request, code)
    require(may_keep_things(request.user, station))
    supply = get_object_or_404(Supply, station=station, code=thing)
    form = StockForm(request.POST or None)
    if form.is_valid():
        if form.cleaned_data["stock"] is not None:
            actions.set_stock(by=request.user, supply=supply, stock=form.cleaned_data["stock"])
        elif form.cleaned_data["change"]:
            actions.change_stock(by=request.user, supply=supply, change=form.cleaned_data["change"])
    return redirect("directory:things", code, "stock")


@staff
def facilities(request: HttpRequest, code: str) -> HttpResponse:
    """What one can use here, as a checklist."""
    station = station_of(request, code)
    require(may_keep_things(request.user, station))
    there = list(Facility.objects.filter(station=station).values_list("kind", flat=True))
    form = FacilitiesForm(request.POST or None, initial={"kinds": there})
    if form.is_valid():
        outdoors = form.cleaned_data["ebike"] == "outdoors"
        try:
            actions.set_facilities(
                by=request.user,
                station=station,
                kinds=set(form.cleaned_data["kinds"]),
                ebike_outdoors=outdoors,
            )
            return redirect("site:desk_of", code)
        except Problem as problem:
            form.show(problem)
    return page(
        request,
        "directory/facilities.html",
        {"form": form, "station": station},
        status=422 if form.errors else 200,
    )
