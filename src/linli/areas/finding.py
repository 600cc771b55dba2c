"""Finding the unit somebody meant when they typed a code or a name into a form."""

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.areas.models import Unit, UnitVersion
from linli.areas.tree import heirs, standing
from linli.kit.rules import Problem
from linli.kit.words import said


def find_unit(text: str, person, field: str) -> Unit:
    """The unit with this code, else the only one with this name. Problem when there is none, or several."""
    units = Unit.objects.visible_to(person)
    exact = units.filter(code__iexact=text).first()
    if exact:
        return exact
    named = UnitVersion.objects.valid().filter(unit__in=units).select_related("unit")
    found = list(named.filter(Q(name__iexact=text) | Q(reading=text.lower())).order_by("unit__code")[:6])
    if not found:
        raise Problem(_("No unit has the code or the name %(text)s.") % {"text": text}, field)
    if len(found) > 1:
        codes = _(", ").join(version.unit.code for version in found)
        raise Problem(
            _("Several units are called so. Please type one of the codes: %(codes)s.") % {"codes": codes},
            field,
        )
    return found[0].unit


def suggestions(unit: Unit, parent_id, most: int = 100) -> list[tuple[str, str]]:
    """Codes and names of the units around one, to be offered while typing: its siblings, and its parent's."""
    around = UnitVersion.objects.valid().exclude(unit=unit)
    grandparents = UnitVersion.objects.valid().filter(unit=parent_id).values("parent")
    near = around.filter(Q(parent=parent_id) | Q(parent__in=grandparents) | Q(unit=parent_id))
    found = near.select_related("unit").order_by("reading", "unit__code")[:most]
    return [(version.unit.code, str(said(version, "name"))) for version in found]


def heir_of(unit: Unit):
    """How the unit stands that today stands for this one; None when nothing does. Two queries."""
    heir = heirs([unit.id])[unit.id]
    return standing([heir]).get(heir) if heir else None
