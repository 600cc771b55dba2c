"""All that the rows of a sheet are held against. Reads only; a few queries, and some for each batch of rows."""

from collections import defaultdict
from functools import cached_property
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.areas import tree
from linli.areas.models import Unit, UnitVersion
from linli.directory.models import Organisation, Station
from linli.directory.sheets.held import Held, batches, held_organisations, held_stations, name_key
from linli.directory.sheets.reading import Entry
from linli.kit.words import said


class Areas:
    """The units that something can stand under, by code and by every name."""

    def __init__(self, under: Unit):
        versions = UnitVersion.objects.valid().filter(unit__station=None, unit__organisation=None)
        standing = [tree.stood(version) for version in versions.select_related("unit").order_by("unit__code")]
        self.under = under
        self.standing = {each.unit_id: each for each in standing}
        self.by_code = {each.code.casefold(): each.unit_id for each in standing}
        self.by_name: dict[str, list[UUID]] = defaultdict(list)
        for each in standing:
            names = {each.name, *(words.get("name", "") for words in each.translations.values())}
            for key in set(map(name_key, names)) - {""}:
                self.by_name[key].append(each.unit_id)

    @cached_property
    def reach(self) -> set[UUID | None]:
        """Where somebody may change what stands below: the unit the sheet was brought to, and all below it."""
        within = set(tree.descendants(self.under.pk))
        # What stands nowhere in the tree is for those who reach all of it.
        return within | {None} if self.under == tree.root() else within

    def title(self, unit_id: UUID | None) -> str:
        return str(said(self.standing[unit_id], "name")) if unit_id in self.standing else ""

    def code(self, unit_id: UUID | None) -> str:
        return self.standing[unit_id].code if unit_id in self.standing else ""


class Known:
    """The areas, what stands where the sheet was brought to, and what the sheet names elsewhere."""

    def __init__(self, kind: str, under: Unit, entries: list[Entry]):
        self.kind, self.areas = kind, Areas(under)
        self.model = Organisation if kind == "organisations" else Station
        self.by_code: dict[str, Held] = {}
        self.by_place: dict[tuple[UUID | None, str], list[Held]] = defaultdict(list)
        self.taken: set[str] = set()
        self.closed: set[str] = set()
        # Who has a credit code: number of the row, name.
        self.credit: dict[str, tuple[UUID, str]] = {}
        within = Q(unit__in=tree.descendants(under.pk))
        self.add(self.model.objects.filter(within | Q(unit=None) if None in self.areas.reach else within))
        self.add_named({code for entry in entries if (code := entry.values.get("code"))})
        if kind == "organisations":
            self.add_credit({code for entry in entries if (code := entry.values.get("uscc"))})

    def add(self, rows: QuerySet) -> None:
        rows = rows.visible_to(None).order_by("pk")
        for held in held_organisations(rows) if self.kind == "organisations" else held_stations(rows):
            self.by_code[held.row.code.casefold()] = held
            for name in held.names:
                self.by_place[held.parent_id, name].append(held)

    def add_named(self, codes: set[str]) -> None:
        """What stands elsewhere, has closed, or is something else, by the codes that the sheet gives."""
        strange = {code for code in codes if code.casefold() not in self.by_code}
        for some in batches(sorted(strange | {code.upper() for code in strange})):
            self.add(self.model.objects.filter(code__in=some))
            units = Unit.objects.filter(code__in=some)
            self.taken.update(code.casefold() for code in units.values_list("code", flat=True))
            closed = units.exclude(station=None).exclude(closed_on=None)
            self.closed.update(code.casefold() for code in closed.values_list("code", flat=True))
            # An organisation without a place in the tree has a code all the same.
            own = self.model.objects.filter(code__in=some)
            self.taken.update(code.casefold() for code in own.values_list("code", flat=True))

    def add_credit(self, codes: set[str]) -> None:
        for some in batches(sorted(codes)):
            for pk, name, code in Organisation.objects.filter(uscc__in=some).values_list(
                "pk", "name", "uscc"
            ):
                self.credit[code] = pk, name
