"""The field's exports: read, written, read again; and what a broken or a hostile file comes to."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods import tables
from linli.methods.bad_input import BadInput
from linli.methods.opinion.files import (
    StatementsFile,
    VotesFile,
    read_statements,
    read_summary,
    read_votes,
    write_statements,
    write_summary,
    write_table,
    write_votes,
)
from tests.methods.opinion.rooms import make_room

VOTES = b"""\
timestamp,datetime,comment-id,voter-id,vote
1435656324267,Tue Jun 30 16:25:24 WIB 2015,10,1,1
1435654192085,Tue Jun 30 15:49:52 WIB 2015,2,0,-1
1435656325000,Tue Jun 30 16:25:25 WIB 2015,10,0,0
1435654192000,Tue Jun 30 15:49:52 WIB 2015,2,0,1
"""
TABLE = b"""\
participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,10,2
7,,1,0,2,1,1,1,-1
3,,,0,1,0,0,,0
"""
COMMENTS = """\
timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,comment-body
1000,4,9,1,0,1,false,"说""好"",
再说"
2000,5,9,0,0,-1,true,'=2+2
"""


def test_votes_of_a_list():
    found = read_votes(VOTES)
    assert (found.participant_ids, found.statement_ids) == (["0", "1"], ["2", "10"])
    assert found.votes.table().tolist()[0] == [-1, 0], (
        "The later of two on the same statement holds, by its moment."
    )
    assert found.began.tolist() == [1435654192.0, 1435656324.267]
    assert found.groups is None


def test_votes_of_a_table():
    found = read_votes(TABLE)
    assert (found.participant_ids, found.statement_ids) == (["3", "7"], ["10", "2"])
    assert found.votes.table()[1].tolist() == [1, -1]
    assert found.groups.tolist() == [-1, 1]
    assert found.began is None


def test_statements_and_summary():
    found = read_statements(COMMENTS.encode("utf-8-sig").replace(b"\n", b"\r\n"))
    assert found.ids == ["4", "5"]
    assert found.texts == ['说"好",\r\n再说', "=2+2"]
    assert (found.decisions.tolist(), found.meta.tolist()) == ([1, -1], [0, 1])
    assert read_summary(b'topic,a\nurl,"b,c"\n') == {"topic": "a", "url": "b,c"}


def test_what_is_written_is_read_again():
    votes, _camp = make_room(1, people=20, statements=6, answered=0.9)
    ids = [str(n) for n in range(100, 120)], [f"s{n}" for n in range(6)]
    file = VotesFile(votes, *ids, groups=np.arange(20) % 3 - 1)
    again = read_votes(write_table(file))
    np.testing.assert_array_equal(again.votes.table(), votes.table())
    assert (again.participant_ids, again.statement_ids, again.groups.tolist()) == (*ids, file.groups.tolist())

    moments = 1_600_000_000_000 + 1000 * np.arange(len(votes))
    who, what = (
        [names[at] for at in places]
        for names, places in zip(ids, (votes.participants, votes.statements), strict=True)
    )
    listed = read_votes(write_votes(moments, what, who, votes.values))
    back = listed.votes.about(np.arange(6))
    order = [listed.statement_ids.index(name) for name in ids[1]]
    np.testing.assert_array_equal(back.table()[:, order], votes.table())
    assert b"Sun Sep 13 2020 12:26:40 GMT+0000" in write_votes(moments[:1], ["1"], ["1"], votes.values[:1])


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=50)
def test_any_text_comes_back_equal_and_none_leaves_as_a_formula(texts):
    size = len(texts)
    zero = np.zeros(size, dtype=int)
    file = StatementsFile([str(n) for n in range(size)], texts, ["1"] * size, zero, zero, zero)
    data = write_statements(file, zero, zero)
    assert read_statements(data).texts == texts
    assert all(not text.startswith(("=", "+", "@", "-", "\t", "\r")) for text in map(tables.guarded, texts))
    assert read_summary(write_summary({"topic": texts[0]})) == {"topic": texts[0]}


HEAD = "timestamp,comment-id,voter-id,vote\n"
BROKEN = [
    (b"", "empty_file", {}),
    (b"\n\n\n", "empty_file", {}),
    (b"one\n1\n", "not_csv", {"line": 1}),
    (b"\xff\xfe\x00", "not_utf8", {"line": 1}),
    (f"{HEAD}1,2,3,1\n1,2,\udcff".encode("utf-8", "surrogateescape"), "not_utf8", {"line": 3}),
    (f"{HEAD}1,2,3,1\n1,2,3".encode(), "row_length", {"line": 3, "given": 3, "wanted": 4}),
    (f"{HEAD}1,2,3,1\n1,2,\"3".encode(), "not_csv", {"line": 3}),
    (f"{HEAD}1,2,3,5\n".encode(), "vote_unknown", {"line": 2, "value": "5"}),
    (f"{HEAD}1,2,3,\n".encode(), "vote_unknown", {"line": 2, "value": ""}),
    (f"{HEAD}1,2,3,NaN\n".encode(), "vote_unknown", {"line": 2, "value": "NaN"}),
    (f"{HEAD}1_0,2,3,1\n".encode(), "not_a_number", {"line": 2, "value": "1_0"}),
    (f"{HEAD}{'9' * 5000},2,3,1\n".encode(), "not_a_number", {"line": 2, "value": "9" * 64}),
    (f"{HEAD}1,,3,1\n".encode(), "id_unknown", {"line": 2}),
    (f"{HEAD}1,2,3,1\n1,2,{'x' * 65},1\n".encode(), "id_unknown", {"line": 3}),
    (b"timestamp,comment-id,vote\n1,2,1\n", "column_missing", {"column": "voter-id"}),
    (("a," * 1_000_000).encode() + b"a\n", "too_many_columns", {"given": 1_000_001}),
    (f"{HEAD}1,2,3,\"{'x' * 200_000}\"\n".encode(), "not_csv", {"line": 2}),
    (b"participant,group-id,n-disagree,4,4\n1,0,0,1,1\n", "id_twice", {"line": 1}),
    (b"participant,group-id,n-disagree,4\n1,0,0,1\n1,0,0,1\n", "id_twice", {"column": "participant"}),
    (b"participant,group-id,n-disagree,4\n1,x,0,1\n", "not_a_number", {"line": 2, "column": "group-id"}),
    (b"participant,group-id,n-disagree,4\n1,0,0,7\n", "vote_unknown", {"line": 2, "value": "7"}),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code", "params"), BROKEN)
def test_what_is_broken_is_refused_with_its_line(data, code, params):
    with pytest.raises(BadInput) as wrong:
        read_votes(data)
    assert wrong.value.code == code
    assert {name: wrong.value.params[name] for name in params} == params


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (COMMENTS.replace(",-1,true", ",3,true"), "decision_unknown"),
        (COMMENTS.replace("2000,5", "2000,4"), "id_twice"),
        (COMMENTS.replace("true", "maybe"), "not_a_number"),
        (COMMENTS.replace("moderated", "judged"), "column_missing"),
    ],
)
def test_broken_statements(data, code):
    with pytest.raises(BadInput, match=code):
        read_statements(data.encode())


def test_bounds(monkeypatch):
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    with pytest.raises(BadInput, match="too_many_bytes"):
        read_votes(VOTES)
    monkeypatch.undo()
    monkeypatch.setattr(tables, "MOST_LINES", 2)
    with pytest.raises(BadInput, match="too_many_lines"):
        read_votes(VOTES)
    with pytest.raises(BadInput, match="row_length"):
        read_summary(b"a,b,c\n1,2,3\n")


@given(st.binary(max_size=200))
@settings(max_examples=50)
def test_any_bytes_are_read_or_refused(data):
    for head in (b"", HEAD.encode(), b"participant,group-id,n-disagree,4\n"):
        with suppress(BadInput):
            read_votes(head + data)
