"""The field's files: people and quotas as CSV in, arrays and names out; people drawn as CSV.

People: one a line, a column for each feature, if wanted one with an id and one with the household. Quotas: one value a
line, `feature,value,min,max` (or `category,feature,min,max`, as older files say). Every other column is left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.methods.bad_input import BadInput
from linli.methods.sortition.pool import Pool, make_pool
from linli.methods.sortition.quotas import Quotas, make_quotas
from linli.methods.tables import LONGEST_ID, NUMBER, guarded, place_of, rows_of, unguarded, written

LONGEST_NAME = 200


@dataclass(frozen=True, eq=False)
class QuotasFile:
    """`quotas` by position, and the names of `features` and of the `values` of each."""

    quotas: Quotas
    features: list[str]
    values: list[list[str]]


@dataclass(frozen=True, eq=False)
class PeopleFile:
    """`pool` by position, and the ids that stand at those positions."""

    pool: Pool
    ids: list[str]


def read_quotas(data: bytes) -> QuotasFile:
    """Quotas in the order of the file. Raises BadInput with `line`: `column_missing`, `not_a_number`, `quota_twice`,
    `quota_upside_down`, `name_unknown`, and what is wrong with a file as such.

    >>> read_quotas(b"feature,value,min,max\\nage,young,1,2\\nage,old,0,1\\n").values
    [['young', 'old']]
    """
    lines = rows_of(data)
    _line, head = next(lines)
    names = ("category", "feature") if "category" in head else ("feature", "value")
    feature_at, value_at, least_at, most_at = (place_of(head, name) for name in (*names, "min", "max"))
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for line, row in lines:
        feature, value = named(row[feature_at], line), named(row[value_at], line)
        least, most = number(row[least_at], line, "min"), number(row[most_at], line, "max")
        if least > most:
            raise BadInput("quota_upside_down", line=line, min=least, max=most)
        if value in found.setdefault(feature, {}):
            raise BadInput("quota_twice", line=line, feature=feature, value=value)
        found[feature][value] = (least, most)
    bounds = [list(values.values()) for values in found.values()]
    return QuotasFile(make_quotas(bounds), list(found), [list(values) for values in found.values()])


def read_people(
    data: bytes, quotas: QuotasFile, id_column: str = "", household_column: str = ""
) -> PeopleFile:
    """People in the order of the file; without a column for ids they are called 1, 2, 3 …

    Raises BadInput with `line`: `column_missing`, `column_twice`, `value_unknown`, `id_unknown`, `id_twice`,
    `household_unknown`, and what is wrong with a file as such.

    >>> quotas = read_quotas(b"feature,value,min,max\\nage,young,1,2\\nage,old,0,1\\n")
    >>> people = read_people(b"id,age\\n7,old\\n9,young\\n", quotas, id_column="id")
    >>> people.ids, people.pool.features.tolist()
    (['7', '9'], [[1], [0]])
    """
    lines = rows_of(data)
    _line, head = next(lines)
    for name in [*quotas.features, *filter(None, (id_column, household_column))]:
        if head.count(name) > 1:
            raise BadInput("column_twice", line=1, column=name)
    places = [place_of(head, name) for name in quotas.features]
    known = [{value: at for at, value in enumerate(values)} for values in quotas.values]
    id_at, home_at = (place_of(head, name) if name else -1 for name in (id_column, household_column))
    ids: dict[str, int] = {}
    homes: dict[str, int] = {}
    features, households = [], []
    for line, row in lines:
        take_id(ids, row[id_at].strip() if id_column else str(len(ids) + 1), line)
        features.append(
            [value_of(row[at], values, line, name)
             for at, values, name in zip(places, known, quotas.features, strict=True)]
        )  # fmt: skip
        if household_column:
            home = row[home_at].strip()
            if not home:
                raise BadInput("household_unknown", line=line)
            households.append(homes.setdefault(home, len(homes)))
    return PeopleFile(make_pool(features, households if household_column else None), list(ids))


def value_of(cell: str, values: dict[str, int], line: int, feature: str) -> int:
    cleaned = unguarded(cell.strip())
    if cleaned not in values:
        raise BadInput("value_unknown", line=line, feature=feature, value=cleaned[:LONGEST_ID])
    return values[cleaned]


def take_id(ids: dict[str, int], name: str, line: int) -> None:
    if not name or len(name) > LONGEST_ID:
        raise BadInput("id_unknown", line=line, value=name[:LONGEST_ID])
    if name in ids:
        raise BadInput("id_twice", line=line, value=name)
    ids[name] = len(ids)


def named(cell: str, line: int) -> str:
    name = unguarded(cell.strip())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput("name_unknown", line=line)
    return name


def number(cell: str, line: int, column: str) -> int:
    if not NUMBER.fullmatch(cell.strip()):
        raise BadInput("not_a_number", line=line, column=column, value=cell[:LONGEST_ID])
    return int(cell)


def write_quotas(file: QuotasFile) -> bytes:
    """Quotas as `read_quotas` takes them."""
    quotas = file.quotas
    rows = (
        [
            guarded(file.features[feature]),
            guarded(file.values[feature][value]),
            quotas.least[row],
            quotas.most[row],
        ]
        for row in range(len(quotas.least))
        for feature, value in [quotas.place(row)]
    )
    return written([["feature", "value", "min", "max"]], rows)


def write_people(file: PeopleFile, quotas: QuotasFile, chosen: Sequence[int] | None = None) -> bytes:
    """People with their features, all of them or those at the chosen places, as `read_people` takes them."""
    pool = file.pool
    shared = [] if pool.households is None else ["household"]
    places = range(len(pool)) if chosen is None else chosen
    rows = (
        [
            file.ids[at],
            *(guarded(values[code]) for values, code in zip(quotas.values, pool.features[at], strict=True)),
            *([] if pool.households is None else [int(pool.households[at])]),
        ]
        for at in places
    )
    return written([["id", *quotas.features, *shared]], rows)
