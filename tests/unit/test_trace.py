"""What differs from run to run is taken out of operations; a trace is reduced to its points."""

from __future__ import annotations

import json

import pytest

from pytest_prodready.observation import Observation, observe
from pytest_prodready.trace import (
    LARGEST_REPLY,
    Call,
    Entry,
    ErrorInfo,
    Outcome,
    Request,
    Site,
    Stack,
    Trace,
    http_operation,
    json_text,
    normalise,
)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("orders", "orders"),
        ("orders/17", "orders/<n>"),
        ("orders_17_lines", "orders_<n>_lines"),
        ("0b1f8a1e-3c5d-4e6f-8a9b-0c1d2e3f4a5b", "<n>"),
        ("0B1F8A1E-3C5D-4E6F-8A9B-0C1D2E3F4A5B.pdf", "<n>.pdf"),
        ("deadbeef", "deadbeef"),  # a word, as long as no digit is in it
        ("/facade/decade", "/facade/decade"),
        ("/orders/17/items", "/orders/<n>/items"),
        ("/PX100", "/PX<n>"),
        ("/id/1/activate/MQ.awaq1A.1LbVPDFfM9zDfwBgU5U6HjXciKg", "/id/<n>/activate/<n>"),
        ("/docs/TheWholeStoryOfCharges", "/docs/TheWholeStoryOfCharges"),
        ("deadb33f", "<n>"),
        ("1a2b3", "<n>a<n>b<n>"),  # hex of fewer than 6
        ("a1b2c3", "<n>"),
        ("xa1b2c3", "xa<n>b<n>c<n>"),  # part of a longer word
        ("/payments/tr_7UhSN1zuXS", "/payments/tr_<n>"),
        ("/orders/5O190127TN/capture", "/orders/<n>/capture"),
        ("/oauth2/sha256sums", "/oauth<n>/sha<n>sums"),
        ("", ""),
    ],
)
def test_normalise(text: str, normal: str) -> None:
    assert normalise(text) == normal
    assert normalise(normal) == normal


@pytest.mark.parametrize(
    ("url", "operation", "host"),
    [
        ("https://api.example/v1/charges", "GET api.example/v1/charges", "api.example"),
        ("https://API.Example/v1/Charges", "GET api.example/v1/Charges", "api.example"),
        ("https://api.example/orders/17?page=2#top", "GET api.example/orders/<n>", "api.example"),
        ("https://user:pass@api.example/x", "GET api.example/x", "api.example"),
        ("https://api.example/v1/reset/MQ.awaq1A.1LbVPDFfM9zDfwBg", "GET api.example/v1/reset/<n>", "api.example"),
        ("https://api.example:443/x", "GET api.example/x", "api.example"),
        ("http://api.example:80/x", "GET api.example/x", "api.example"),
        ("http://me:secret@Api.Example:8080/a/12#top", "GET api.example:8080/a/<n>", "api.example"),
        ("https://api.example:443", "GET api.example", "api.example"),
        ("http://localhost:54321/x", "GET localhost/x", "localhost"),
        ("http://127.0.0.1:54321/x", "GET 127.0.0.1/x", "127.0.0.1"),
        ("http://[::1]:54321/x", "GET [::1]/x", "[::1]"),
        ("http://api.example", "GET api.example", "api.example"),
        ("http://api.example?page=2", "GET api.example", "api.example"),
        ("http+unix://%2Ftmp%2Fsocket/info", "GET %2ftmp%2fsocket/info", "%2ftmp%2fsocket"),
        ("https://api.example/v2/x/v2beta", "GET api.example/v2/x/v<n>beta", "api.example"),
        ("https://api.example/login/mail@home", "GET api.example/login/mail@home", "api.example"),
        ("", "GET ", ""),
    ],
)
def test_http_operation(url: str, operation: str, host: str) -> None:
    assert http_operation("get", url) == (operation, host)


def test_the_method_is_part_of_the_operation() -> None:
    assert http_operation("post", "https://api.example/v1/charges?x=1")[0] == "POST api.example/v1/charges"


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b'{"a": 1}', '{"a": 1}'),
        ('{"a": 1}', '{"a": 1}'),
        ("[ä]", None),
        ('["ä"]'.encode(), '["ä"]'),
        ('["ä"]'.encode("utf-16"), '["ä"]'),
        (b"<html>", None),
        (b"", None),
        (b"\xff\xfe\xfd", None),
        (b"[" * 20_000, None),
        (json.dumps("x" * LARGEST_REPLY), None),
    ],
    ids=range(10),
)
def test_json_text(content: bytes | str, kept: str | None) -> None:
    assert json_text(content) == kept


A, B, C = Site("a.py", 1, "a"), Site("b.py", 2, "b"), Site("c.py", 3, "c")
ROUTE = Entry("route", "GET /")


def call(number: int, site: Site | None = A, path: tuple[Site, ...] = (A,), **more: object) -> Call:
    given = {"phase": "call", "site": site, "path": path, "entry": ROUTE if site else None, **more}
    return Call("sqlite3", "db", "write", "write t", number=number, **given)  # type: ignore[arg-type]


def failed() -> ErrorInfo:
    return ErrorInfo("KeyError", ("KeyError",), "'x'", "foreign")


def test_observe_counts_and_leaves_out() -> None:
    trace = Trace("test_x", calls=[
        call(0, phase="setup"), call(1), call(2, site=None, path=()), call(3, failable=False),
        call(4, error=failed()), call(5, path=(A, B)), call(6, path=(A, C)), call(7, path=(A, B)),
        call(8, phase="teardown"),
    ], entries=[ROUTE, ROUTE])  # fmt: skip
    found = observe(trace)
    assert found.seams == {"sqlite3": 7}  # of the body
    assert found.calls == 6  # the application's
    assert found.entries == [("route", "GET /")]
    (sighting,) = found.sightings
    assert sighting.point == (A, "write t", "GET /")
    assert sighting.occurrences == [1, 3, 4, 5]  # the second failed anyway
    assert sighting.paths == [(A,), (A, B), (A, C)]
    assert sighting.path_occurrences == [1, 3, 4]


def test_later_requests_are_kept_for_their_fields() -> None:
    entries, calls = [], []
    for number, query in enumerate(("page=1", "page=2", "sort=name", "sort=id&page=3")):
        entry = Entry("route", "GET /", number=number, request=Request("GET", "/", query))
        entry.outcome = Outcome("response", 200)
        entries.append(entry)
        arrived = Call("flask", "incoming", "receive", "receive GET /", number=number, phase="call", site=A, path=(A,))
        arrived.entry = entry
        calls.append(arrived)
    [found] = observe(Trace("test_x", calls=calls, entries=entries)).sightings
    assert found.request is not None
    assert [found.request["query"], *(one["query"] for one in found.others)] == ["page=1", "sort=name"]
    assert [one["number"] for one in found.others] == [2]


def test_an_observation_travels_as_json() -> None:
    found = observe(Trace("test_x", calls=[call(0), call(1, path=(A, B))], entries=[ROUTE]))
    found.location = ("test_x.py", 3, "test_x")
    assert Observation.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_a_stack_goes_on_where_its_task_was_started() -> None:
    parent = Stack(B, (B, C))
    assert Stack(A, (A,)).below(parent).path == (A, B, C)
    assert Stack().below(parent).site == B  # a library's task
    assert Stack(A, (A,), ended=True).below(parent).path == (A,)  # it came to the test by itself
    assert Stack(A, (A,)).below(None).path == (A,)
    assert Stack().below(Stack(from_test=True)).from_test
    assert not Stack(A, (A,)).below(Stack(from_test=True)).from_test
