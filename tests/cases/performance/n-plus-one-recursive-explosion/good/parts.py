"""How many of everything does an instrument need?"""
from collections import Counter

from store import TREE


class Workshop:
    def __init__(self, store):
        self.store = store

    def needs(self, part):
        counts = self.explode(part)
        counts.pop(part, None)
        return dict(sorted(counts.items()))

    def explode(self, part):
        return Counter(dict(self.store.fetch(TREE, part)))

    def missing(self, part, shelf):
        return {name: count - shelf.get(name, 0) for name, count in self.needs(part).items() if count > shelf.get(name, 0)}
