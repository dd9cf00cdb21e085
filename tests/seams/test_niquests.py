"""niquests: what is observed, and that an injected failure cannot be told from the real one.

It is no part of what `make test` installs: urllib3-future, which comes with it, takes the place of urllib3.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest

from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import niquests as seam

from .conftest import JSON, Bench, Server, alike, chain

try:
    import niquests
except ImportError:
    niquests = None


@pytest.fixture(autouse=True)
def seams(bench: Bench) -> Iterator[None]:
    if niquests is None:
        pytest.skip("niquests is not installed")
    seams = Seams([seam.SEAM])
    seams.install()
    yield
    seams.uninstall()


def get(url: str, asynchronous: bool, method: str = "GET", retries: Any = None, **options: Any) -> Any:
    made = {} if retries is None else {"retries": retries}
    if not asynchronous:
        with niquests.Session(**made) as session:
            return session.request(method, url, **options)

    async def main() -> Any:
        async with niquests.AsyncSession(**made) as session:
            return await session.request(method, url, **options)

    return asyncio.run(main())


KINDS = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


@KINDS
def test_one_call_is_one_call(bench: Bench, server: Server, asynchronous: bool) -> None:
    assert get(f"{server.url}/ok", asynchronous, timeout=(1, 4)).json() == json.loads(JSON)
    get(f"{server.url}/ok", asynchronous, "POST", json={"a": 1})
    one, two = bench.calls
    assert (one.seam, one.family, one.operation) == ("niquests", "http", "GET 127.0.0.1/ok")
    assert (one.timeout, one.effect, one.waits_for_ever, one.reply) == (4.0, False, False, JSON.decode())
    assert (two.timeout, two.effect, two.waits_for_ever) == (120.0, True, False), "the library's own time-out"
    assert len(server.seen) == 2


@KINDS
@pytest.mark.parametrize(
    ("fault", "path", "options"),
    [
        ("http.connection-refused", "closed", {}),
        ("http.dns-failure", "unknown", {}),
        ("http.connection-reset", "reset", {}),
        ("http.read-timeout", "stall", {"timeout": 0.2}),
        ("http.truncated-body", "truncated", {}),
        ("http.redirect-loop", "loop", {}),
    ],
)
def test_like_the_real_one(
    bench: Bench, server: Server, closed_port: int, fault: str, path: str, options: Any, asynchronous: bool
) -> None:
    urls = {"closed": f"http://127.0.0.1:{closed_port}/ok", "unknown": "http://nothing.invalid/ok"}
    url = urls.get(path, f"{server.url}/{path}")
    with pytest.raises(niquests.RequestException) as real:
        get(url, asynchronous, **options)
    asked = len(server.seen)
    if fault in ("http.truncated-body", "http.read-timeout"):
        url = f"{server.url}/ok"  # it comes after the effect
    injected = bench.struck_by(fault, lambda: get(url, asynchronous, **options))
    if fault == "http.truncated-body":
        assert type(injected) is type(real.value)
        assert chain(injected) == chain(real.value)
        assert (
            str(injected) == f"IncompleteRead({len(JSON) // 2} bytes read, {len(JSON) - len(JSON) // 2} more expected)"
        )
    elif fault == "http.read-timeout" and asynchronous:
        assert type(injected) is type(real.value)
        assert str(injected).replace("/ok", "") == str(real.value).replace("/stall", "")
    else:
        alike(injected, real.value, ("'", '"'))
    assert len(server.seen) == asked + (fault in ("http.truncated-body", "http.read-timeout"))


@KINDS
@pytest.mark.parametrize(("fault", "status"), [("http.unavailable", 503), ("http.rate-limited", 429)])
def test_an_answer(bench: Bench, server: Server, fault: str, status: int, asynchronous: bool) -> None:
    with bench.fault(fault):
        response = get(f"{server.url}/ok", asynchronous)
    assert (response.status_code, server.seen) == (status, [])
    with pytest.raises(niquests.HTTPError):
        response.raise_for_status()


@KINDS
def test_an_odd_reply(bench: Bench, server: Server, asynchronous: bool) -> None:
    with bench.fault("reply.html"):
        response = get(f"{server.url}/ok", asynchronous)
    assert response.status_code == 200
    with pytest.raises(niquests.JSONDecodeError):
        response.json()
    with bench.fault("reply.missing-field", variant="id"):
        assert get(f"{server.url}/ok", asynchronous).json() == {"items": [{"price": "9.99"}]}


@KINDS
def test_its_own_retries_are_honoured(bench: Bench, server: Server, asynchronous: bool) -> None:
    from niquests.packages.urllib3.util import Retry

    policy = Retry(total=3, backoff_factor=2, allowed_methods=None)
    with bench.fault("http.connection-reset"):
        assert get(f"{server.url}/ok", asynchronous, retries=policy).status_code == 200
    assert len(server.seen) == 1
    with bench.fault("http.connection-refused"), pytest.raises(niquests.ConnectionError):
        get(f"{server.url}/ok", asynchronous, retries=policy)
    assert bench.calls[-1].tries == 4
    assert sum(bench.clock.passed) > 5, "back-off passes in virtual time"


@KINDS
def test_above_a_double(bench: Bench, asynchronous: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the adapter's place is not asked, and who asks for it gets the library's own error."""

    def answer(self: Any, request: Any, **options: Any) -> Any:
        raise AssertionError("the double was asked")

    kind = niquests.adapters.AsyncHTTPAdapter if asynchronous else niquests.adapters.HTTPAdapter
    monkeypatch.setattr(kind, "send", answer)
    error = bench.struck_by("http.connection-refused", lambda: get("https://api.example.com/", asynchronous))
    assert type(error) is niquests.ConnectionError
    assert "api.example.com" in str(error)


def test_an_answer_that_is_streamed_asynchronously_is_left_alone(bench: Bench, server: Server) -> None:
    async def main() -> int:
        async with niquests.AsyncSession() as session:
            response = await session.get(f"{server.url}/ok", stream=True)
            return len(await response.content)

    with bench.fault("http.unavailable"):
        assert asyncio.run(main()) == len(JSON)
    assert bench.struck == []


def test_the_canary(bench: Bench) -> None:
    hub.stop()
    assert hub.sees(lambda: seam.canary(niquests))
