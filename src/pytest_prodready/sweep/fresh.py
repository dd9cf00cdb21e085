"""A second request like the first, where what the first has made may not be made twice."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..attacks.leaves import Leaf, leaves
from ..trace import Request
from .looks import WORD

#: Of a request at most so many other leaves are tried.
TRIED = 5
SECRET = re.compile(r"pass|pwd|csrf|xsrf|token", re.I)


def freshened(leaf: Leaf, request: Request, pattern: str, first: int) -> Iterator[Leaf]:
    """The leaf with another one that has a new value each time, by turns: names before numbers.

    Args:
        leaf: what is attacked.
        request: the test's own.
        pattern: the path of its route.
        first: the number that the first new value has in it.
    """
    others = [
        one for one in leaves(request, pattern) if one.name != leaf.name and one.kind in ("form", "json", "query")
    ]
    others = [one for one in others if one.type in ("str", "int") and one.value and not SECRET.search(one.key)]
    others.sort(key=lambda one: not WORD.search(one.value))
    for other in others[:TRIED]:
        if WORD.search(other.value) or other.value.isdigit():
            yield _with(leaf, other.name, pattern, itertools.count(first))


def _with(leaf: Leaf, name: str, pattern: str, numbers: Iterator[int]) -> Leaf:
    def put(value: Any) -> Request:
        request = leaf.put(value)
        other = next((one for one in leaves(request, pattern) if one.name == name), None)
        return request if other is None else other.put(_another(other, next(numbers)))

    return replace(leaf, put=put)


def _another(leaf: Leaf, number: int) -> Any:
    if WORD.search(leaf.value):
        return WORD.sub(lambda word: f"{word[0]}{number}", leaf.value, count=1)
    if not leaf.value.isdigit():
        return leaf.value
    return int(leaf.value) + number if leaf.type == "int" else str(int(leaf.value) + number).zfill(len(leaf.value))
