from __future__ import annotations

import pytest

from pytest_prodready.trace import Call, Entry, Observation, Site, Trace, http_operation, normalise, observe

SITE = Site("app.py", 3, "get")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("/orders/17/items", "/orders/<n>/items"),
        ("/u/0b9d6f3e-1c2d-4e5f-8a9b-0c1d2e3f4a5b", "/u/<n>"),
        ("/c/3fa9c1d2", "/c/<n>"),
        ("/facade/decade", "/facade/decade"),
        ("/PX100", "/PX<n>"),
    ],
)
def test_normalise(text: str, plain: str) -> None:
    assert normalise(text) == plain


@pytest.mark.parametrize(
    ("method", "url", "operation", "host"),
    [
        ("post", "https://api.stripe.com/v1/charges?x=1", "POST api.stripe.com/v1/charges", "api.stripe.com"),
        ("GET", "http://me:secret@Api.Example:8080/a/12#top", "GET api.example:8080/a/<n>", "api.example"),
        ("GET", "http://127.0.0.1:43121/a", "GET 127.0.0.1/a", "127.0.0.1"),
        ("GET", "https://api.example:443", "GET api.example", "api.example"),
    ],
)
def test_http_operation(method: str, url: str, operation: str, host: str) -> None:
    assert http_operation(method, url) == (operation, host)


def call(entry: Entry, **fields: object) -> Call:
    made = Call("sqlite3", "db", "read", "read t", phase="call", site=SITE, path=(SITE,), entry=entry)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def test_observe_counts_what_can_be_failed() -> None:
    from pytest_prodready.trace import ErrorInfo

    entry = Entry("route", "GET /")
    failed = ErrorInfo("sqlite3.Error", ("sqlite3.Error",), "", "foreign")
    other = (SITE, Site("app.py", 9, "main"))
    trace = Trace("test_a", calls=[
        call(entry, phase="setup"), call(entry, site=None), call(entry, failable=False), call(entry, error=failed), call(entry),
        call(entry, path=other),
    ], entries=[entry])  # fmt: skip
    found = observe(trace)
    assert found.calls == 4
    assert found.seams == {"sqlite3": 5}
    (sighting,) = found.sightings
    assert sighting.occurrences == [2, 3]
    assert list(zip(sighting.paths, sighting.path_occurrences, strict=True)) == [((SITE,), 2), (other, 3)]


def test_an_observation_travels_as_plain_data() -> None:
    import json

    entry = Entry("route", "GET /")
    found = observe(Trace("test_a", calls=[call(entry)], entries=[entry]))
    assert Observation.from_json(json.loads(json.dumps(found.to_json()))) == found
