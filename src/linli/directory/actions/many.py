"""Writing many stations or organisations at once, as a plan says: in batches, never row by row.

Only `bring_in_sheet` calls this, in its transaction and with the tree held.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import timezone

from linli.areas.models import UnitVersion
from linli.directory.indexing import index_named, index_stations
from linli.directory.models import Facility, OpeningRule, Organisation, Phone, Station
from linli.directory.models.base import placed
from linli.directory.nodes import open_nodes, rename_nodes
from linli.directory.sheets.columns import DAYS
from linli.directory.sheets.held import BATCH, batches
from linli.directory.sheets.outcomes import Outcome, Plan
from linli.directory.spans import renew_spans
from linli.kit.ids import code
from linli.kit.pinyin import sort_key

POINT = {"latitude", "longitude", "datum"}
# What a door's spans rest on, and what a station is found by.
OPENING = {"hours", "follows_holidays", "all_day_zone", *DAYS}
FOUND_BY = {"name", "brand", "address", "facilities"}


def write_plan(plan: Plan) -> None:
    """Everything that is new or changed. Spans and search follow in the same transaction."""
    new = [outcome for outcome in plan.good if outcome.held is None]
    changed = [outcome for outcome in plan.good if outcome.held is not None]
    rows = {id(outcome): new_row(outcome, plan.kind) for outcome in new}
    rows |= {id(outcome): outcome.held.row for outcome in changed}
    if plan.kind != "hours":
        set_columns(plan.good, rows)
        enter([(outcome, rows[id(outcome)]) for outcome in new], plan.kind)
        save([(outcome, rows[id(outcome)]) for outcome in changed])
    write_phones(plan.good, rows)
    found_by = [rows[id(each)] for each in plan.good if each.held is None or bases(each) & FOUND_BY]
    if plan.kind == "organisations":
        for some in batches(found_by):
            index_named(*some)
        return
    write_facilities(plan.good, rows)
    write_rules(plan.good, rows, plan.kind)
    touched = {row.pk: row for o in plan.good if bases(o) & OPENING for row in [rows[id(o)]]}
    fresh = [rows[id(outcome)] for outcome in new]
    renew_spans({**touched, **{row.pk: row for row in fresh}}.values(), timezone.now())
    index_stations(found_by)


def bases(outcome: Outcome) -> set[str]:
    """The fields that change, without their languages."""
    return {key.partition(":")[0] for key in outcome.changes}


def new_row(outcome: Outcome, kind: str) -> Any:
    fresh = {"code": outcome.code or code(), "language": outcome.language}
    if kind == "organisations":
        return Organisation(**fresh)
    return Station(**fresh, time_zone=settings.TIME_ZONE)


def set_columns(outcomes: Iterable[Outcome], rows: dict[int, Any]) -> None:
    for outcome in outcomes:
        row = rows[id(outcome)]
        for key, (_before, after) in outcome.changes.items():
            set_column(row, key, after)
        if POINT & outcome.changes.keys():
            latitude, longitude = outcome.after("latitude"), outcome.after("longitude")
            for name, value in placed(latitude, longitude, outcome.after("datum") or row.datum).items():
                setattr(row, name, value)


def set_column(row: Any, key: str, value: Any) -> None:
    """Words into the row's own language or its translations; every other column by its own name."""
    base, _colon, language = key.partition(":")
    if language == row.language:
        setattr(row, base, value or "")
        if base == "name":
            row.reading = sort_key(value)
    elif language:
        row.translations = row.translations | {
            language: row.translations.get(language, {}) | {base: value or ""}
        }
    elif base == "committee_as_of":
        row.committee_as_of = date.fromisoformat(value) if value else None
    elif base not in {"phone", "facilities", "hours", "code", *POINT}:
        setattr(row, base, "" if value is None else value)


def enter(pairs: list[tuple[Outcome, Any]], kind: str) -> None:
    """New rows, each with its place in the tree."""
    if not pairs:
        return
    rows = [row for _outcome, row in pairs]
    parents = {row.code: outcome.area_id for outcome, row in pairs}
    open_nodes(rows, parents, kind.removesuffix("s"), timezone.localdate())
    type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)


def save(pairs: list[tuple[Outcome, Any]]) -> None:
    """Rows that were there. INSERT … ON CONFLICT writes any number of columns in one statement for each batch."""
    names = {name for outcome, _row in pairs for key in outcome.changes for name in columns_of(key)}
    if not names:
        return
    rows = [row for _outcome, row in pairs]
    model: type[Model] = type(rows[0])
    model._default_manager.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=sorted(names)
    )
    renamed = [row for outcome, row in pairs if "name" in bases(outcome)]
    owner = f"unit__{model._meta.model_name}__isnull"
    rename_nodes(renamed, UnitVersion.objects.filter(**{owner: False}), timezone.localdate())


def columns_of(key: str) -> set[str]:
    """The columns of the model that a column of the sheet is kept in."""
    base, _colon, language = key.partition(":")
    if base in POINT:
        return {"latitude", "longitude", "datum", "wgs_latitude", "wgs_longitude"}
    if language:
        return {base, "translations", "reading"} if base == "name" else {base, "translations"}
    return set() if base in {"phone", "facilities", "hours"} else {base}


def replace(model: type[Model], stale: Iterable[Any], fresh: Iterable[Model]) -> None:
    for some in batches(stale):
        model._default_manager.filter(pk__in=some).delete()
    model._default_manager.bulk_create(fresh, batch_size=BATCH)


def changed_in(outcomes: Iterable[Outcome], rows: dict[int, Any], *keys: str) -> dict[Any, Outcome]:
    """By the number of the row, the outcomes that change one of these columns."""
    return {rows[id(outcome)].pk: outcome for outcome in outcomes if outcome.changes.keys() & set(keys)}


def write_phones(outcomes: list[Outcome], rows: dict[int, Any]) -> None:
    """Numbers that stay keep what else is known of them."""
    wanted = changed_in(outcomes, rows, "phone")
    if not wanted:
        return
    owner = type(rows[id(next(iter(wanted.values())))])._meta.model_name
    stale, there = [], defaultdict(set)
    for some in batches(wanted):
        for phone in Phone.objects.filter(**{f"{owner}__in": some}):
            pk, number = getattr(phone, f"{owner}_id"), [phone.number, phone.extension]
            there[pk].add(tuple(number))
            if number not in (wanted[pk].after("phone") or []):
                stale.append(phone.pk)
    fresh = [
        Phone(**{f"{owner}_id": pk}, number=number, extension=extension)
        for pk, outcome in wanted.items()
        for number, extension in outcome.after("phone") or []
        if (number, extension) not in there[pk]
    ]
    replace(Phone, stale, fresh)


def write_facilities(outcomes: list[Outcome], rows: dict[int, Any]) -> None:
    """What stays keeps its note. An e-bike is only ever charged outdoors."""
    wanted = changed_in(outcomes, rows, "facilities")
    stale, there = [], defaultdict(set)
    for some in batches(wanted):
        for pk, station, kind in Facility.objects.filter(station__in=some).values_list(
            "pk", "station_id", "kind"
        ):
            there[station].add(kind)
            if kind not in (wanted[station].after("facilities") or []):
                stale.append(pk)
    languages = {rows[id(outcome)].pk: rows[id(outcome)].language for outcome in wanted.values()}
    fresh = [
        Facility(station_id=pk, kind=kind, indoors=kind != "ebike_charging", language=languages[pk])
        for pk, outcome in wanted.items()
        for kind in outcome.after("facilities") or []
        if kind not in there[pk]
    ]
    replace(Facility, stale, fresh)


def write_rules(outcomes: list[Outcome], rows: dict[int, Any], kind: str) -> None:
    """The door's hours, one season at a time; a rule that stays keeps its note. They are the station's own from now on."""
    wanted: dict[Any, set] = {}
    spoken: dict[Any, set] = {}
    for outcome in outcomes:
        for weekday, spans in days_changed(outcome, kind):
            pk, days = rows[id(outcome)].pk, season_of(outcome)
            spoken.setdefault(pk, set()).add((weekday, *days))
            wanted.setdefault(pk, set()).update(rule_of(weekday, span, days) for span in spans)
    columns = "pk", "station_id", "weekday", "nth", "opens", "closes", "valid_from", "valid_until"
    stale, there = [], defaultdict(set)
    for some in batches(spoken):
        for pk, station, *rule in (
            OpeningRule.objects.of_door().filter(station__in=some).values_list(*columns)
        ):
            there[station].add(tuple(rule))
            if (rule[0], *rule[4:]) in spoken[station] and tuple(rule) not in wanted[station]:
                stale.append(pk)
    fresh = [
        OpeningRule(station_id=pk, **dict(zip(columns[2:], rule, strict=True)))
        for pk, rules in wanted.items()
        for rule in sorted(rules - there[pk], key=str)
    ]
    replace(OpeningRule, stale, fresh)
    for some in batches(spoken):
        Station.objects.filter(pk__in=some).update(keeps_own_hours=True)


def days_changed(outcome: Outcome, kind: str) -> Iterable[tuple[int, list]]:
    """(weekday, its spans) for each day of which the row says something new."""
    if kind == "hours":
        return [(DAYS.index(key), after or []) for key, (_before, after) in outcome.changes.items()]
    if "hours" not in outcome.changes:
        return []
    week = outcome.changes["hours"][1] or []
    return [(number, [span for day, *span in week if day == number]) for number in range(len(DAYS))]


def season_of(outcome: Outcome) -> tuple[date | None, date | None]:
    first, last = (date.fromisoformat(day) if day else None for day in outcome.season)
    return first, last + timedelta(days=1) if last else None


def rule_of(weekday: int, span: list, season: tuple[date | None, date | None]) -> tuple:
    nth, opens, closes = span
    return weekday, nth, time.fromisoformat(opens), time.fromisoformat(closes), *season
