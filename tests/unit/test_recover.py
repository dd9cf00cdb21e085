"""How often a request is made again: once where no second repetition could meet another connection."""

from __future__ import annotations

import pytest

from pytest_prodready.sweep.recover import keeps_none
from pytest_prodready.trace import Call, Entry, Lease, Trace

ENTRY = Entry("route", "POST /orders")


def call(kind: str, target: str = "shop.db", family: str = "db") -> Call:
    return Call("sqlite3", family, kind, kind, target, entry=ENTRY)


def lease(kind: str = "connection", closed: bool = True) -> Lease:
    return Lease(kind, "shop.py:3", (), ENTRY, closed)


@pytest.mark.parametrize(
    ("calls", "leases", "alone"),
    [
        pytest.param([call("connect"), call("write")], [lease()], True, id="opened and closed"),
        pytest.param([call("connect")], [], True, id="refused"),
        pytest.param([call("connect"), call("write")], [lease(closed=False)], False, id="left open"),
        pytest.param([call("write")], [], False, id="another's"),
        pytest.param([call("connect"), call("write", "other.db")], [lease()], False, id="one of another's"),
        pytest.param([call("connect"), call("write")], [lease(), lease("check-out")], False, id="a pool"),
        pytest.param([call("connect"), call("request", family="http")], [lease()], False, id="a client"),
    ],
)
def test_keeps_no_connection(calls: list[Call], leases: list[Lease], alone: bool) -> None:
    trace = Trace("test", calls=calls, leases=leases)
    assert keeps_none(trace, ENTRY) is alone
