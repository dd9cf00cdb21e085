"""Makes types and loads parts by name."""

import collections
import dataclasses


def record(name, fields):
    return collections.namedtuple(name, fields)


def entity(name):
    return dataclasses.make_dataclass(name, ["id"])


def part(name):
    try:
        return __import__(name).__name__
    except ImportError:
        return None
