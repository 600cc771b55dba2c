"""The staff's forms, one page for each verb of the tree."""

from collections.abc import Callable

from django.shortcuts import get_object_or_404, redirect

from linli.areas import tree
from linli.areas.actions import (
    Part,
    close_unit,
    insert_level,
    merge_units,
    move_unit,
    open_unit,
    rename_unit,
    split_unit,
)
from linli.areas.finding import find_unit, suggestions
from linli.areas.forms import (
    PART_CHOICES,
    DatedForm,
    InsertForm,
    MergeForm,
    MoveForm,
    NewUnitForm,
    RenameForm,
    SplitForm,
)
from linli.areas.models import Unit, UnitVersion
from linli.areas.rules import may_edit_units
from linli.kit.pages import page
from linli.kit.policies import staff
from linli.kit.rules import Problem, require


def version_or_404(request, code: str) -> UnitVersion:
    """The unit's last name and place; 404 for one that has ended, for nothing about it can change any more."""
    units = Unit.objects.visible_to(request.user).filter(closed_on=None)
    versions = UnitVersion.objects.filter(unit__in=units, valid_until=None).select_related("unit", "parent")
    return get_object_or_404(versions, unit__code=code)


def above_or_403(request, code: str) -> UnitVersion:
    """The same, for whoever may change what stands under the unit above it."""
    version = version_or_404(request, code)
    require(may_edit_units(request.user, version.parent or version.unit))
    return version


def itself_or_403(request, code: str) -> UnitVersion:
    """The same, for whoever may change what stands under the unit itself."""
    version = version_or_404(request, code)
    require(may_edit_units(request.user, version.unit))
    return version


def known_kinds() -> list[str]:
    return list(Unit.objects.order_by("kind").values_list("kind", flat=True).distinct())


def answer(request, verb: str, version: UnitVersion, form, do: Callable[[dict], Unit], **context):
    """The page of a verb: its form, the form again with what to mend (422), or off to the unit it answers."""
    context |= {"unit": version.unit, "version": version, "form": form}
    template = f"areas/{verb}.html"
    if not form.is_bound:
        return page(request, template, context)
    if form.is_valid():
        try:
            return redirect("areas:unit", do(form.cleaned_data).code)
        except Problem as problem:
            form.show(problem)
    return page(request, template, context, status=422)


@staff
def open_below(request, code):
    """A new unit under this one."""
    version = itself_or_403(request, code)
    form = NewUnitForm(request.POST or None, kinds=known_kinds())

    def do(values):
        return open_unit(by=request.user, parent=version.unit, on=values["on"], **form.unit())

    return answer(request, "open_unit", version, form, do)


@staff
def insert(request, code):
    """A new unit between this one and some of its children."""
    version = itself_or_403(request, code)
    children = tree.children(version.unit_id)
    form = InsertForm(request.POST or None, kinds=known_kinds(), children=children)

    def do(values):
        return insert_level(
            by=request.user, parent=version.unit, children=values["children"], on=values["on"], **form.unit()
        )

    return answer(request, "insert_level", version, form, do)


@staff
def rename(request, code):
    """Another name, or the same one spelt better."""
    version = above_or_403(request, code)
    form = RenameForm(request.POST or None, version=version)

    def do(values):
        rename_unit(by=request.user, unit=version.unit, on=values["on"], **form.naming())
        return version.unit

    return answer(request, "rename_unit", version, form, do)


@staff
def move(request, code):
    """Another unit above it."""
    version = above_or_403(request, code)
    form = MoveForm(request.POST or None)

    def do(values):
        parent = find_unit(values["parent"], request.user, "parent")
        move_unit(by=request.user, unit=version.unit, parent=parent, on=values["on"])
        return version.unit

    near = suggestions(version.unit, version.parent_id)
    return answer(request, "move_unit", version, form, do, suggestions=near)


@staff
def merge(request, code):
    """Other units become part of this one."""
    version = above_or_403(request, code)
    siblings = tree.children(version.parent_id).exclude(unit=version.unit) if version.parent_id else []
    form = MergeForm(request.POST or None, siblings=siblings)

    def do(values):
        elsewhere = [find_unit(text, request.user, "others") for text in values["others"].split()]
        units = [*values.get("units", []), *elsewhere]
        merge_units(by=request.user, units=units, into=version.unit, on=values["on"])
        return version.unit

    return answer(request, "merge_units", version, form, do)


@staff
def split(request, code):
    """One unit becomes several."""
    version = above_or_403(request, code)
    asked = request.GET.get("parts", "")
    count = int(asked) if asked in {str(number) for number in PART_CHOICES} else PART_CHOICES[0]
    form = SplitForm(request.POST or None, children=tree.children(version.unit_id), count=count)

    def do(values):
        parts = [Part(kind=version.unit.kind, **part) for part in form.parts()]
        closes = values["closes"] == "yes"
        split_unit(by=request.user, unit=version.unit, parts=parts, on=values["on"], closes=closes)
        return version.unit

    more = count + 1 if count + 1 in PART_CHOICES else None
    return answer(request, "split_unit", version, form, do, more=more)


@staff
def close(request, code):
    """The unit ends without an heir."""
    version = above_or_403(request, code)
    form = DatedForm(request.POST or None)

    def do(values):
        close_unit(by=request.user, unit=version.unit, on=values["on"])
        return version.unit

    below = tree.children(version.unit_id)
    return answer(request, "close_unit", version, form, do, below=below)
