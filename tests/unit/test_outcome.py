"""When a trial's outcome is the control run's, and how values become plain."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import json
import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

from pytest_prodready.sweep.outcome import DEPTH, LENGTH, WIDTH, plain, same
from pytest_prodready.trace import ErrorInfo, Outcome


def returned(value: Any) -> Outcome:
    return Outcome("return", value=value)


def response(body: str, status: int = 200, **headers: str) -> Outcome:
    return Outcome("response", status, tuple((k.replace("_", "-"), v) for k, v in headers.items()), body)


def raised(name: str, text: str = "") -> Outcome:
    return Outcome("exception", error=ErrorInfo(name, (name,), text, "foreign"))


def exited(body: str = "", errors: str = "", status: int = 0, value: Any = None) -> Outcome:
    return Outcome("exit", status, body=body, errors=errors, value=value)


SAME = [
    (exited("2 rows\n"), exited("2 rows\n"), None),
    (exited("took 3 ms\n"), exited("took 2 ms\n"), exited("took 4 ms\n")),
    (returned(None), returned(None), None),
    (returned({"id": 7, "n": 1}), returned({"id": 3, "n": 1}), returned({"id": 5, "n": 1})),
    (returned([1, 2]), returned([1, 2]), returned([1, 2])),
    (returned([9]), returned([1, 2]), returned([1, 2, 3])),  # its length differs anyway
    (response('{"id": 7, "ok": true}'), response('{"id": 3, "ok": true}'), response('{"id": 5, "ok": true}')),
    (response('{"ok": true}'), response('{"ok":true}'), None),  # white space of JSON
    (response("made at 12:03 for Ann"), response("made at 12:01 for Ann"), response("made at 12:02 for Ann")),
    (response("a", Date="1", ETag="x"), response("a", Date="2", ETag="y"), None),
    (response("a", Set_Cookie="session=1"), response("a"), None),
    (raised("KeyError", "'x'"), raised("KeyError", "'x'"), None),
    (response("order 7 placed"), response("order 5 placed"), response("order 6 placed")),
    (returned({"a": 1}), returned({"a": 1, "trace": "x"}), returned({"a": 1})),  # a field that comes and goes
]
OTHER = [
    (exited("done\n"), exited("", "not done\n"), None),
    (exited("done\n"), exited("done\n", status=1), None),
    (exited(value=1), exited(value=2), None),
    (None, returned(1), None),
    (returned(1), None, None),
    (returned(1), returned(2), None),
    (returned(1), returned(2), returned(2)),
    (returned(None), returned(False), None),
    (returned(0), returned(False), None),
    (returned(1), returned(1.0), None),
    (returned({"id": 7, "n": 2}), returned({"id": 3, "n": 1}), returned({"id": 5, "n": 1})),
    (returned({"id": 3}), returned({"id": 3, "n": 1}), returned({"id": 5, "n": 1})),
    (returned({"id": 3, "n": 1, "error": "x"}), returned({"id": 3, "n": 1}), returned({"id": 5, "n": 1})),
    (returned([]), returned([1]), returned([1])),
    (returned([1, 2]), returned([2, 1]), None),
    (returned(1), raised("KeyError"), None),
    (raised("KeyError", "'x'"), raised("KeyError", "'y'"), None),
    (raised("KeyError"), raised("ValueError"), None),
    (response("a"), response("b"), None),
    (response("order 7 queued"), response("order 5 placed"), response("order 6 placed")),
    (returned({"ok": 1}), returned({"ok": True}), None),
    (raised("app.Error", "no"), returned(None), None),
    (response("made at 12:03 for Bob"), response("made at 12:01 for Ann"), response("made at 12:02 for Ann")),
    (response("a", 201), response("a", 200), None),
    (response("a", Location="/x"), response("a", Location="/y"), None),
    (response("[]"), response("{}"), None),
]  # fmt: skip


@pytest.mark.parametrize(("trial", "control", "again"), SAME, ids=range(len(SAME)))
def test_same(trial: Outcome, control: Outcome, again: Outcome | None) -> None:
    assert same(trial, control, again)


@pytest.mark.parametrize(("trial", "control", "again"), OTHER, ids=range(len(OTHER)))
def test_not_same(trial: Outcome, control: Outcome, again: Outcome | None) -> None:
    assert not same(trial, control, again)


@pytest.mark.parametrize(
    ("trial", "control", "again"),
    [
        (returned(None), returned("5f1c"), returned("9a04")),  # the id of what was saved, or nothing
        (returned(""), returned("5f1c"), returned("9a04")),
        (returned({"ok": True}), returned({"ok": True, "id": 3}), returned({"ok": True, "id": 5})),
        (returned({"id": None}), returned({"id": 3}), returned({"id": 5})),
        (returned([]), returned([1, 2]), returned([1, 2, 3])),
        (returned("failed"), returned({"id": 3}), returned({"id": 5})),
        (response('{"id": null}'), response('{"id": 3}'), response('{"id": 5}')),
    ],
    ids=range(7),
)
def test_nothing_in_place_of_something_is_not_the_same(trial: Outcome, control: Outcome, again: Outcome) -> None:
    assert not same(trial, control, again)


class Colour(enum.Enum):
    RED = 1


@dataclasses.dataclass
class Order:
    number: int
    _secret: int = 0


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self) -> None:
        self.a = 1


class Lazy:
    def __init__(self) -> None:
        self.a = 1

    @property
    def costly(self) -> int:
        raise AssertionError("code of the application was run")

    def __eq__(self, other: object) -> bool:
        raise AssertionError("code of the application was run")

    def __repr__(self) -> str:
        raise AssertionError("code of the application was run")


def numbers() -> Iterator[int]:
    raise AssertionError("consumed")
    yield 1


class Rows(list[int]):
    pass


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, None),
        (True, True),
        (1.5, 1.5),
        ("x" * (LENGTH + 1), "x" * LENGTH),
        (b"\x00\xff", "\x00\xff"),
        (bytearray(b"a"), "a"),
        (Colour.RED, "<Colour RED>"),
        (Order(3), {"": "Order", "number": 3}),
        (Slotted(), {"": "Slotted", "a": 1}),
        (Lazy(), {"": "Lazy", "a": 1}),
        (numbers(), "<generator>"),
        (len, "<builtin_function_or_method>"),
        (Order, "<type>"),
        ((1, "a"), [1, "a"]),
        ({2, 1}, ["1", "2"]),
        ({1: {"a"}}, {"1": ['"a"']}),
        (Rows([1]), [1]),
        (decimal.Decimal("1.10"), "<Decimal 1.10>"),
        (datetime.date(2024, 2, 29), "<date 2024-02-29>"),
        (pathlib.PurePosixPath("/x"), "<PurePosixPath /x>"),
        (list(range(WIDTH + 5)), list(range(WIDTH))),
    ],
    ids=lambda value: type(value).__name__,
)
def test_plain(value: Any, wanted: Any) -> None:
    assert plain(value) == wanted
    json.dumps(plain(value))  # what travels between processes


def test_plain_ends() -> None:
    ring: list[Any] = []
    ring.append(ring)
    value = plain(ring)
    for _ in range(DEPTH):
        (value,) = value
    assert value == "<list>"
