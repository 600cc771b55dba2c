"""A plain replay of a tree, day by day: slow, short, and made of dictionaries only.

It keeps the parent of every unit for each day of a short span. A verb writes the day it holds from and every later
one; what it cannot do it refuses by raising `No`, leaving everything as it was. No SQL, no versions, no intervals.
"""

from copy import deepcopy

DAYS = range(12)


class No(Exception):
    """The verb cannot be done."""


class Replay:
    def __init__(self):
        self.parent = {day: {} for day in DAYS}
        self.last_change = {}
        self.heir = {}
        self.closed = {}

    def above(self, day, unit):
        found = []
        while (unit := self.parent[day][unit]) is not None:
            if unit in found:
                raise No("ring")
            found.append(unit)
        return found

    def below(self, day, unit):
        here = self.parent[day]
        return (
            {other for other in here if unit == other or unit in self.above(day, other)}
            if unit in here
            else set()
        )

    def stands_for(self, unit, day):
        """Who counts for the unit on that day."""
        while unit is not None and unit in self.closed and self.closed[unit] <= day:
            unit = self.heir[unit]
        return unit

    def do(self, verb, *args):
        """Runs a verb whole or not at all."""
        before = deepcopy(self.__dict__)
        try:
            getattr(self, verb)(*args)
            for day in DAYS:
                self.check(day)
        except (No, KeyError) as error:
            self.__dict__ = before
            raise No(verb) from error

    def check(self, day):
        here = self.parent[day]
        for unit, parent in here.items():
            if parent is not None and parent not in here:
                raise No("parent gone")
            self.above(day, unit)

    def continues(self, unit, day):
        if unit in self.closed or day < self.last_change[unit]:
            raise No("later changes")
        self.last_change[unit] = day

    def put(self, unit, parent, day):
        for later in range(day, len(DAYS)):
            self.parent[later][unit] = parent

    def open(self, unit, parent, day):
        self.put(unit, parent, day)
        self.last_change[unit] = day

    def move(self, unit, parent, day):
        self.continues(unit, day)
        if self.parent[day][unit] in (parent, None):
            raise No("there already, or the root")
        self.put(unit, parent, day)

    def insert(self, unit, parent, children, day):
        self.open(unit, parent, day)
        for child in children:
            self.continues(child, day)
            if self.parent[day][child] != parent:
                raise No("not a child")
            self.put(child, unit, day)

    def close(self, unit, day, heir=None):
        opened = (
            min(other for other in DAYS if unit in self.parent[other]) if unit in self.last_change else day
        )
        self.continues(unit, day)
        if opened == day or any(
            self.closed[o] > day for o, into in self.heir.items() if into == unit and o in self.merged
        ):
            raise No("opened that day, or others join later")
        before = self.parent[day - 1][unit]
        for later in range(day, len(DAYS)):
            del self.parent[later][unit]
        self.closed[unit] = day
        self.heir[unit] = before if heir is None else heir

    merged = frozenset()

    def merge(self, units, into, day):
        if into in units:
            raise No("into itself")
        if into in self.closed or day < self.last_change[into]:
            raise No("heir has later changes")
        for unit in units:
            for child in [child for child, parent in self.parent[day].items() if parent == unit]:
                if child == into:
                    raise No("ring")
                self.continues(child, day)
                self.put(child, into, day)
            self.close(unit, day, heir=into)
            self.merged = self.merged | {unit}

    def split(self, unit, parts, day, closes):
        if unit in self.closed or day < self.last_change[unit] or self.parent[day][unit] is None:
            raise No("later changes, or the root")
        for part, children in parts.items():
            self.insert_part(part, unit, children, day)
        if closes:
            self.close(unit, day)

    def insert_part(self, part, unit, children, day):
        self.open(part, self.parent[day][unit], day)
        for child in children:
            self.continues(child, day)
            if self.parent[day][child] != unit:
                raise No("not a child")
            self.put(child, part, day)
