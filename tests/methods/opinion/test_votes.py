"""Votes become a compact matrix; whatever is none is refused with its place."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.opinion.votes import MOST_STATEMENTS, from_table, gather

cast = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5), st.integers(-1, 1)), max_size=60)


def test_the_last_vote_wins(either_path):
    votes = gather([1, 0, 1, 1], [0, 0, 0, 2], [1, -1, 0, 1])
    assert votes.table().tolist() == [
        [-1, *[pytest.approx(np.nan, nan_ok=True)] * 2],
        [0, pytest.approx(np.nan, nan_ok=True), 1],
    ]
    assert votes.starts.tolist() == [0, 1, 3]


@given(cast)
@settings(max_examples=50)
def test_it_is_a_dictionary_of_last_votes(single):
    whose, what, vote = (list(column) for column in zip(*single, strict=True)) if single else ([], [], [])
    found = gather(whose, what, vote, 7, 6)
    wanted = {(i, j): v for i, j, v in single}
    told = zip(found.participants.tolist(), found.statements.tolist(), found.values.tolist(), strict=True)
    assert {(i, j): v for i, j, v in told} == wanted
    assert sorted(zip(found.participants, found.statements, strict=True)) == list(
        zip(found.participants, found.statements, strict=True)
    )


def test_large_positions_are_sorted_too():
    """Where key and place do not fit into one number."""
    from linli.methods.opinion.votes import last_of_each

    keys = np.array([5, 2**60, 5, 7])
    assert last_of_each(keys).tolist() == [2, 3, 1]


def test_inputs_are_not_changed_and_results_cannot_be():
    columns = np.array([1, 0]), np.array([0, 1]), np.array([1, -1])
    before = [column.copy() for column in columns]
    votes = gather(*columns)
    assert [a.tolist() for a in columns] == [b.tolist() for b in before]
    for column in (votes.starts, votes.statements, votes.values):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 1


def test_of_and_about_are_rows_and_columns(room):
    table = room.table()
    people, statements = np.array([5, 2, 5]), np.array([1, 4, 7])
    np.testing.assert_array_equal(room.of(people).table(), table[people])
    np.testing.assert_array_equal(room.about(statements).table(), table[:, statements])
    assert room.about(np.arange(room.n_statements)) is room


@pytest.mark.parametrize(
    ("columns", "code", "params"),
    [
        (([0], [0], [2]), "vote_unknown", {"at": 0, "value": 2}),
        (([0], [0], [-128]), "vote_unknown", {"at": 0, "value": -128}),
        (([0, 0], [0, 1], [1, float("nan")]), "not_whole", {"at": 1, "column": "values"}),
        (([0, 0], [0, 1], [1, float("inf")]), "not_whole", {"at": 1, "column": "values"}),
        (([0, 0.5], [0, 1], [1, 1]), "not_whole", {"at": 1, "value": 0.5, "column": "participants"}),
        (([0], [-1], [1]), "position_unknown", {"at": 0, "value": -1, "column": "statements"}),
        (([0, 1], [0], [1]), "lengths_differ", {"participants": 2}),
        ((["a"], [0], [1]), "not_whole", {"column": "participants"}),
        (([[0]], [0], [1]), "not_a_column", {"dimensions": 2}),
        (([0], [10**6], [1]), "too_many_statements", {"given": 10**6 + 1, "most": MOST_STATEMENTS}),
        (([10**9], [0], [1]), "too_many_participants", {"given": 10**9 + 1}),
        (([2**60], [0], [1]), "too_many_participants", {}),
        (([1e300], [0], [1]), "not_whole", {"column": "participants"}),
    ],
)
def test_what_is_no_vote_is_refused_with_its_place(columns, code, params):
    with pytest.raises(BadInput) as wrong:
        gather(*columns)
    assert wrong.value.code == code
    assert {name: wrong.value.params[name] for name in params} == params


def test_a_position_beyond_the_room_is_refused():
    with pytest.raises(BadInput, match="position_unknown"):
        gather([0, 3], [0, 0], [1, 1], n_participants=3)


@pytest.mark.parametrize("table", [[1, 0], [["x"]], [[[1]]], [[1], [1, 0]]])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(BadInput, match="not_a_table"):
        from_table(table)
