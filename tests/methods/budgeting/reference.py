"""The rules once more, written plainly in exact fractions: slow, and short enough to be believed.

`number` may be float: then the same lines show what rounding alone would have decided.
"""

from fractions import Fraction


def voters_of(election):
    """One dictionary {project: points} for each person."""
    found = []
    for ballot in range(election.n_ballots):
        own = slice(election.starts[ballot], election.starts[ballot + 1])
        wishes = dict(zip(election.projects[own].tolist(), election.points[own].tolist(), strict=True))
        found += [wishes] * int(election.weights[ballot])
    return found


def worth(election, wishes, project, utility):
    return {
        "cost": int(election.costs[project]),
        "cardinality": 1,
        "points": wishes[project],
    }[utility]


def least_price(cost, people):
    """The least ρ with Σ min(money, ρ · worth) = cost over (money, worth); None if they have too little."""
    if sum(money for money, _worth in people) < cost:
        return None
    for limit in sorted(money / value for money, value in people):
        poor = sum(money for money, value in people if money < limit * value)
        rich = sum(value for money, value in people if money >= limit * value)
        # Only rounding can leave nobody rich: with fractions whoever sets the limit can pay it.
        price = (cost - poor) / rich if rich else limit
        if price <= limit:
            return price
    return limit


def equal_shares(election, utility="cost", order=None, endowment=None, number=Fraction):
    """[(project, ρ)] in the order in which they are bought."""
    voters = voters_of(election)
    order = list(range(election.n_projects)) if order is None else list(order)
    given = election.budget if endowment is None else endowment
    money = [number(given) / len(voters) for _voter in voters]
    costs = election.costs.tolist()
    bought = [
        (project, 0) for project in order if not costs[project] and any(project in one for one in voters)
    ]
    while True:
        offers = []
        for project in order:
            own = [i for i, wishes in enumerate(voters) if project in wishes]
            if not own or not costs[project] or project in dict(bought):
                continue
            people = [(money[i], number(worth(election, voters[i], project, utility))) for i in own]
            price = least_price(number(costs[project]), people)
            if price is not None:
                offers.append((price, order.index(project), project))
        if not offers:
            return bought
        price, _place, project = min(offers)
        for i, wishes in enumerate(voters):
            if project in wishes:
                money[i] -= min(money[i], price * worth(election, wishes, project, utility))
        bought.append((project, price))


def phragmen(election, order=None, number=Fraction):
    voters = voters_of(election)
    order = list(range(election.n_projects)) if order is None else list(order)
    costs, left = election.costs.tolist(), election.budget
    burden = [number(0)] * len(voters)
    bought = []
    while True:
        offers = []
        for project in order:
            own = [i for i, wishes in enumerate(voters) if project in wishes]
            if own and costs[project] <= election.budget and project not in dict(bought):
                offers.append(((costs[project] + sum(burden[i] for i in own)) / number(len(own)), project))
        least = min((price for price, _project in offers), default=None)
        tied = [project for price, project in offers if price == least]
        if not tied or any(costs[project] > left for project in tied):
            return bought
        project = tied[0]
        for i, wishes in enumerate(voters):
            if project in wishes:
                burden[i] = least
        left -= costs[project]
        bought.append((project, least))


def greedy(election, order=None, per_cost=False):
    voters = voters_of(election)
    order = list(range(election.n_projects)) if order is None else list(order)
    costs, left, bought = election.costs.tolist(), election.budget, []
    votes = {project: sum(project in wishes for wishes in voters) for project in order}

    def key(project):
        if per_cost:
            return (0, 0) if not costs[project] else (1, -Fraction(votes[project], costs[project]))
        return -votes[project]

    for project in sorted(order, key=lambda one: (key(one), order.index(one))):
        if votes[project] and costs[project] <= left:
            left -= costs[project]
            bought.append(project)
    return bought


def passed_over(election, funded):
    """Projects for which some group of voters, all groups tried, is passed over."""
    voters = voters_of(election)
    costs = election.costs.tolist()
    found = set()
    for group in range(1, 2 ** len(voters)):
        people = [wishes for i, wishes in enumerate(voters) if group >> i & 1]
        for project in set(range(election.n_projects)) - set(funded):
            if all(project in wishes for wishes in people):
                best = max(sum(costs[one] for one in wishes if one in funded) for wishes in people)
                if (best + costs[project]) * len(voters) <= len(people) * election.budget:
                    found.add(project)
    return found
