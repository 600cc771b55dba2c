"""What an import has to say about single rows: each kind with its outcome and its reason in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Outcome(StrEnum):
    READ = "read"
    PART = "read in part"
    WORDS = "kept as words"
    LEFT = "left out"


class Kind(NamedTuple):
    outcome: Outcome
    why: Any


KINDS = {
    # Unusual, and yet there is only one way to read it: counted, not listed.
    "times_in_date_columns": Kind(Outcome.READ, _("The times stand in columns meant for dates.")),
    "weekday_in_freq": Kind(Outcome.READ, _("The weekday stands in the column for the frequency.")),
    "break_in_brackets": Kind(
        Outcome.READ, _("A break is named in brackets after the days: two spans were made of it.")
    ),
    "place_in_service_column": Kind(
        Outcome.READ, _("The id in the service column is that of a place, and of no service.")
    ),
    "several_ids": Kind(Outcome.READ, _("One cell holds several ids: the row counts for each of them.")),
    "offer_from_schedule": Kind(
        Outcome.READ, _("Only the schedule says that this service is given at this place.")
    ),
    "entities": Kind(Outcome.READ, _("The text holds characters written as HTML, such as &rsquo;.")),
    "cells_missing": Kind(
        Outcome.READ, _("The row has fewer cells than the header: the last ones count as empty.")
    ),
    # Read, but something of the row was lost.
    "cut": Kind(Outcome.PART, _("The text is too long and was cut at its end.")),
    "url_unread": Kind(Outcome.PART, _("This is not one web address starting with http:// or https://.")),
    "email_unread": Kind(Outcome.PART, _("This is not one e-mail address.")),
    "coordinates_unread": Kind(Outcome.PART, _("This is not a latitude and a longitude in degrees.")),
    "several_organisations": Kind(
        Outcome.PART, _("A service has one organisation: the first that is known was taken.")
    ),
    "status_unread": Kind(Outcome.PART, _("This status is not known: the service counts as not given now.")),
    "phone_kind_unread": Kind(
        Outcome.PART, _("This kind of number is not known: the number stands without a kind.")
    ),
    "unknown_id": Kind(Outcome.PART, _("No row of the package has this id; the rest of the row was read.")),
    # Hours that could not be read exactly: shown to readers in the source's own words.
    "described": Kind(Outcome.WORDS, _("The hours are described in a sentence.")),
    "days_not_said": Kind(Outcome.WORDS, _("A time is given, but not on which days.")),
    "days_unread": Kind(Outcome.WORDS, _("These are not days, or they could mean more than one thing.")),
    "days_disagree": Kind(Outcome.WORDS, _("Two columns name different days.")),
    "times_unread": Kind(Outcome.WORDS, _("This is not a time of day.")),
    "times_disagree": Kind(Outcome.WORDS, _("Two pairs of columns name different times.")),
    "times_equal": Kind(
        Outcome.WORDS, _("Opening and closing are the same time: closed all day, or open all day?")
    ),
    "opening_not_said": Kind(Outcome.WORDS, _("A closing time is given, but no opening time.")),
    "closing_not_said": Kind(Outcome.WORDS, _("An opening time is given, but no closing time.")),
    "night_too_long": Kind(
        Outcome.WORDS, _("Closing before opening would be a night of more than 16 hours.")
    ),
    "break_outside": Kind(Outcome.WORDS, _("The break does not lie within the opening hours.")),
    "repetition_unheld": Kind(
        Outcome.WORDS, _("A repetition that weekly or monthly opening rules cannot hold.")
    ),
    "not_in_person": Kind(Outcome.WORDS, _("These hours are not for coming in person.")),
    "other_zone": Kind(Outcome.WORDS, _("The time is given in another time zone than that of the places.")),
    "season_backwards": Kind(Outcome.WORDS, _("The last day lies before the first.")),
    "names_another_place": Kind(
        Outcome.WORDS,
        _(
            "The row names no place by id, and its name has words that fit neither this place nor its service."
        ),
    ),
    # Not taken.
    "nothing_said": Kind(Outcome.LEFT, _("The row says neither days nor times.")),
    "times_not_said": Kind(Outcome.LEFT, _("A day is named, but no time.")),
    "season_over": Kind(Outcome.LEFT, _("The last day has passed.")),
    "belongs_to_nothing": Kind(Outcome.LEFT, _("The row names nothing that it belongs to.")),
    "belongs_to_unknown": Kind(Outcome.LEFT, _("The row hangs on an id that no row of the package has.")),
    "no_known_place": Kind(Outcome.LEFT, _("The service is given at no place that the package knows.")),
    "service_inactive": Kind(Outcome.LEFT, _("The service is not given now.")),
    "not_a_place": Kind(Outcome.LEFT, _("This is not a place one can go to.")),
    "id_missing": Kind(
        Outcome.LEFT, _("The row has no id, so it could not be found again at the next import.")
    ),
    "id_repeated": Kind(Outcome.LEFT, _("An earlier row has the same id.")),
    "name_missing": Kind(Outcome.LEFT, _("The row has no name.")),
    "second_address": Kind(Outcome.LEFT, _("The place has an address from an earlier row.")),
    "not_a_street_address": Kind(Outcome.LEFT, _("This is not the address of a door.")),
    "phone_unread": Kind(Outcome.LEFT, _("This is not a telephone number.")),
    "phone_of_a_person": Kind(
        Outcome.LEFT, _("This is a contact person's number; the directory keeps numbers of places.")
    ),
    "cells_too_many": Kind(
        Outcome.LEFT, _("The row has more cells than the header, so its columns may be shifted.")
    ),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """`row` counts as a spreadsheet does; `found` is what stood in the column."""

    kind: str
    file: str
    row: int
    id: str
    column: str
    found: str

    @property
    def outcome(self) -> Outcome:
        return KINDS[self.kind].outcome

    @property
    def why(self) -> str:
        return str(KINDS[self.kind].why)


def listed(remarks: Iterable[Remark]) -> list[Remark]:
    """Those that somebody should look at: everything not wholly read."""
    return [remark for remark in remarks if remark.outcome is not Outcome.READ]


def counts(remarks: Iterable[Remark]) -> Counter[str]:
    """In how many rows each kind came up, in the order of KINDS."""
    found = Counter(kind for kind, _file, _row in {(each.kind, each.file, each.row) for each in remarks})
    return Counter({kind: found[kind] for kind in KINDS if found[kind]})
