"""Which faults apply to a reply that was observed, and what they make of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pytest_prodready.faults import built_in_faults
from pytest_prodready.faults.reply import PAGE, fields, malform
from pytest_prodready.trace import Point, Sighting, http_operation

from .conftest import SITE

FAULTS = {fault.name: fault for fault in built_in_faults()}
REPLY = {
    "id": 7,
    "state": None,
    "items": [{"price": "9.99", "tax": 1}, {"price": "1"}],
    "owner": {"name": "A"},
}


def sighting(reply: Any = None, url: str = "https://api.example.com/v1/x", method: str = "GET") -> Sighting:
    operation, host = http_operation(method, url)
    return Sighting(
        Point(SITE, operation, "entry"),
        "test",
        "requests",
        "http",
        "request",
        host,
        method == "POST",
        "route",
        url,
        reply=None if reply is None else json.dumps(reply),
    )


def words(*known: str) -> Callable[[str], bool]:
    return lambda name: name in known


def variants(fault: str, sighting: Sighting, *known: str) -> list[str]:
    return FAULTS[fault].variants(sighting, words(*known))


def test_all_are_there() -> None:
    assert {name for name in FAULTS if name.startswith("http.")} == {
        f"http.{name}"
        for name in (
            "connection-refused",
            "dns-failure",
            "connect-timeout",
            "read-timeout",
            "connection-reset",
            "truncated-body",
            "server-error",
            "unavailable",
            "rate-limited",
            "unauthorized",
            "tls-failure",
            "redirect-loop",
        )
    }
    outages = {name for name, fault in FAULTS.items() if fault.outage and fault.family == "http"}
    assert outages == {"http.connection-refused", "http.unavailable"}


def test_order() -> None:
    safe, unsafe = sighting(), sighting(method="POST")
    read_timeout = FAULTS["http.read-timeout"]
    assert (read_timeout.order_at(unsafe), read_timeout.order_at(safe)) == (5, 10)
    assert FAULTS["http.connection-refused"].order_at(safe) == 2


def test_fields() -> None:
    assert [label for label, _ in fields(REPLY)] == [
        "id",
        "state",
        "items",
        "owner",
        "items[0].price",
        "items[0].tax",
        "owner.name",
    ]
    assert [label for label, _ in fields([{"a": 1}])] == ["[0].a"]
    assert list(fields([])) == list(fields("x")) == []


def test_only_fields_that_are_read() -> None:
    seen = sighting(REPLY)
    assert variants("reply.missing-field", seen) == []
    assert variants("reply.missing-field", seen, "price", "id") == ["id", "items[0].price"]
    assert variants("reply.missing-field", seen, "id", "state", "items", "owner") == ["id", "state", "items"]
    assert variants("reply.null-field", seen, "id", "state") == ["id"]


def test_only_json_is_malformed() -> None:
    for fault in ("reply.html", "reply.empty", "reply.truncated-json", "reply.wrong-shape"):
        assert variants(fault, sighting()) == []
        assert variants(fault, sighting("text")) == []
    assert variants("reply.html", sighting({})) == [""]
    assert variants("reply.wrong-shape", sighting({})) == ["null", "[]", '"ok"']
    assert variants("reply.wrong-shape", sighting([1])) == ["null", '"ok"']


@pytest.mark.parametrize(
    ("fault", "url", "method", "applies"),
    [
        ("http.tls-failure", "https://a.example/", "GET", True),
        ("http.tls-failure", "http://a.example/", "GET", False),
        ("http.dns-failure", "http://a.example/", "GET", True),
        ("http.dns-failure", "http://127.0.0.1:80/", "GET", False),
        ("http.dns-failure", "http://[::1]/", "GET", False),
        ("http.truncated-body", "http://a.example/", "HEAD", False),
        ("http.truncated-body", "http://a.example/", "GET", True),
    ],
)
def test_where_a_fault_applies(fault: str, url: str, method: str, applies: bool) -> None:
    assert variants(fault, sighting(url=url, method=method)) == ([""] if applies else [])


def test_malform() -> None:
    text = json.dumps(REPLY)

    def loaded(fault: str, variant: str) -> Any:
        odd = malform(fault, variant, text)
        assert odd is not None
        return json.loads(odd.body)

    assert "id" not in loaded("reply.missing-field", "id")
    assert loaded("reply.missing-field", "items[0].tax")["items"] == [{"price": "9.99"}, {"price": "1"}]
    assert loaded("reply.null-field", "owner.name")["owner"] == {"name": None}
    assert malform("reply.html", "", text) == (PAGE, "text/html; charset=utf-8")
    assert malform("reply.missing-field", "gone", text) is None
    for short in ("{}", "[]", '{"a": 1}', text):
        odd = malform("reply.truncated-json", "", short)
        assert odd is not None
        with pytest.raises(json.JSONDecodeError):
            json.loads(odd.body)
