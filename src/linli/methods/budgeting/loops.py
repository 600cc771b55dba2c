"""What `kernels` calls, compiled by numba when it is first imported. See there."""
# mypy: disable-error-code="no-untyped-def, no-untyped-call, untyped-decorator, misc"

import numpy as np
from numba import njit

NEAR, LAST_PLACE, MOST_EXACT = 1e-12, 2.0**-52, 2.0**62
UNCLEAR, GOES_ON, LAST, OVER = 0, 1, 2, 3
HIDDEN, CAN_PAY, LATER, CANNOT = 0, 1, 2, 3
EITHER, FIRST, SECOND = 0, 1, 2
# So many blocks of sums that are clear before one twice as long is tried.
PATIENCE = 3
WAITS, BOUGHT, GONE = 0, 1, 2


@njit(cache=True)
def try_sums(town, budget, n_voters, given, step, steps, exhaustive):
    """How many sums from `given` on certainly leave something to go on for, and what the next one comes to."""
    number, at_once, done = 0, 1, 0
    hints = np.zeros(len(town.costs))
    while number < steps:
        at_once = min(at_once, steps - number)
        first = given + number * step
        fate = try_sum(town, budget, n_voters, first, first + (at_once - 1) * step, exhaustive, hints)
        if fate == GOES_ON:
            number, done = number + at_once, done + 1
            if done >= PATIENCE:
                at_once, done = 2 * at_once, 0
        elif at_once == 1 or fate != UNCLEAR:
            return number, fate
        else:
            at_once, done = at_once // 2, 0
    return steps, GOES_ON


@njit(cache=True)
def try_sum(town, budget, n_voters, least, most, exhaustive, hints):
    """What becomes of all sums between the two: of purses of which no more is known than that."""
    costs = town.costs
    state = np.where(town.votes > 0, WAITS, GONE).astype(np.int8)
    share, more = least / n_voters, (most - least) / n_voters
    left = np.full(town.n_ballots, share + more / 2)
    doubt = np.full(town.n_ballots, more / 2 + (share + more) * 8 * LAST_PLACE)
    lows = least_prices(town, state, (share + more) * (1 + 8 * LAST_PLACE))
    spent = 0
    while True:
        clear, project, price, low, high = best(town, lows, hints, state, left, doubt)
        if not clear:
            return UNCLEAR
        if project < 0:
            return judge(costs, town.votes, state, spent, budget, exhaustive)
        pay(town, project, price, low, high, left, doubt)
        state[project] = BOUGHT
        spent += costs[project]
        if spent > budget:
            return OVER


@njit(cache=True)
def least_prices(town, state, most):
    """What each supporter pays for each point if none of them is short of money.

    What costs nothing is bought at once; what cannot be paid though all have the most that they may have never is.
    """
    costs, pulls = town.costs, town.pulls
    lows = np.zeros(len(costs))
    for project in range(len(costs)):
        if state[project] == WAITS:
            if costs[project] == 0:
                state[project] = BOUGHT
            elif town.votes[project] * most < costs[project] * (1 - 8 * LAST_PLACE):
                state[project] = GONE
            else:
                lows[project] = costs[project] / pulls[project] * (1 - 4 * LAST_PLACE)
    return lows


@njit(cache=True)
def judge(costs, votes, state, spent, budget, exhaustive):
    whole, fits = True, False
    for project in range(len(costs)):
        if votes[project] > 0 and state[project] != BOUGHT:
            whole = False
            fits = fits or costs[project] <= budget - spent
    return LAST if whole or (exhaustive and not fits) else GOES_ON


@njit(cache=True)
def best(town, lows, hints, state, left, doubt):
    """(whether it is clear, the project that is bought next or −1, its price, the least and the most that it may be)."""
    worth = town.worth
    found, price, low, high, even = -1, 0.0, 0.0, np.inf, False
    asked = np.zeros(len(lows), dtype=np.bool_)
    while True:
        project = cheapest(lows, worth, state, asked)
        if project < 0 or (found >= 0 and lows[project] / worth[project] > high / worth[found] * (1 + NEAR)):
            return True, found, price, low, high
        asked[project] = True
        limit = high / worth[found] * worth[project] * (1 + 2 * NEAR) if found >= 0 else np.inf
        answer, own, own_low, own_high, own_even = ask(
            town, project, lows[project], hints[project], limit, left, doubt
        )
        if answer == HIDDEN:
            return False, project, own, own_low, own_high
        if answer == CANNOT:
            state[project] = GONE
            continue
        lows[project], hints[project] = own_low, own
        if answer == LATER:
            continue
        first = FIRST
        if found >= 0:
            both_even = even and own_even and comparable(town, found, project)
            first = which_first(town, project, found, (own_low, own_high), (low, high), both_even)
        if first == EITHER:
            return False, project, own, own_low, own_high
        if first == FIRST:
            found, price, low, high, even = project, own, own_low, own_high, own_even


@njit(cache=True)
def which_first(town, one, other, mine, theirs, both_even):
    """Which of two prices per worth, each between a least and a most, is less; of even ones also if they are near."""
    low, high = mine[0] / town.worth[one], mine[1] / town.worth[one]
    other_low, other_high = theirs[0] / town.worth[other], theirs[1] / town.worth[other]
    if low > other_high * (1 + NEAR):
        return SECOND
    if other_low > high * (1 + NEAR):
        return FIRST
    if both_even:
        return FIRST if goes_first(town, one, other) else SECOND
    return EITHER


@njit(cache=True)
def cheapest(lows, worth, state, asked):
    found, least = -1, np.inf
    for project in range(len(lows)):
        if state[project] == WAITS and not asked[project] and lows[project] / worth[project] < least:
            found, least = project, lows[project] / worth[project]
    return found


@njit(cache=True)
def comparable(town, one, other):
    """Whether even prices of the two can be compared in whole numbers of 64 bits."""
    tops, pulls = town.tops, town.pulls
    return float(tops[one]) * pulls[other] < MOST_EXACT and float(tops[other]) * pulls[one] < MOST_EXACT


@njit(cache=True)
def goes_first(town, one, other):
    """Whether an even price is less than the other in whole numbers, or the same and first in the order."""
    tops, pulls, rank = town.tops, town.pulls, town.rank
    mine, theirs = tops[one] * pulls[other], tops[other] * pulls[one]
    return mine < theirs or (mine == theirs and rank[one] < rank[other])


@njit(cache=True)
def ask(town, project, begin, hint, limit, left, doubt):
    """(whether they can pay, and no more than the limit; the price; the least, the most; whether all pay the same)."""
    ballots, people, points = town.ballots, town.people, town.points
    first, end, cost = town.starts[project], town.starts[project + 1], float(town.costs[project])
    rounding = (end - first + 64) * LAST_PLACE
    together = wrong = 0.0
    for a in range(first, end):
        together += people[a] * left[ballots[a]]
        wrong += people[a] * doubt[ballots[a]]
    wrong = wrong * (1 + rounding) + rounding * (together + cost)
    if together < cost - wrong:
        return CANNOT, 0.0, 0.0, 0.0, False
    if together <= cost + wrong:
        return HIDDEN, 0.0, 0.0, 0.0, False
    price, step = solve(town, project, begin, hint, limit, left, doubt, rounding)
    low = max(price - step, 0.0)
    if low > limit:
        return LATER, price, low, np.inf, False
    for _widening in range(60):
        high, paid, even = price + step, 0.0, True
        for a in range(first, end):
            safe = left[ballots[a]] - doubt[ballots[a]]
            even = even and safe >= high * points[a]
            paid += people[a] * min(safe, high * points[a])
        if paid >= cost * (1 + rounding):
            return CAN_PAY, price, low, high, even
        step *= 1.5
    return HIDDEN, 0.0, 0.0, 0.0, False


@njit(cache=True)
def solve(town, project, begin, hint, limit, left, doubt, rounding):
    """The price, and how far below it the true one may be: whoever is taken for too poor, it is never further.

    From the hint, then from below, until the same people are too poor as before.
    """
    ballots, people, points = town.ballots, town.people, town.points
    price, step, count, cost = max(begin, hint), 0.0, -1.0, float(town.costs[project])
    for _nearer in range(100):
        poor, unsure, pull, more = 0.0, 0.0, 0.0, 0.0
        for a in range(town.starts[project], town.starts[project + 1]):
            money = left[ballots[a]]
            short = people[a] if money < price * points[a] else 0.0
            poor += short * money
            unsure += short * doubt[ballots[a]]
            pull += short * points[a]
            more += short
        rich = town.pulls[project] - pull
        if more == count:
            break
        if rich < 1:
            price, step, count = begin, begin, -1.0
            continue
        price, count = (cost - poor) / rich, more
        step = (rounding * (cost + poor) + unsure * (1 + rounding)) / rich + rounding * price
        if price - step > limit:
            break
    return price, step


@njit(cache=True)
def pay(town, project, price, low, high, left, doubt):
    """Everybody who supports it pays, or gives all that they have."""
    starts, ballots, points = town.starts, town.ballots, town.points
    apart = max(high - price, price - low) * (1 + 4 * LAST_PLACE)
    for a in range(starts[project], starts[project + 1]):
        ballot = ballots[a]
        money, unsure = left[ballot], doubt[ballot]
        if money + unsure < low * points[a]:
            left[ballot] = doubt[ballot] = 0.0
        else:
            left[ballot] = max(money - price * points[a], 0.0)
            doubt[ballot] = unsure + apart * points[a] + 64 * LAST_PLACE * money
