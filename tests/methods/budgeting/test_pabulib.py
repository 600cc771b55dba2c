"""Files of the field become arrays and come out again as they were; whatever is broken is refused with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.budgeting import election, pabulib
from linli.methods.budgeting.pabulib import read_pb, write_pb
from tests.methods.budgeting.towns import elections

PLAIN = """META
key;value
description;Small; but real
num_projects;3
num_votes;4
budget;100
vote_type;approval
PROJECTS
project_id;cost;name;selected
a;40;Swings;1
b;60;Lamps;0
c;100;Pond;0
VOTES
voter_id;vote;sex
1;a,b;F
2;b,a;M
3;;F
4;c;
"""


def changed(**changes):
    text = PLAIN
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


def test_a_plain_file():
    file = read_pb(PLAIN.encode())
    town = file.election
    assert (town.budget, town.costs.tolist(), file.per_unit) == (100, [40, 60, 100], 1)
    assert (town.n_voters, town.n_ballots, town.votes.tolist()) == (4, 3, [2, 2, 1])
    assert file.ballot_of.tolist() == [0, 0, 1, 2]
    assert (file.names, file.officially_funded, file.notes) == (["Swings", "Lamps", "Pond"], [0], [])
    assert file.column("VOTES", "sex") == ["F", "M", "F", ""]
    assert file.column("VOTES", "age") is None
    assert file.meta["description"] == "Small; but real"
    assert write_pb(file) == PLAIN.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\n\n").encode(),
        PLAIN.replace("budget;100", 'budget;"100.0"').encode(),
        PLAIN.replace("a,b", " a , b ").replace("a;40", "a;40,00").encode(),
        PLAIN.rstrip("\n").encode(),
    ],
    ids=["byte order mark", "line ends", "empty lines", "decimals", "blanks", "no last line end"],
)
def test_the_same_file_written_otherwise(data):
    file, wanted = read_pb(data), read_pb(PLAIN.encode())
    for name in ("costs", "starts", "projects", "points", "weights"):
        assert getattr(file.election, name).tolist() == getattr(wanted.election, name).tolist()
    assert file.election.budget == wanted.election.budget
    assert read_pb(write_pb(file)).sections == file.sections


@pytest.mark.parametrize(
    "change",
    [("1;a,b;F", '1;"a,b";F'), ("4;c;", '4;c;""'), ("\n", "\r"), ("sex", '"sex"')],
    ids=["a quoted ballot", "an empty quoted cell", "the oldest line ends", "a quoted head"],
)
def test_voters_kept_as_lines_or_cut_into_cells_are_the_same(change):
    lines, cells = read_pb(PLAIN.encode()), read_pb(PLAIN.replace(*change).encode())
    assert isinstance(lines.read["VOTES"].rows[0], str)
    assert isinstance(cells.read["VOTES"].rows[0], list)
    assert lines.sections == cells.sections
    assert list(lines.read["VOTES"].numbers) == list(cells.read["VOTES"].numbers)
    assert lines.ballot_of.tolist() == cells.ballot_of.tolist()
    assert lines.column("VOTES", "sex") == cells.column("VOTES", "sex")


def test_money_is_as_fine_as_the_finest_number():
    file = read_pb(changed(cost=("a;40", "a;40,5"), other=("b;60", "b;59.25")))
    assert (file.per_unit, file.election.budget, file.election.costs.tolist()) == (
        100,
        10000,
        [4050, 5925, 10000],
    )


def test_quoted_cells_with_everything_in_them():
    data = changed(name=("Swings", '"A ""green"" swing; and\nmore"'))
    file = read_pb(data)
    assert file.names[0] == 'A "green" swing; and\nmore'
    assert write_pb(file) == data


def test_points_and_ranks():
    cumulative = changed(
        kind=("approval", "cumulative"), head=("vote;sex", "vote;points"), one=("a,b;F", "a,b;3,0"), two=("b,a;M", "b,a;2,5"),
        three=("3;;F", "3;;"), four=("4;c;", "4;c;1"),
    )  # fmt: skip
    town = read_pb(cumulative).election
    assert town.scores.tolist() == [3 + 5, 2, 1]
    assert town.votes.tolist() == [2, 1, 1]
    ordinal = read_pb(changed(kind=("approval", "ordinal"))).election
    assert ordinal.scores.tolist() == [3 + 2, 2 + 3, 3]
    one = changed(kind=("approval", "choose-1"), one=("a,b", "a"), two=("b,a", "b"))
    assert read_pb(one).election.votes.tolist() == [1, 1, 1]


def test_where_a_file_counts_otherwise_than_itself():
    assert read_pb(changed(n=("num_votes;4", "num_votes;5"))).notes == [("num_votes", "5", 4)]


@pytest.mark.parametrize(
    ("changes", "code", "params"),
    [
        (("a;40", "a;-40"), "cost_negative", {"line": 10, "value": -40}),
        (("a;40", "a;"), "value_missing", {"line": 10, "name": "cost"}),
        (("a;40", "a;forty"), "not_a_number", {"line": 10, "value": "forty"}),
        (("a;40", "a;1e5"), "not_a_number", {"line": 10}),
        (("budget;100", "budget;30"), "budget_below_every_cost", {"budget": 30, "least": 40}),
        (("budget;100", "budget;"), "value_missing", {"name": "budget"}),
        (("budget;100\n", ""), "value_missing", {"name": "budget"}),
        (("vote_type;approval", "vote_type;guess"), "kind_unknown", {"line": 7, "value": "guess"}),
        (("vote_type;approval\n", ""), "kind_unknown", {}),
        (("PROJECTS\n", ""), "section_missing", {"name": "PROJECTS"}),
        (("META\n", ""), "section_missing", {"line": 1, "name": "META"}),
        (("VOTES\n", ""), "row_length", {"line": 13, "given": 3, "wanted": 4}),
        (("project_id;cost", "project;cost"), "column_missing", {"line": 9, "column": "project_id"}),
        (("voter_id;vote", "voter_id;choice"), "column_missing", {"line": 14, "column": "vote"}),
        (("b;60;Lamps;0", "b;60;Lamps"), "row_length", {"line": 11, "given": 3, "wanted": 4}),
        (("b;60;Lamps;0", "a;60;Lamps;0"), "id_twice", {"line": 11, "value": "a"}),
        (("b;60;Lamps;0", ";60;Lamps;0"), "id_unknown", {"line": 11}),
        (("b;60;Lamps;0", "b;60;Lamps;yes"), "selected_unknown", {"line": 11, "value": "yes"}),
        (("2;b,a", "2;b,z"), "project_unknown", {"line": 16, "value": "z"}),
        (("2;b,a", "2;b,b"), "project_twice", {"line": 16}),
        (("approval", "choose-1"), "too_many_choices", {"line": 15, "given": 2}),
        (("approval", "cumulative"), "column_missing", {"line": 14, "column": "points"}),
    ],
)
def test_what_is_broken_is_refused_with_its_line(changes, code, params):
    with pytest.raises(BadInput) as refused:
        read_pb(changed(change=changes))
    assert refused.value.code == code
    assert params.items() <= refused.value.params.items()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "section_missing"),
        (b"\xff\xfe", "not_utf8"),
        (b"META\nPROJECTS\nVOTES\n", "value_missing"),
        (b"META\nMETA\n", "section_missing"),
        (PLAIN.encode()[: PLAIN.index("1;a,b")], "nobody_voted"),
        (b"META\nkey;value\n" + b"x" * 200_000, "not_csv"),
        (PLAIN.replace("Swings", "Sw\0ings").encode(), None),
    ],
)
def test_what_is_no_file_at_all(data, code):
    if code is None:
        read_pb(data)
        return
    with pytest.raises(BadInput, match=code):
        read_pb(data)


@pytest.mark.parametrize(("points", "code"), [("1", "lengths_differ"), ("1,x", "points_unknown"), ("1,-1", "points_unknown"), ("1,99999999", "points_unknown")])  # fmt: skip
def test_points_that_are_none(points, code):
    data = changed(
        kind=("approval", "cumulative"), head=("vote;sex", "vote;points"), one=("a,b;F", f"a,b;{points}")
    )
    with pytest.raises(BadInput) as refused:
        read_pb(data)
    assert (refused.value.code, refused.value.params["line"]) == (code, 15)


@given(elections(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_any_election_goes_out_and_comes_back(town, chance):
    rows = [
        "META",
        "key;value",
        f"budget;{town.budget}",
        "vote_type;cumulative",
        "PROJECTS",
        "project_id;cost",
    ]
    rows += [f"p{at};{cost}" for at, cost in enumerate(town.costs)]
    rows += ["VOTES", "voter_id;vote;points"]
    voters = [ballot for ballot in range(town.n_ballots) for _one in range(town.weights[ballot])]
    chance.shuffle(voters)
    for number, ballot in enumerate(voters):
        own = slice(town.starts[ballot], town.starts[ballot + 1])
        names = ",".join(f"p{one}" for one in town.projects[own])
        rows.append(f"{number};{names};{','.join(map(str, town.points[own]))}")
    data = ("\n".join(rows) + "\n").encode()
    file = read_pb(data)
    assert write_pb(file) == data
    assert (file.election.votes.tolist(), file.election.scores.tolist()) == (
        town.votes.tolist(),
        town.scores.tolist(),
    )
    assert file.election.n_voters == town.n_voters


@given(st.binary(max_size=300))
@settings(max_examples=50)
def test_bytes_of_any_kind_are_read_or_refused(data):
    for whole in (data, PLAIN.encode()[:180] + data, b"META\nkey;value\n" + data):
        try:
            read_pb(whole)
        except BadInput as refused:
            assert refused.code


def test_what_only_the_whole_election_shows_is_refused_with_its_line_too(monkeypatch):
    text = (
        PLAIN.replace("approval", "cumulative")
        .replace("vote;sex", "vote;points")
        .replace("1;a,b;F", "1;a,b;1,2000000")
    )
    text = text.replace("2;b,a;M", "2;b,a;1,2").replace("3;;F", "3;;").replace("4;c;", "4;c;1")
    with pytest.raises(BadInput) as refused:
        read_pb(text.encode())
    assert (refused.value.code, refused.value.params) == ("points_unknown", {"line": 15, "value": 2_000_000})
    monkeypatch.setattr(pabulib, "MOST_BYTES", 10)
    with pytest.raises(BadInput, match="too_many_bytes"):
        read_pb(PLAIN.encode())
    monkeypatch.setattr(election, "MOST_CHOICES", 1)
    with pytest.raises(BadInput, match="too_many_choices"):
        election.gather(10, [5, 5], [[0, 1]])
