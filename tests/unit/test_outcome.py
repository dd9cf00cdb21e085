from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from pytest_prodready.sweep.outcome import plain, same
from pytest_prodready.trace import ErrorInfo, Outcome


class Colour(enum.Enum):
    RED = 1


@dataclass
class Order:
    id: int
    total: Decimal


class Loose:
    def __init__(self) -> None:
        self.name, self._hidden = "x", object()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": (1, None)}, {"a": [1, None]}),
        (b"x", "x"),
        (Colour.RED, "<Colour RED>"),
        (Order(1, Decimal("2.50")), {"": "Order", "id": 1, "total": "<Decimal 2.50>"}),
        (Loose(), {"": "Loose", "name": "x"}),
        (len, "<builtin_function_or_method>"),
        ({3, 1}, ["1", "3"]),
    ],
)
def test_plain(value: Any, expected: Any) -> None:
    assert plain(value) == expected


def returned(value: Any) -> Outcome:
    return Outcome("return", value=plain(value))


def response(status: int, body: str, **headers: str) -> Outcome:
    return Outcome("response", status, tuple(headers.items()), body)


def raised(name: str, text: str) -> Outcome:
    return Outcome("exception", error=ErrorInfo(name, (name,), text, "own"))


@pytest.mark.parametrize(
    ("trial", "control", "again", "expected"),
    [
        (returned({"ok": True}), returned({"ok": True}), None, True),
        (returned({"ok": False}), returned({"ok": True}), None, False),
        (returned({"ok": 1}), returned({"ok": True}), None, False),
        # an id that differs from run to run anyway is no difference
        (returned({"id": 3, "ok": True}), returned({"id": 1, "ok": True}), returned({"id": 2, "ok": True}), True),
        (returned({"id": 3, "ok": False}), returned({"id": 1, "ok": True}), returned({"id": 2, "ok": True}), False),
        (returned({"id": 3}), returned({"id": 1, "ok": True}), returned({"id": 2, "ok": True}), False),
        (returned([1]), returned([1, 2]), returned([1, 2]), False),
        (response(200, '{"n": 1}'), response(200, '{"n":1}'), None, True),
        (response(503, "{}"), response(200, "{}"), None, False),
        (response(200, "order 7 placed"), response(200, "order 5 placed"), response(200, "order 6 placed"), True),
        (response(200, "order 7 queued"), response(200, "order 5 placed"), response(200, "order 6 placed"), False),
        (response(200, "", Location="/a"), response(200, "", Location="/b"), None, False),
        (response(200, "", Date="now"), response(200, "", Date="then"), None, True),
        (raised("app.Error", "no"), raised("app.Error", "no"), None, True),
        (raised("app.Error", "no"), returned(None), None, False),
        (None, returned(None), None, False),
    ],
)
def test_same(trial: Outcome | None, control: Outcome | None, again: Outcome | None, expected: bool) -> None:
    assert same(trial, control, again) is expected
