"""Public pages: the tree of a day, one unit with its history, the holidays of a year."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from linli.areas import tree
from linli.areas.browse import branches, children_counts
from linli.areas.festivals import spans
from linli.areas.finding import heir_of
from linli.areas.forms import DayForm
from linli.areas.history import told
from linli.areas.models import HolidayYear, Unit, UnitVersion
from linli.areas.rules import may_edit_units
from linli.kit.pages import page
from linli.kit.policies import public
from linli.ledger.edition import edition

ON_A_PAGE = 100


@public
def whole(request):
    """The tree of today, or of the day in the address. It is kept for the minute or until the ledger's next fact."""
    form, day = DayForm.day(request.GET)
    on = day or timezone.localdate()
    root = UnitVersion.objects.valid(on).filter(parent=None).select_related("unit").first()
    facts = {
        "form": form,
        "day": day,
        "root": root,
        "top": SimpleLazyObject(lambda: branches(root, on)),
        "kept_as": f"{edition(timezone.now())}/{day}",
    }
    return page(request, "areas/whole.html", facts, status=422 if form.errors else 200)


def day_to_show(unit: Unit, on: date) -> date:
    """The day itself, or the nearest one on which the unit stood."""
    if unit.closed_on and unit.closed_on <= on:
        return unit.closed_on - timedelta(days=1)
    return max(on, unit.opened_on)


@public
def unit(request, code):
    """A unit as it is, or as it was on the day in the address."""
    found = get_object_or_404(Unit.objects.visible_to(request.user).select_related("merged_into"), code=code)
    form, day = DayForm.day(request.GET)
    today = timezone.localdate()
    shown = day_to_show(found, day or today)
    lineage = tree.lineage(found.id, shown)
    below = Paginator(tree.children(found.id, shown), ON_A_PAGE).get_page(request.GET.get("page"))
    counts = children_counts([version.unit_id for version in below], shown)
    facts = {
        "unit": found,
        "standing": lineage[-1],
        "above": lineage[:-1],
        "below": below,
        "branches": [(version, counts.get(version.unit_id, 0)) for version in below],
        "lines": told(found, today),
        "heir": heir_of(found) if found.closed_on and found.closed_on <= today else None,
        "form": form,
        "day": day,
        "is_closed": found.closed_on is not None and found.closed_on <= (day or today),
        "is_to_open": (day or today) < found.opened_on,
        "pack": tree.pack_of(lineage) or None,
        **rights(request.user, found, lineage),
    }
    return page(request, "areas/unit.html", facts, status=422 if form.errors else 200)


def rights(person, unit: Unit, lineage: list[tree.Standing]) -> dict:
    """What the page offers to whoever looks at it; a unit that has ended can no longer be changed."""
    if not person.is_authenticated or unit.closed_on:
        return {"may_edit": False, "may_edit_below": False}
    above = Unit.objects.get(id=lineage[-2].unit_id) if len(lineage) > 1 else unit
    return {"may_edit": may_edit_units(person, above), "may_edit_below": may_edit_units(person, unit)}


@public
def holidays(request, year):
    """The days off of a year and the weekend days worked for them; 404 with a plain word for a year unknown."""
    known = list(HolidayYear.objects.visible_to(request.user))
    found = next((one for one in known if one.year == year), None)
    facts = {"year": year, "found": found, "known": known}
    if found is None:
        return page(request, "areas/holidays.html", facts, status=404)
    return page(request, "areas/holidays.html", facts | {"spans": spans(found.days.all())})
