"""The field's exports: bytes in, arrays and lists of ids out, and back again. Agreement is +1 here as everywhere.

`votes.csv`: one vote a line. `participants-votes.csv`: one participant a line, one column a statement. `comments.csv`:
the statements. `summary.csv`: the conversation. Whatever else may hide in a file, it is read as text and never as
anything to be carried out; a text that a spreadsheet would take for a formula leaves with an apostrophe before it and
comes back without.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from linli.methods.arrays import Floats, Ints
from linli.methods.bad_input import BadInput
from linli.methods.opinion.votes import Votes, gather
from linli.methods.tables import LONGEST_ID, NUMBER, guarded, place_of, rows_of, unguarded, written

# A moment in seconds this late would be in the year 5138, so it is in milliseconds.
MILLISECONDS = 100_000_000_000
NO_GROUP = -1
VOTES_HEAD = ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
TABLE_HEAD = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
COMMENTS_HEAD = [*VOTES_HEAD[:3], "author-id", "agrees", "disagrees", "moderated", "is-meta", "comment-body"]


@dataclass(frozen=True, eq=False)
class VotesFile:
    """`votes` by position; the ids that stand at those positions. `began`: seconds of each participant's first vote.
    `groups`: the published group of each participant, −1 for none. Either is None where the file does not tell.
    """

    votes: Votes
    participant_ids: list[str]
    statement_ids: list[str]
    began: Floats | None = None
    groups: Ints | None = None


@dataclass(frozen=True, eq=False)
class StatementsFile:
    """Statements as their moderators left them: `decisions` −1, 0, +1, and `meta` for those about the talk itself."""

    ids: list[str]
    texts: list[str]
    authors: list[str]
    moments: Ints
    decisions: Ints
    meta: Ints


def read_votes(data: bytes) -> VotesFile:
    """`votes.csv` or `participants-votes.csv`, told apart by the first line.

    Positions follow rising ids where all are numbers, as the field numbers people in the order in which they join;
    else the order in which they first appear. Raises BadInput with `line`: `not_utf8`, `not_csv`, `column_missing`,
    `row_length`, `not_a_number`, `vote_unknown`, `id_unknown`, `too_many_…`.

    >>> read_votes(b"timestamp,comment-id,voter-id,vote\\n5,0,7,1\\n9,0,7,-1\\n").votes.values.tolist()
    [-1]
    """
    lines = rows_of(data)
    _line, head = next(lines)
    return read_table(head, lines) if "participant" in head else read_list(head, lines)


def read_list(head: list[str], lines: Iterator[tuple[int, list[str]]]) -> VotesFile:
    picked = [place_of(head, name) for name in ("timestamp", "comment-id", "voter-id", "vote")]
    numbers: list[int] = []
    columns: list[list[str]] = [[], [], [], []]
    for line, row in lines:
        numbers.append(line)
        for column, place in zip(columns, picked, strict=True):
            column.append(row[place])
    moments = integers(columns[0], numbers, "timestamp")
    values = votes_of(columns[3], numbers)
    statement_ids, statements = positions(columns[1], numbers)
    participant_ids, participants = positions(columns[2], numbers)
    order = np.argsort(moments, kind="stable")
    votes = gather(
        participants[order], statements[order], values[order], len(participant_ids), len(statement_ids)
    )
    first = np.full(len(participant_ids), np.iinfo(np.int64).max)
    np.minimum.at(first, participants, moments)
    began = first / (1000 if len(moments) and moments.max() > MILLISECONDS else 1)
    return VotesFile(votes, participant_ids, statement_ids, began=began)


def read_table(head: list[str], lines: Iterator[tuple[int, list[str]]]) -> VotesFile:
    begin = place_of(head, "n-disagree") + 1
    statement_ids, who_at, group_at = head[begin:], place_of(head, "participant"), place_of(head, "group-id")
    if len(statement_ids) != len(set(statement_ids)):
        raise BadInput("id_twice", line=1)
    numbers: list[int] = []
    ids, groups, whose, what, cast, where = [], [], [], [], [], []
    for line, row in lines:
        ids.append(row[who_at])
        groups.append(row[group_at] or str(NO_GROUP))
        answered = [place for place, cell in enumerate(row[begin:]) if cell]
        whose += [len(numbers)] * len(answered)
        what += answered
        cast += [row[begin + place] for place in answered]
        where += [line] * len(answered)
        numbers.append(line)
    participant_ids, places = positions(ids, numbers)
    if len(participant_ids) != len(ids):
        raise BadInput("id_twice", column="participant")
    rows = places[np.array(whose, dtype=np.int64)]
    votes = gather(rows, np.array(what, dtype=np.int64), votes_of(cast, where), len(ids), len(statement_ids))
    published = np.full(len(ids), NO_GROUP, dtype=np.int64)
    published[places] = integers(groups, numbers, "group-id")
    return VotesFile(votes, participant_ids, statement_ids, groups=published)


def read_statements(data: bytes) -> StatementsFile:
    """`comments.csv`, in its order. The column `is-meta` may be missing. Raises BadInput as `read_votes` does."""
    lines = rows_of(data)
    _line, head = next(lines)
    picked = [place_of(head, name) for name in ("comment-id", "author-id", "timestamp", "moderated")]
    body, meta_at = place_of(head, "comment-body"), head.index("is-meta") if "is-meta" in head else None
    rows = list(lines)
    numbers = [line for line, _row in rows]
    ids, authors, moments, decided = ([row[place] for _line, row in rows] for place in picked)
    meta = ["0" if meta_at is None else yes_or_no(row[meta_at]) for _line, row in rows]
    if len(set(ids)) != len(ids):
        raise BadInput("id_twice", column="comment-id")
    decisions = integers(decided, numbers, "moderated")
    refuse(np.abs(decisions) > 1, "decision_unknown", numbers, decided)
    return StatementsFile(
        ids=ids,
        texts=[unguarded(row[body]) for _line, row in rows],
        authors=authors,
        moments=integers(moments, numbers, "timestamp"),
        decisions=decisions,
        meta=integers(meta, numbers, "is-meta"),
    )


def yes_or_no(cell: str) -> str:
    return {"": "0", "false": "0", "true": "1"}.get(cell.lower(), cell)


def read_summary(data: bytes) -> dict[str, str]:
    """`summary.csv`: names and what stands beside them."""
    found: dict[str, str] = {}
    for line, row in rows_of(data):
        if len(row) != 2:
            raise BadInput("row_length", line=line, given=len(row), wanted=2)
        found[row[0]] = unguarded(row[1])
    return found


def write_votes(
    moments: Ints, statement_ids: Sequence[str], participant_ids: Sequence[str], values: Ints
) -> bytes:
    """`votes.csv` of single votes: four columns of one length; moments in milliseconds."""
    rows = (
        [moment, in_words(moment), statement, participant, value]
        for moment, statement, participant, value in zip(
            moments.tolist(), statement_ids, participant_ids, values.tolist(), strict=True
        )
    )
    return written([VOTES_HEAD], rows)


def write_table(file: VotesFile, written_by: Ints | None = None) -> bytes:
    """`participants-votes.csv`. `written_by`: how many statements each participant wrote, 0 unless told."""
    votes, n = file.votes, file.votes.n_participants
    by = np.zeros(n, dtype=np.int64) if written_by is None else written_by
    groups = np.full(n, NO_GROUP) if file.groups is None else file.groups

    def row(i: int) -> list[object]:
        own = slice(votes.starts[i], votes.starts[i + 1])
        cells: list[object] = [""] * votes.n_statements
        for statement, value in zip(votes.statements[own].tolist(), votes.values[own].tolist(), strict=True):
            cells[statement] = value
        cast = votes.values[own]
        counts = [int(by[i]), len(cast), int((cast == 1).sum()), int((cast == -1).sum())]
        group = "" if groups[i] == NO_GROUP else int(groups[i])
        return [file.participant_ids[i], group, *counts, *cells]

    return written([[*TABLE_HEAD, *file.statement_ids]], map(row, range(n)))


def write_statements(file: StatementsFile, agrees: Ints, disagrees: Ints) -> bytes:
    """`comments.csv`."""
    rows = (
        [moment, in_words(moment), one, author, int(agree), int(disagree), int(decision), int(meta), guarded(text)]
        for moment, one, author, agree, disagree, decision, meta, text in zip(
            file.moments.tolist(), file.ids, file.authors, agrees, disagrees, file.decisions, file.meta, file.texts,
            strict=True,
        )
    )  # fmt: skip
    return written([COMMENTS_HEAD], rows)


def write_summary(summary: dict[str, str]) -> bytes:
    return written([], ([name, guarded(text)] for name, text in summary.items()))


def in_words(moment: int) -> str:
    seconds = moment / 1000 if moment > MILLISECONDS else moment
    day = datetime.fromtimestamp(seconds, UTC)
    return f"{day:%a %b %d %Y %H:%M:%S} GMT+0000 (Coordinated Universal Time)"


def integers(column: Sequence[str], lines: Sequence[int], name: str) -> Ints:
    for cell, line in zip(column, lines, strict=True):
        if not NUMBER.fullmatch(cell):
            raise BadInput("not_a_number", line=line, column=name, value=cell[:LONGEST_ID])
    return np.array(list(map(int, column)), dtype=np.int64)


def votes_of(column: Sequence[str], lines: Sequence[int]) -> Ints:
    meaning = {"1": 1, "0": 0, "-1": -1}
    try:
        return np.array([meaning[cell] for cell in column], dtype=np.int64)
    except KeyError:
        at = next(place for place, cell in enumerate(column) if cell not in meaning)
        raise BadInput("vote_unknown", line=lines[at], value=column[at][:LONGEST_ID]) from None


def refuse(wrong: np.ndarray, code: str, lines: Sequence[int], cells: Sequence[str]) -> None:
    if wrong.any():
        at = int(wrong.argmax())
        raise BadInput(code, line=lines[at], value=cells[at][:LONGEST_ID])


def positions(column: Sequence[str], lines: Sequence[int]) -> tuple[list[str], Ints]:
    """The ids, each once, and where in that list each cell's id stands."""
    names = list(dict.fromkeys(column))
    wrong = next((name for name in names if not name or len(name) > LONGEST_ID), None)
    if wrong is not None:
        raise BadInput("id_unknown", line=lines[column.index(wrong)], value=wrong[:LONGEST_ID])
    if all(NUMBER.fullmatch(name) for name in names):
        names.sort(key=int)
    at = {name: place for place, name in enumerate(names)}
    return names, np.array([at[cell] for cell in column], dtype=np.int64)
