"""How many of everything does an instrument need?"""
from collections import Counter

from store import CHILDREN


class Workshop:
    def __init__(self, store):
        self.store = store

    def needs(self, part):
        counts = self.explode(part)
        counts.pop(part, None)
        return dict(sorted(counts.items()))

    def explode(self, part, times=1):
        counts = Counter({part: times})
        for child, pieces in self.store.fetch(CHILDREN, part):
            counts += self.explode(child, times * pieces)
        return counts

    def missing(self, part, shelf):
        return {name: count - shelf.get(name, 0) for name, count in self.needs(part).items() if count > shelf.get(name, 0)}
