"""People and quotas as files, and what is said of those that cannot be read."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.sortition.files import read_people, read_quotas, write_people, write_quotas
from linli.methods.sortition.pool import make_pool
from linli.methods.sortition.quotas import check_quotas, make_quotas

QUOTAS = "feature,value,min,max,min_flex\nage,young,1,2,0\nage,old,1,2,0\nhome,东门,0,3,0\nhome,=west,0,3,0\n".encode()
PEOPLE = "id,name,age,flat,home\n7,mei,young,a,东门\n3,omar,old,a,'=west\n9,kai, old ,b,东门\n".encode()


def test_people_stand_where_the_file_has_them():
    quotas = read_quotas(QUOTAS)
    people = read_people(PEOPLE, quotas, "id", "flat")
    assert people.ids == ["7", "3", "9"]
    assert people.pool.features.tolist() == [[0, 0], [1, 1], [1, 0]]
    assert people.pool.households.tolist() == [0, 0, 1]
    assert read_people(PEOPLE, quotas).ids == ["1", "2", "3"]
    assert quotas.quotas.least.tolist() == [1, 1, 0, 0]


def test_what_is_written_is_read_again():
    quotas = read_quotas(QUOTAS)
    people = read_people(PEOPLE, quotas, "id", "flat")
    assert read_quotas(write_quotas(quotas)).values == quotas.values
    again = read_people(write_people(people, quotas), quotas, "id", "household")
    assert (again.ids, again.pool.features.tolist()) == (people.ids, people.pool.features.tolist())
    assert read_people(write_people(people, quotas, [2]), quotas, "id").ids == ["9"]
    assert b"'=west" in write_people(people, quotas)


def test_older_files_of_the_field():
    older = read_quotas(b"category,feature,min,max\ngender,female,99,200\n")
    assert (older.features, older.values) == (["gender"], [["female"]])


@pytest.mark.parametrize(
    ("code", "line", "data"),
    [
        ("column_missing", 1, b"feature,value,min\na,b,1\n"),
        ("not_a_number", 2, b"feature,value,min,max\na,b,x,2\n"),
        ("quota_upside_down", 3, b"feature,value,min,max\na,b,1,2\na,c,3,2\n"),
        ("quota_twice", 3, b"feature,value,min,max\na,b,1,2\na,b,1,2\n"),
        ("name_unknown", 2, b"feature,value,min,max\na,,1,2\n"),
        ("row_length", 2, b"feature,value,min,max\na,b,1\n"),
        ("not_utf8", 2, b"feature,value,min,max\na,\xff,1,2\n"),
    ],
)
def test_quotas_that_cannot_be_taken(code, line, data):
    with pytest.raises(BadInput, match=code) as wrong:
        read_quotas(data)
    assert wrong.value.params["line"] == line


@pytest.mark.parametrize(
    ("code", "line", "old", "new"),
    [
        ("value_unknown", 3, b"omar,old", b"omar,Old"),
        ("id_twice", 4, b"9,kai", b"7,kai"),
        ("id_unknown", 2, b"7,mei", b" ,mei"),
        ("household_unknown", 4, b",b,", b",,"),
        ("column_missing", 1, b"age", b"agee"),
        ("column_twice", 1, b"name", b"age"),
    ],
)
def test_people_that_cannot_be_taken(code, line, old, new):
    with pytest.raises(BadInput, match=code) as wrong:
        read_people(PEOPLE.replace(old, new, 1), read_quotas(QUOTAS), "id", "flat")
    assert wrong.value.params["line"] == line


@given(st.binary(max_size=200))
@settings(max_examples=100)
def test_any_bytes_are_read_or_refused(data):
    quotas = read_quotas(QUOTAS)
    for read in (read_quotas, lambda given: read_people(given, quotas, "id")):
        with suppress(BadInput):
            read(data)


PAIR = [[(1, 2), (1, 2)]]


@pytest.mark.parametrize(
    ("code", "table", "bounds", "size"),
    [
        ("pool_small", [[0], [1]], PAIR, 3),
        ("pool_small", [[0], [1]], PAIR, 0),
        ("features_differ", [[0, 0], [1, 0]], PAIR, 2),
        ("value_unknown", [[0], [2]], PAIR, 2),
        ("quotas_over_size", [[0], [1]], PAIR, 1),
        ("quotas_under_size", [[0], [1], [1]], [[(0, 1), (0, 1)]], 3),
    ],
)
def test_contradictions_are_named_before_anything_is_computed(code, table, bounds, size):
    with pytest.raises(BadInput, match=code):
        check_quotas(make_pool(table), make_quotas(bounds), size)


@pytest.mark.parametrize(
    ("code", "bounds"),
    [
        ("quotas_missing", []),
        ("quotas_missing", [[]]),
        ("quota_unknown", [[(-1, 2)]]),
        ("too_many_values", [[(0, 1)] * 513]),
        ("quota_upside_down", [[(2, 1)]]),
    ],
)
def test_quotas_that_are_none(code, bounds):
    with pytest.raises(BadInput, match=code):
        make_quotas(bounds)


@pytest.mark.parametrize(
    ("code", "table", "households"),
    [
        ("empty_pool", [], None),
        ("not_a_table", [[0], [1, 2]], None),
        ("not_a_table", [0, 1], None),
        ("value_unknown", [[-1]], None),
        ("too_many_people", [[0]] * 100_001, None),
        ("too_many_features", [[0] * 65], None),
        ("lengths_differ", [[0], [1]], [4]),
    ],
)
def test_pools_that_are_none(code, table, households):
    with pytest.raises(BadInput, match=code):
        make_pool(table, households)
