"""The organiser's overview: drawn from what stations keep anyway."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from linli.directory.panels import figures as walk_ins
from linli.directory.panels import overview as seen
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import require
from linli.people.rules import held
from linli.programmes.panels import submitted_below

PER_PAGE = 30


def own_units(request: HttpRequest) -> set[UUID]:
    """The units somebody looks after; 403 for nobody's."""
    units = set(held(request.user, {"organiser", "steward"}).values_list("unit", flat=True))
    require(bool(units))
    return units


def asked(request: HttpRequest, name: str, known: dict[str, object]) -> str:
    """What the address asks for, else the first there is."""
    return request.GET.get(name) if request.GET.get(name) in known else next(iter(known))  # type: ignore[return-value]


@staff
def overview(request: HttpRequest) -> HttpResponse:
    """Where and when doors are open, and which entries need somebody; counts with the whole they are of."""
    units, now = own_units(request), timezone.now()
    today = timezone.localdate(now)
    day, kind = asked(request, "day", seen.DAYS), asked(request, "stale", seen.STALE)
    stations = seen.stations_below(units)
    counts = {each: seen.stale(stations, each, today).count() for each in seen.STALE}
    rows = Paginator(
        seen.stale(stations, kind, today).select_related("unit").order_by("reading", "code"), PER_PAGE
    )
    context = {
        "gaps": seen.gaps(units, day, now),
        "days": [
            {"url": f"?day={key}#gaps", "label": label, "current": key == day}
            for key, label in seen.DAYS.items()
        ],
        "stale": rows.get_page(request.GET.get("page")),
        "kinds": [
            {
                "url": f"?day={day}&stale={key}#stale",
                "label": f"{label} ({counts[key]})",
                "current": key == kind,
            }
            for key, label in seen.STALE.items()
        ],
        "kind": kind,
        "submitted": submitted_below(held(request.user, "organiser").values_list("unit", flat=True)),
        "now": now,
    }
    return page(request, "site/overview.html", context)


@staff
def figures(request: HttpRequest) -> HttpResponse:
    """Last month's walk-ins of each unit one looks after, by the tree as it was and as it is."""
    today = timezone.localdate()
    shown = [walk_ins.walk_ins(unit_id, today) for unit_id in own_units(request)]
    ordered = sorted(shown, key=lambda each: each.unit.code)
    return page(request, "site/figures.html", {"figures": ordered, "smallest": walk_ins.SMALLEST})
