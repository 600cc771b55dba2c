"""Taxonomies: the lists that services, places, facilities and organizations are sorted by."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from linli.directory.listing import KIND_NOUNS
from linli.directory.models import Facility, Organisation, Service, Station
from linli.interop.hsds.ids import filled, named
from linli.kit.nouns import noun

# Kinds of services are the network's own words; those that appear since a minute are terms too.
FRESH = 60
SERVICE_KINDS, AUDIENCES, PLACE_KINDS, FACILITIES, ORGANISATION_KINDS = (
    "service-kinds",
    "audiences",
    "place-kinds",
    "facilities",
    "organization-kinds",
)
TAXONOMIES = {
    SERVICE_KINDS: (gettext_lazy("Kinds of services"), gettext_lazy("What a service is about.")),
    AUDIENCES: (gettext_lazy("Audiences"), gettext_lazy("For whom a service is.")),
    PLACE_KINDS: (gettext_lazy("Kinds of places"), gettext_lazy("What kind of station a place is.")),
    FACILITIES: (gettext_lazy("Facilities"), gettext_lazy("What one can use at a place without asking.")),
    ORGANISATION_KINDS: (gettext_lazy("Kinds of organizations"), gettext_lazy("What an organization is.")),
}
WORDS = {
    AUDIENCES: {
        "all": gettext_lazy("Everybody"),
        "person": gettext_lazy("Persons"),
        "firm": gettext_lazy("Firms and other organizations"),
    },
    ORGANISATION_KINDS: {
        "company": gettext_lazy("Company"),
        "property": gettext_lazy("Property management"),
        "public": gettext_lazy("Public body"),
        "social": gettext_lazy("Social organization"),
        "group": gettext_lazy("Residents' group"),
        "other": gettext_lazy("Other organization"),
    },
    SERVICE_KINDS: {
        "rest": gettext_lazy("Rest"),
        "charging": gettext_lazy("Charging"),
        "access": gettext_lazy("Accessibility"),
        "health": gettext_lazy("Health"),
        "law": gettext_lazy("Legal advice"),
        "paperwork": gettext_lazy("Paperwork"),
        "meals": gettext_lazy("Meals"),
        "study": gettext_lazy("Study"),
        "culture": gettext_lazy("Culture"),
        "giving": gettext_lazy("Giving"),
        "business": gettext_lazy("Business"),
        "governance": gettext_lazy("Governance"),
    },
}
KEYS = {
    AUDIENCES: Service.Audience.values,
    PLACE_KINDS: Station.Kind.values,
    FACILITIES: Facility.Kind.values,
    ORGANISATION_KINDS: Organisation.Kind.values,
}


@dataclass(frozen=True)
class Term:
    """One term: the key our rows hold, within its taxonomy."""

    taxonomy: str
    key: str


def word(taxonomy: str, key: str) -> str:
    """What a term is called in the active language; a word of the network's own stands as it was written."""
    if taxonomy in {PLACE_KINDS, FACILITIES}:
        return noun(KIND_NOUNS.get(key, key))
    return str(WORDS[taxonomy].get(key, key))


def service_kinds() -> list[str]:
    """The kinds that services have, in order."""

    def read() -> list[str]:
        kinds = Service.objects.exclude(kind="").order_by("kind").values_list("kind", flat=True)
        return list(kinds.distinct())

    return cache.get_or_set("hsds:service-kinds", read, FRESH)


def all_terms() -> Iterable[Term]:
    """Every term, taxonomy by taxonomy."""
    for taxonomy in TAXONOMIES:
        keys = service_kinds() if taxonomy == SERVICE_KINDS else KEYS[taxonomy]
        yield from (Term(taxonomy, key) for key in keys)


def taxonomy_id(taxonomy: str) -> str:
    return named("taxonomy", taxonomy)


def term_id(term: Term) -> str:
    return named("taxonomy", term.taxonomy, term.key)


def taxonomies() -> list[dict[str, Any]]:
    """Every taxonomy, as HSDS has it."""
    return [
        {"id": taxonomy_id(key), "name": str(name), "description": str(about)}
        for key, (name, about) in TAXONOMIES.items()
    ]


def shown(term: Term) -> dict[str, Any]:
    """A term, as HSDS has it."""
    return shown_in(term, get_language() or settings.LANGUAGE_CODE, settings.PACK)


@lru_cache(maxsize=1024)
def shown_in(term: Term, language: str, _pack: str) -> dict[str, Any]:
    name = TAXONOMIES[term.taxonomy][0]
    words = word(term.taxonomy, term.key)
    return {
        "id": term_id(term),
        "code": term.key,
        "name": words,
        "description": _("%(list)s: %(term)s") % {"list": name, "term": words},
        "taxonomy": str(name),
        "taxonomy_id": taxonomy_id(term.taxonomy),
        "language": language.partition("-")[0],
    }


def attribute(of: Any, entity: str, term: Term, value: str = "") -> dict[str, Any]:
    """That an object has a term."""
    return filled(
        id=named("attribute", of, term.taxonomy, term.key),
        link_id=str(of),
        link_entity=entity,
        taxonomy_term_id=term_id(term),
        value=value,
        taxonomy_term=shown(term),
    )


def find_taxonomy(identifier: str) -> str | None:
    """The taxonomy behind an identifier."""
    return next((key for key in TAXONOMIES if taxonomy_id(key) == identifier), None)


def find_term(identifier: str) -> Term | None:
    """The term behind an identifier."""
    return next((term for term in all_terms() if term_id(term) == identifier), None)
