"""Organisations: what they are, whether they have a group, the numbers they give of themselves."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.areas import tree
from linli.areas.actions import open_unit, rename_unit
from linli.areas.models import Unit
from linli.directory.actions.words import Naming, differs, retold, told
from linli.directory.events import CommitteeSaid, CountGiven, OrganisationChanged, OrganisationEntered
from linli.directory.indexing import index_named
from linli.directory.models import Organisation, OrganisationCount
from linli.directory.rules import may_change_organisation, may_give_count
from linli.kit.ids import code
from linli.kit.refs import ref
from linli.kit.rules import Problem, require
from linli.ledger.actions import record


@transaction.atomic
def enter_organisation(
    *, by: Any, under: Unit, on: date, naming: Naming, kind: str, description: str = "", **details: Any
) -> Organisation:
    """Opens a unit for a new organisation below `under` and enters it there. Nobody is told.

    `details`: uscc, band, operating, online_only, url. Problem when another has the same code, or `under` does not stand.
    """
    refuse_taken_code(details.get("uscc", ""))
    others = {language: {"name": name} for language, name in naming.others.items()}
    unit = open_unit(
        by=by,
        parent=under,
        on=on,
        kind="organisation",
        name=naming.name,
        language=naming.language,
        translations=others,
        code=code(),
    )
    words = told(naming, description=description)
    organisation = Organisation.objects.create(code=unit.code, unit=unit, kind=kind, **words, **details)
    index_named(organisation)
    record(OrganisationEntered(kind), by=by, subject=ref(organisation), scope=ref(unit))
    return organisation


def refuse_taken_code(uscc: str, *, but: Organisation | None = None) -> None:
    others = Organisation.objects.filter(uscc=uscc).exclude(pk=but.pk if but else None)
    if uscc and (other := others.first()):
        raise Problem(_("%(name)s has this code already.") % {"name": other.name}, "uscc")


@transaction.atomic
def change_organisation(
    *, by: Any, organisation: Organisation, on: date, naming: Naming, description: str = "", **details: Any
) -> bool:
    """Says anew what it is called and what it is; its unit is renamed with it. False when nothing differs.

    `details`: kind, uscc, band, operating, online_only, url. Nobody is told.
    """
    require(may_change_organisation(by, organisation))
    refuse_taken_code(details.get("uscc", ""), but=organisation)
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    columns = retold(held, naming, description=description) | details
    if not differs(held, columns):
        return False
    rename(by, held.unit, on, columns)
    Organisation.objects.filter(pk=held.pk).update(**columns)
    index_named(Organisation.objects.get(pk=held.pk))
    record(OrganisationChanged(), by=by, subject=ref(held), scope=ref(held.unit))
    return True


def rename(by: Any, unit: Unit, on: date, columns: dict[str, Any]) -> None:
    """The unit of an organisation is called as the organisation is."""
    names = {
        language: {"name": words["name"]}
        for language, words in columns["translations"].items()
        if words.get("name")
    }
    naming = {"name": columns["name"], "language": columns["language"], "translations": names}
    if differs(tree.standing([unit.pk])[unit.pk], naming):
        rename_unit(by=by, unit=unit, on=on, **naming)


@transaction.atomic
def say_committee(*, by: Any, organisation: Organisation, committee: str, as_of: date, today: date) -> None:
    """Whether it has a group of its own, shares one or has none, as of a day; empty takes it back. Nobody is told."""
    require(may_change_organisation(by, organisation))
    refuse_future(as_of, today)
    day = as_of if committee else None
    Organisation.objects.filter(pk=organisation.pk).update(committee=committee, committee_as_of=day)
    fact = CommitteeSaid(committee, day.isoformat() if day else "")
    record(fact, by=by, subject=ref(organisation), scope=ref(organisation.unit))


@transaction.atomic
def give_count(
    *, by: Any, organisation: Organisation, what: str, number: int, as_of: date, today: date
) -> OrganisationCount:
    """Writes down a number the organisation gave of itself on a day; the same day again replaces it. Nobody is told."""
    require(may_give_count(by, organisation))
    refuse_future(as_of, today)
    count, _new = OrganisationCount.objects.update_or_create(
        organisation=organisation, what=what, as_of=as_of, defaults={"number": number}
    )
    fact = CountGiven(what, as_of.isoformat())
    record(fact, by=by, subject=ref(organisation), scope=ref(organisation.unit))
    return count


def refuse_future(as_of: date, today: date) -> None:
    if as_of > today:
        raise Problem(_("This day is still to come. Please name the day on which it was so."), "as_of")
