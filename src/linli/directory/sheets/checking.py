"""What has to hold between the cells of a row, and between the rows of a sheet."""

from collections import defaultdict

from linli.directory.hours import MONDAY
from linli.directory.sheets.columns import DAYS
from linli.directory.sheets.held import ALL_YEAR
from linli.directory.sheets.known import Known
from linli.directory.sheets.outcomes import Outcome

NEEDED = {"stations": ("kind",), "organisations": (), "hours": ()}


def check(outcome: Outcome, known: Known) -> None:
    """Blames what cannot be; completes what follows from what the row says."""
    if known.kind == "hours":
        check_season(outcome)
        return
    check_name(outcome)
    if outcome.held is None:
        check_needed(outcome, known)
    if known.kind == "stations":
        check_point(outcome)
    else:
        check_committee(outcome)
        check_credit_code(outcome, known)


def check_name(outcome: Outcome) -> None:
    """A translation of the name may go, the name itself may not."""
    key = f"name:{outcome.language}"
    if key in outcome.fields and outcome.fields[key] is None:
        outcome.entry.blame(key, "not_empty")


def check_needed(outcome: Outcome, known: Known) -> None:
    for key in NEEDED[known.kind]:
        if outcome.fields.get(key) is None:
            outcome.entry.blame(key, "needed")
    if not outcome.title:
        outcome.entry.blame("name", "needed")
    if outcome.area_id is None:
        outcome.entry.blame("area", "needed")


def check_point(outcome: Outcome) -> None:
    """Both numbers and their datum, or none of the three."""
    fields, latitude, longitude = outcome.fields, outcome.after("latitude"), outcome.after("longitude")
    if (latitude is None) != (longitude is None):
        there = "latitude" if latitude is not None else "longitude"
        other = "longitude" if there == "latitude" else "latitude"
        outcome.entry.blame(other if other in fields else there, "half_a_point")
    elif latitude is None:
        if fields.get("datum") is not None:
            outcome.entry.blame("datum", "no_point")
        elif outcome.before.get("datum") is not None:
            fields["datum"] = None
    elif outcome.after("datum") is None:
        outcome.entry.blame("datum", "which_datum")


def check_committee(outcome: Outcome) -> None:
    """What is said about the group is as of a day, and a change of it as of a day that is said anew."""
    fields, said = outcome.fields, outcome.after("committee")
    if said is None:
        if fields.get("committee_as_of") is not None:
            outcome.entry.blame("committee_as_of", "no_committee")
        elif outcome.before.get("committee_as_of") is not None:
            fields["committee_as_of"] = None
    elif outcome.after("committee_as_of") is None or (
        said != outcome.before.get("committee") and "committee_as_of" not in fields
    ):
        outcome.entry.blame("committee_as_of", "committee_day")


def check_credit_code(outcome: Outcome, known: Known) -> None:
    """No two organisations share one."""
    owner, name = known.credit.get(outcome.fields.get("uscc"), (None, ""))
    if owner is not None and (outcome.held is None or owner != outcome.held.row.pk):
        outcome.entry.blame("uscc", "uscc_taken", name=name)


def check_season(outcome: Outcome) -> None:
    """Hours of a season go before the usual ones, day by day; they can add hours to a day, but not take all away."""
    first, last = outcome.season
    if first and last and last < first:
        outcome.entry.blame("last_day", "season_order")
    usual = outcome.held.season(ALL_YEAR) if outcome.held else {}
    for key in DAYS:
        if outcome.fields.get(key) == []:
            if outcome.season != ALL_YEAR and usual.get(key):
                outcome.entry.blame(key, "season_cannot_close")
            elif key == "make_up" and outcome.season == ALL_YEAR and outcome.after(DAYS[MONDAY]):
                outcome.entry.blame(key, "make_up_cannot_close")


def refuse_same_credit_code(outcomes: list[Outcome]) -> None:
    rows = defaultdict(list)
    for outcome in outcomes:
        if outcome.fields.get("uscc"):
            rows[outcome.fields["uscc"]].append(outcome)
    for same in rows.values():
        for outcome in same if len(same) > 1 else ():
            other = same[0] if outcome is not same[0] else same[1]
            outcome.entry.blame("uscc", "uscc_twice", row=other.entry.number)
