"""What `kernels` calls, compiled by numba when it is first imported. See there.

Many sums are followed at once: `here` is what everybody has left of the first of them, `there` of the last, and of those
between, what lies on the straight line from one to the other, give or take `doubt`. A price lies between two such lines.
Wherever a decision would turn on the way, fewer sums are spoken of: as many as the `horizon` says.
"""
# mypy: disable-error-code="no-untyped-def, no-untyped-call, untyped-decorator, misc"

import numpy as np
from numba import njit

NEAR, LAST_PLACE, MOST_EXACT = 1e-12, 2.0**-52, 2.0**62
UNCLEAR, GOES_ON, LAST, OVER = 0, 1, 2, 3
HIDDEN, CAN_PAY, LATER, CANNOT = 0, 1, 2, 3
EITHER, FIRST, SECOND = 0, 1, 2
WAITS, BOUGHT, GONE = 0, 1, 2
# Sums may be taken in any order, several at once: the bound on their rounding holds for every one.
ANY_ORDER = {"reassoc", "contract"}
# No offer. An offer: the least price here and there, the most here and there.
NOTHING = 0.0, 0.0, np.inf, np.inf


@njit(cache=True)
def try_sums(town, budget, n_voters, given, step, steps, exhaustive):
    """How many sums from `given` on certainly leave something to go on for, and what the next one comes to."""
    number, reach = 0, 7
    hints = np.zeros(len(town.costs))
    while number < steps:
        span = min(reach, steps - number - 1)
        share, more = (given + number * step) / n_voters, span * step / n_voters
        passed, fate = follow(town, budget, begin(town, span, share, more), exhaustive, hints)
        number += passed
        if fate == GOES_ON:
            reach = 2 * span + 1
        elif fate == UNCLEAR and span > 0:
            # Less doubt gathers on a shorter way.
            reach = span // 4
        else:
            return number, fate
    return steps, GOES_ON


@njit(cache=True)
def begin(town, span, share, more):
    """Sums of which nothing is bought yet: (how many after the first; purses; which projects wait; prices; money spent)."""
    here, there = np.full(town.n_ballots, share), np.full(town.n_ballots, share + more)
    doubt = np.full(town.n_ballots, (share + more) * 8 * LAST_PLACE)
    state = np.where(town.votes > 0, WAITS, GONE).astype(np.int8)
    lows = least_prices(town, state, (share + more) * (1 + 8 * LAST_PLACE))
    return span, (here, there, doubt), state, lows, 0


@njit(cache=True)
def part(block, first, last):
    """Some of the sums of a block, from its first-th to its last-th."""
    span, (here, there, doubt), state, lows, spent = block
    slope = (there - here) / span
    more = doubt + 4 * LAST_PLACE * (np.abs(here) + np.abs(there))
    return last - first, (here + slope * first, here + slope * last, more), state.copy(), lows.copy(), spent


@njit(cache=True)
def follow(town, budget, block, exhaustive, hints):
    """(how many sums of a block go on, what the next one comes to), round by round; where they part, one part at a time."""
    blocks, passed = [block], 0
    while len(blocks):
        span, purses, state, lows, spent = blocks.pop()
        while True:
            block = span, purses, state.copy(), lows, spent
            clear, project, offer, horizon = best(town, lows, hints, state, purses, span)
            if not clear:
                return passed, UNCLEAR
            if horizon < span:
                blocks.append(part(block, horizon + 1, span))
                blocks.append(part(block, 0, horizon))
                break
            if project < 0:
                fate = judge(town.costs, town.votes, state, spent, budget, exhaustive)
                if fate != GOES_ON:
                    return passed, fate
                passed += span + 1
                break
            pay(town, project, offer, purses)
            state[project] = BOUGHT
            spent += town.costs[project]
            if spent > budget:
                return passed, OVER
    return passed, GOES_ON


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
def best(town, lows, hints, state, purses, span):
    """(whether it is clear, the project that is bought next or −1, its offer, the horizon of that)."""
    worth, n_projects = town.worth, len(lows)
    offers, even = np.full((n_projects, 4), np.inf), np.zeros(n_projects, dtype=np.bool_)
    asked, found, most, horizon = np.zeros(n_projects, dtype=np.bool_), -1, np.inf, span
    while True:
        project = cheapest(lows, worth, state, asked)
        if project < 0 or lows[project] / worth[project] > most * (1 + NEAR):
            break
        asked[project] = True
        limit = most * worth[project] * (1 + 2 * NEAR)
        answer, offer, even[project], hints[project], horizon = ask(
            town, project, lows[project], hints[project], limit, purses, span, horizon
        )
        if answer == HIDDEN:
            return False, -1, offers[0], 0
        if answer == CANNOT:
            state[project] = GONE
            continue
        offers[project, 0], offers[project, 1], offers[project, 2], offers[project, 3] = offer
        lows[project] = max(min(offer[0], offer[1]), lows[project])
        if answer == CAN_PAY:
            most = min(most, max(offer[2], offer[3]) / worth[project])
            if found < 0 or which_first(town, project, found, offers, even, span, 0)[0] == FIRST:
                found = project
    for project in range(n_projects):
        if asked[project] and state[project] == WAITS and project != found:
            first, horizon = which_first(town, found, project, offers, even, span, horizon)
            if first != FIRST:
                return False, -1, offers[0], 0
    return True, found, offers[found], horizon


@njit(cache=True)
def holds(here, there, span, horizon):
    """For how many sums after the first a difference stays above 0 that is `here` (above 0) and `there` at the ends."""
    if there > 0:
        return horizon
    return max(0, min(horizon, int(np.ceil(span * (here / (here - there)) * (1 - 1e-9))) - 1))


@njit(cache=True)
def which_first(town, one, other, offers, even, span, horizon):
    """(which of two offers is less per worth, the horizon of that); of even ones also if they are near."""
    above, above_there = gaps(town, one, other, offers)
    if above > 0:
        return SECOND, holds(above, above_there, span, horizon)
    below, below_there = gaps(town, other, one, offers)
    if below > 0:
        return FIRST, holds(below, below_there, span, horizon)
    if even[one] and even[other] and comparable(town, one, other):
        return (FIRST if goes_first(town, one, other) else SECOND), horizon
    return EITHER, 0


@njit(cache=True)
def gaps(town, one, other, offers):
    """By how much the least of an offer is above the most of the other, per worth: here and there."""
    mine, theirs = 1 / town.worth[one], (1 + NEAR) / town.worth[other]
    here = offers[one, 0] * mine - offers[other, 2] * theirs
    return here, offers[one, 1] * mine - offers[other, 3] * theirs


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
def supporters(town, project):
    """Their ballots, how many people cast each, and the points on it."""
    own = slice(town.starts[project], town.starts[project + 1])
    return town.ballots[own], town.people[own], town.points[own]


@njit(cache=True, fastmath=ANY_ORDER)
def ask(town, project, begin, hint, limit, purses, span, horizon):
    """(whether they can pay, and no more than the limit; the offer; whether all pay the same; a hint; the horizon)."""
    ballots, people, points = supporters(town, project)
    here, there, doubt = purses
    cost, rounding = float(town.costs[project]), (len(ballots) + 64) * LAST_PLACE
    held = held_there = wrong = 0.0
    for a in range(len(ballots)):
        held += people[a] * here[ballots[a]]
        held_there += people[a] * there[ballots[a]]
        wrong += people[a] * doubt[ballots[a]]
    wrong = wrong * (1 + rounding) + rounding * (held + held_there + cost)
    if held < cost - wrong:
        horizon = holds(cost - wrong - held, cost - wrong - held_there, span, horizon)
        return CANNOT, NOTHING, False, hint, horizon
    if held <= cost + wrong:
        return HIDDEN, NOTHING, False, hint, 0
    horizon = holds(held - cost - wrong, held_there - cost - wrong, span, horizon)
    price, price_there, step = solve(town, project, begin, hint, limit, purses, rounding)
    low, low_there = price - step, price_there - step
    if min(low, low_there) > limit:
        return LATER, (low, low_there, np.inf, np.inf), False, price, horizon
    rise = rise_there = step
    for _widening in range(60):
        high, high_there, even = price + rise, price_there + rise_there, True
        paid = paid_there = rich = rich_there = 0.0
        for a in range(len(ballots)):
            safe, safe_there = here[ballots[a]] - doubt[ballots[a]], there[ballots[a]] - doubt[ballots[a]]
            asked, asked_there = high * points[a], high_there * points[a]
            even = even and safe >= asked and safe_there >= asked_there
            paid += people[a] * min(safe, asked)
            paid_there += people[a] * min(safe_there, asked_there)
            rich += people[a] * points[a] if safe > asked else 0.0
            rich_there += people[a] * points[a] if safe_there > asked_there else 0.0
        short, short_there = cost * (1 + rounding) - paid, cost * (1 + rounding) - paid_there
        if short <= 0 and short_there <= 0:
            return CAN_PAY, (low, low_there, high, high_there), even, price, horizon
        if short > 0:
            rise = 1.5 * rise + short / max(rich, 1.0)
        if short_there > 0:
            rise_there = 1.5 * rise_there + short_there / max(rich_there, 1.0)
    return HIDDEN, NOTHING, False, hint, 0


@njit(cache=True, fastmath=ANY_ORDER)
def solve(town, project, begin, hint, limit, purses, rounding):
    """The price here and there, and how far below it the true one may be.

    From the hint, then from below, until the same people are too poor as before. Whoever is taken for too poor: together
    they have no more than they are taken to pay, so no true price is further below, neither here nor anywhere.
    """
    ballots, people, points = supporters(town, project)
    here, there, doubt = purses
    price = there_too = max(begin, hint)
    step, count, cost = 0.0, -1.0, float(town.costs[project])
    for _nearer in range(100):
        poor, poor_there, unsure, pull, more = 0.0, 0.0, 0.0, 0.0, 0.0
        for a in range(len(ballots)):
            money = here[ballots[a]]
            short = people[a] if money < price * points[a] else 0.0
            poor += short * money
            poor_there += short * there[ballots[a]]
            unsure += short * doubt[ballots[a]]
            pull += short * points[a]
            more += short
        rich = town.pulls[project] - pull
        if more == count:
            break
        if rich < 1:
            price, there_too, step, count = begin, begin, begin, -1.0
            continue
        price, there_too, count = (cost - poor) / rich, (cost - poor_there) / rich, more
        step = (rounding * (cost + poor + poor_there) + unsure * (1 + rounding)) / rich
        step += rounding * (abs(price) + abs(there_too))
        if min(price, there_too) - step > limit:
            break
    return price, there_too, step


@njit(cache=True)
def pay(town, project, offer, purses):
    """Everybody who supports it pays, or gives all that they have.

    Whoever cannot pay at one end and can at the other: what they have left lies below the line between the two ends, and
    is furthest from it where they begin to be able to.
    """
    ballots, _people, points = supporters(town, project)
    here, there, doubt = purses
    low, low_there, high, high_there = offer
    price, price_there = (low + high) / 2, (low_there + high_there) / 2
    apart = max(high - low, high_there - low_there) / 2 * (1 + 4 * LAST_PLACE)
    for a in range(len(ballots)):
        ballot = ballots[a]
        money, money_there, unsure = here[ballot], there[ballot], doubt[ballot]
        if money + unsure < low * points[a] and money_there + unsure < low_there * points[a]:
            here[ballot] = there[ballot] = doubt[ballot] = 0.0
            continue
        rest, rest_there = money - price * points[a], money_there - price_there * points[a]
        bend = 0.0
        if rest * rest_there < 0:
            bend = rest * rest_there / (-abs(rest) - abs(rest_there)) / 2
        here[ballot], there[ballot] = max(rest, 0.0) - bend, max(rest_there, 0.0) - bend
        doubt[ballot] = unsure + bend + apart * points[a] + 64 * LAST_PLACE * (abs(money) + abs(money_there))
