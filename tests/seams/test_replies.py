"""Which faults apply to a reply that was observed, and what they make of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pytest_prodready.faults import built_in_faults
from pytest_prodready.faults.reply import PAGE, fields, malform
from pytest_prodready.observation import Sighting
from pytest_prodready.trace import Point, http_operation, reply_text

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


def loaded(fault: str, variant: str, reply: Any) -> Any:
    odd = malform(fault, variant, json.dumps(reply))
    return None if odd is None else json.loads(odd.body)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (7, "7"),
        (9.5, "9.5"),
        (True, "true"),
        (False, "false"),
        ("12", 12),
        ("9.99", 9.99),
        ("007", {"value": "007"}),
        ("Ann", {"value": "Ann"}),
        ([{"a": 1}, {"a": 2}], {"a": 1}),
        ([1, 2], "1,2"),
        ([], ""),
        ({"a": 1}, [{"a": 1}]),
    ],
)
def test_another_type(before: Any, after: Any) -> None:
    assert loaded("reply.wrong-type", "data.x", {"data": {"x": before}}) == {"data": {"x": after}}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("status", "paid", "something_new"),
        ("status", "PAID", "SOMETHING_NEW"),
        ("orderState", "Open", "SomethingNew"),
        ("order_state", "in-transit", "something_new"),
        ("currency", "EUR", "XTS"),
        ("default_currency", "eur", "xts"),
    ],
)
def test_a_value_that_was_not_known(name: str, before: str, after: str) -> None:
    assert loaded("reply.unknown-value", f"items[0].{name}", {"items": [{name: before}]}) == {"items": [{name: after}]}


def test_which_fields_hold_one_of_a_few_words() -> None:
    reply = {"status": "ok", "state": 3, "type": "a long text", "name": "paid", "kind": None, "mode": "x" * 41}
    assert variants("reply.unknown-value", sighting(reply), *reply) == ["status"]
    assert variants("reply.unknown-value", sighting(reply)) == []
    assert variants("reply.wrong-type", sighting(reply), "state", "kind") == ["state"]
    assert malform("reply.unknown-value", "name", json.dumps(reply)) is None


def test_fields_that_were_added() -> None:
    assert variants("reply.extra-field", sighting({})) == [""]
    assert variants("reply.extra-field", sighting([1])) == []
    added = {"reference": "n-1", "active": True}
    reply = {"a": [{"b": 1}], "c": {"d": 2}}
    assert loaded("reply.extra-field", "", reply) == {
        "a": [{"b": 1, "added_later": added}],
        "c": {"d": 2, "added_later": added},
        "added_later": added,
    }


def test_another_encoding() -> None:
    assert variants("reply.bad-encoding", sighting({"a": 1})) == []
    assert variants("reply.bad-encoding", sighting({"a": {"b": "x"}})) == [""]
    odd = malform("reply.bad-encoding", "", json.dumps({"a": {"b": "x"}}))
    assert odd is not None
    with pytest.raises(UnicodeDecodeError):
        json.loads(odd.body)
    assert json.loads(odd.body.decode("latin-1")) == {"a": {"b": "x\u00e9"}}


def test_the_first_field_where_none_is_named() -> None:
    assert loaded("reply.missing-field", "", {"a": 1, "b": 2}) == {"b": 2}
    assert loaded("reply.null-field", "", {"a": None, "b": 2}) == {"a": None, "b": None}
    assert malform("reply.missing-field", "", "[]") is None


def test_what_standard_makes_of_it() -> None:
    """These are for `thorough`: they tell less than those that stand before them."""
    for name in ("wrong-type", "unknown-value", "extra-field", "bad-encoding"):
        assert FAULTS[f"reply.{name}"].order_at(sighting({})) == 10


XML = '<?xml version="1.0"?><rates><rate currency="USD">1.1</rate></rates>'


@pytest.mark.parametrize(
    ("content", "kind", "kept"),
    [
        (b'{"a": 1}', None, '{"a": 1}'),
        (b'{"a": 1}', "text/html", '{"a": 1}'),
        (XML.encode(), "application/xml; charset=utf-8", XML),
        (XML.encode(), "application/atom+xml", XML),
        (b"a;b", "text/csv", "a;b"),
        (b"<html>", "text/html", None),
        (b"a;b", None, None),
        (b"\xff", "text/csv", None),
        (b" ", "text/plain", None),
        (b"a" * 70_000, "text/plain", None),
    ],
)
def test_replies_that_programs_read(content: bytes, kind: Any, kept: Any) -> None:
    assert reply_text(content, {"Content-Type": kind}) == kept
    assert reply_text(content, None) == (kept if kept == '{"a": 1}' else None)


def test_other_text_is_malformed_too() -> None:
    seen = sighting()
    seen.reply = XML
    applies = {name for name in FAULTS if name.startswith("reply.") and FAULTS[name].variants(seen, words("rate"))}
    assert applies == {"reply.html", "reply.empty"}
    seen.reply = "name;Zo\u00eb"
    assert variants("reply.bad-encoding", seen) == [""]
    assert malform("reply.bad-encoding", "", seen.reply) == (b"name;Zo\xeb", None)
    assert malform("reply.html", "", XML) == (PAGE, "text/html; charset=utf-8")
