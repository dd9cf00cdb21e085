"""Which names the Python Package Index knows, without asking it: a dated list that comes with the plugin."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files

from ..project import normal

DATA = files(__package__) / "data"
#: A Bloom filter of all names: what it does not hold is on no list; of other names it takes one in a hundred for known.
BITS_PER_NAME = 9.6
PROBES = 7
#: Of the well-known names, those among which the nearest one is looked for.
NEAR = 5000


def bits(name: str, size: int) -> Iterator[int]:
    """The bits of one name in a filter of so many bits."""
    digest = hashlib.sha256(name.encode()).digest()
    first, second = int.from_bytes(digest[:8], "big"), int.from_bytes(digest[8:16], "big") | 1
    return ((first + number * second) % size for number in range(PROBES))


def pack(names: Iterable[str]) -> bytes:
    """The filter of some names."""
    names = sorted({normal(name) for name in names})
    size = max(8, int(len(names) * BITS_PER_NAME) // 8 * 8)
    filled = bytearray(size // 8)
    for name in names:
        for bit in bits(name, size):
            filled[bit // 8] |= 1 << bit % 8
    return bytes(filled)


@cache
def _filter() -> bytes:
    return (DATA / "names.bin").read_bytes()


@cache
def popular() -> tuple[str, ...]:
    """The most downloaded names, the first one first."""
    return tuple((DATA / "popular.txt").read_text(encoding="ascii").split())


@cache
def date() -> str:
    """The day of the list."""
    return str(json.loads((DATA / "names.json").read_text(encoding="ascii"))["date"])


def known(name: str) -> bool:
    """Whether the index knew a name on the day of the list."""
    filled = _filter()
    return all(filled[bit // 8] >> bit % 8 & 1 for bit in bits(normal(name), len(filled) * 8))


def nearest(name: str, others: Iterable[str] = (), is_known: Callable[[str], bool] = known) -> str | None:
    """The real name that was probably meant: one slip away, or much like it.

    Args:
        others: names to look at first, such as those of installed distributions.
    """
    name = normal(name)
    for candidate in dict.fromkeys([*others, *popular()[:NEAR]]):
        if candidate != name and one_slip(name, candidate):
            return candidate
    parts = name.split("-")
    for length in range(len(parts) - 1, 0, -1):  # an invented addition to a real name: `flask-login-helper`
        shorter = "-".join(parts[:length])
        if shorter in _popular_set():
            return shorter
    close = difflib.get_close_matches(name, popular()[:NEAR], n=1, cutoff=0.8)
    return close[0] if close and is_known(close[0]) else None


@cache
def _popular_set() -> frozenset[str]:
    return frozenset(popular()[:NEAR])


@cache
def _parts() -> frozenset[str]:
    return frozenset(part for name in popular() for part in name.split("-"))


def part_of_one(name: str) -> bool:
    """Whether a name is a part of some well-known one: `libcloud` is what `apache-libcloud` holds."""
    return normal(name) in _parts()


def lookalike(name: str) -> str | None:
    """The well-known name that this one is one slip away from; names of a few letters are all near each other."""
    name = normal(name)
    if len(name) < 5 or name in _popular_set():
        return None
    return next((one for one in popular()[:1500] if len(one) > 4 and one_slip(name, one)), None)


def one_slip(one: str, other: str) -> bool:
    """Whether two names differ by one letter: left out, put in, another one, or two that changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, more = one[start:], other[start:]
    return rest[1:] == more[1:] or rest[1:] == more or rest == more[1:] or (
        rest[:2] == more[:2][::-1] and rest[2:] == more[2:] and len(rest) > 1
    )  # fmt: skip
