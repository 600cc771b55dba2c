"""The draw: sealed before the seed can exist, the same for everybody who repeats it, fair."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.methods.bad_input import BadInput
from linli.methods.sortition.draw import (
    Stream,
    draw_one,
    draw_order,
    hash_ticket,
    holds_ticket,
    is_whole,
    make_seed,
    seal_list,
)

SALTS = [bytes([65 + n]) * 16 for n in range(5)]


def sealed(**changes):
    given = {"salts": SALTS, "value": "numbers of 1 May", "fallback": "numbers of 8 May", "terms": "30 seats"}
    return seal_list(**{**given, **changes})


def test_a_draw_from_the_list_to_the_seats():
    held = sealed()
    seed = make_seed(held, "3 14 15 92", " 3 14  15 92 ")
    order = draw_order(seed.number, [1, 1, 1, 1, 1])
    assert sorted(order.tolist()) == [0, 1, 2, 3, 4]
    again = make_seed(sealed(), "3 14 15 92", "3 14 15 92")
    assert again == seed
    assert draw_order(again.number, [1, 1, 1, 1, 1]).tolist() == order.tolist()


def test_the_seed_is_what_the_page_says_and_can_be_worked_out_without_us():
    held = sealed()
    lines = "\n".join(
        f"{len(part.encode())}:{part}" for part in (held.value, held.fallback, held.terms, *held.tickets)
    )
    digest = hashlib.sha256(b"linli list\n" + lines.encode()).hexdigest()
    assert digest == held.digest
    seed = hashlib.sha256(f"linli seed\n{digest}\n16:numbers of 1 May\n7 8 9".encode()).hexdigest()
    assert make_seed(held, "7 8 9", "7 8 9").digest == seed
    first = hashlib.sha256(b"linli stream\n" + bytes.fromhex(seed) + b"panel\n0").digest()
    assert draw_one(int(seed, 16), 1000) == int.from_bytes(first, "big") % 1000


def test_each_part_of_the_list_changes_its_digest_and_the_seed():
    digests = {
        one.digest
        for one in (
            sealed(),
            sealed(salts=SALTS[:4]),
            sealed(salts=SALTS[::-1]),
            sealed(value="numbers of 2 May"),
            sealed(fallback="numbers of 9 May"),
            sealed(terms="31 seats"),
        )
    }
    assert len(digests) == 6
    seeds = {make_seed(sealed(), text, text, by).number for text in ("1 2", "1 3") for by in (False, True)}
    assert len(seeds) == 4


def test_a_holder_finds_the_ticket_and_nobody_a_changed_list():
    held = sealed()
    assert is_whole(held)
    assert [holds_ticket(held, n + 1, salt) for n, salt in enumerate(SALTS)] == [True] * 5
    assert not holds_ticket(held, 2, SALTS[0])
    assert not holds_ticket(held, 0, SALTS[0])
    changed = replace(held, tickets=(hash_ticket(1, b"x" * 16), *held.tickets[1:]))
    assert not is_whole(changed)
    with pytest.raises(BadInput, match="list_changed"):
        make_seed(changed, "1", "1")


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_tickets", {"salts": []}),
        ("too_many_tickets", {"salts": [b""] * 1_000_001}),
        ("salt_short", {"salts": [b"short"]}),
        ("salt_twice", {"salts": [b"a" * 16] * 2}),
        ("text_missing", {"value": " "}),
        ("fallback_same", {"fallback": " numbers of 1  May"}),
    ],
)
def test_a_list_that_cannot_be_sealed(code, changes):
    with pytest.raises(BadInput, match=code):
        sealed(**changes)


def test_two_people_enter_the_same_value():
    with pytest.raises(BadInput, match="entries_differ"):
        make_seed(sealed(), "1 2 3", "1 2 4")
    assert make_seed(sealed(), "１２", "12").value == "12"


@given(st.integers(0, 2**256 - 1), st.lists(st.integers(0, 50), max_size=40))
@settings(max_examples=50)
def test_an_order_names_each_place_of_some_weight_once(seed, weights):
    before = list(weights)
    order = draw_order(seed, np.array(weights, dtype=np.int64)).tolist()
    assert sorted(order) == [place for place, weight in enumerate(weights) if weight]
    assert weights == before


def test_ten_thousand_draws_are_within_binomial_bounds():
    weights, times = np.array([1, 2, 3, 4]), 10_000
    stream = Stream(5, "fair")
    counts = np.bincount([stream.below(10) for _time in range(times)], minlength=10)
    assert np.all(np.abs(counts - times / 10) < 4.5 * np.sqrt(times * 0.09))
    first = np.bincount([draw_order(seed, weights)[0] for seed in range(times)], minlength=4) / times
    share = weights / 10
    assert np.all(np.abs(first - share) < 4.5 * np.sqrt(share * (1 - share) / times))


@pytest.mark.parametrize("weights", [[-1, 2], [0.5, 0.5], [[1]], [2**62, 2**62], np.ones(1_000_001, int)])
def test_weights_that_are_none(weights):
    with pytest.raises(BadInput):
        draw_order(1, weights)


def test_bounds_of_a_stream():
    for seed in (-1, 2**256):
        with pytest.raises(BadInput, match="out_of_bounds"):
            Stream(seed, "x")
    for bound in (0, 2**129):
        with pytest.raises(BadInput, match="out_of_bounds"):
            Stream(1, "x").below(bound)
    assert draw_order(1, []).tolist() == []
    assert draw_order(1, [3]).tolist() == [0]
