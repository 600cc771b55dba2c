"""Queries whose statement is put together once: for small ones Django takes longer to write them than databases to answer.

    FACILITIES = Prepared(lambda stations: Facility.objects.filter(station__in=ids(stations)).values_list("station_id", "kind"))
    FACILITIES.rows(stations=listed(station_ids))

Only for pages that are measured (`./linli bench pages`); everywhere else a queryset is plainer.
"""

import json
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

# A list of any length as one parameter: thousands of placeholders have a limit, different on each database.
LISTED = {
    "sqlite": "SELECT value FROM json_each(%s)",
    "postgresql": "SELECT value::uuid FROM json_array_elements_text(%s::json)",
}


def listed(ids: Iterable[UUID]) -> str:
    """Ids as one parameter, for `ids()`."""
    native = connection.features.has_native_uuid_field
    return json.dumps([str(each) if native else each.hex for each in ids])


def ids(parameter: str) -> RawSQL:
    """`filter(station__in=ids(parameter))`, the parameter made by `listed`."""
    return RawSQL(LISTED[connection.vendor], [parameter])  # noqa: S611 the statement is ours


class Statement(NamedTuple):
    """What a query came to: its text, its parameters with the names of those that change, how rows are read."""

    sql: str
    parameters: list[Any]
    changing: dict[int, str]
    compiler: Any
    converters: Any


class Prepared:
    """A `values_list` queryset with named values in it; what else it says must never change."""

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]):
        self.build = build
        self.local = threading.local()

    def rows(self, **values: Any) -> list[Any]:
        """The rows for these values, as the queryset would give them."""
        adapted = {name: adapt(value) for name, value in values.items()}
        made = self.statement(values)
        parameters = list(made.parameters)
        for position, name in made.changing.items():
            parameters[position] = adapted[name]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, parameters)
            rows = cursor.fetchall()
        return (
            [tuple(row) for row in made.compiler.apply_converters(rows, made.converters)]
            if made.converters
            else rows
        )

    def statement(self, values: dict[str, Any]) -> Statement:
        """Kept for each thread, because a thread has a connection of its own."""
        made: Statement | None = getattr(self.local, "made", None)
        if made is None:
            marks = {
                name: mark(value, number) for number, (name, value) in enumerate(values.items(), start=1)
            }
            made = self.local.made = prepare(self.build(**marks), marks)
        return made


def mark(value: Any, number: int) -> Any:
    """A value of the same kind that nothing else in a statement equals, by which its place is found."""
    if isinstance(value, datetime):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number)
    marks = {str: f"\x01{number}", float: number + 0.123456789, UUID: UUID(int=number)}
    return marks[type(value)]


def prepare(queryset: QuerySet[Any, Any], marks: dict[str, Any]) -> Statement:
    """The statement of a queryset with marks in it. ValueError when one of them does not come through as it is."""
    adapted = {name: adapt(value) for name, value in marks.items()}
    compiler = queryset.query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    changing = {
        position: name
        for position, parameter in enumerate(parameters)
        for name, value in adapted.items()
        if type(parameter) is type(value) and parameter == value
    }
    missing = set(adapted) - set(changing.values())
    if missing:
        raise ValueError(f"The query does not use {', '.join(sorted(missing))} as it stands.")
    columns = [column for column, _sql, _alias in compiler.select[: compiler.col_count]]
    return Statement(sql, list(parameters), changing, compiler, compiler.get_converters(columns))


def adapt(value: Any) -> Any:
    """A value as it stands among the parameters of a statement."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return value
