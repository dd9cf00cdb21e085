"""aiohttp's client: what is observed, and that an injected failure cannot be told from the real one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from pytest_prodready.seams import Seams
from pytest_prodready.seams import aiohttp_client as seam

from .conftest import JSON, Bench, Server

NAMED = "http://api.example.com/v1/orders/12"


@pytest.fixture
def aio(bench: Bench) -> Iterator[Bench]:
    seams = Seams([seam.SEAM])
    seams.install()
    yield bench
    seams.uninstall()


def ask(url: str, method: str = "GET", session: dict[str, Any] | None = None, **options: Any) -> Any:
    async def run() -> Any:
        async with (
            aiohttp.ClientSession(**(session or {})) as client,
            client.request(method, url, **options) as response,
        ):
            return response.status, await response.read()

    return asyncio.run(run())


def raised(url: str, method: str = "GET", session: dict[str, Any] | None = None, **options: Any) -> BaseException:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        ask(url, method, session, **options)
    return caught.value


def facts(exc: BaseException | None, port: int = 0) -> Any:
    """What a handler can see: class, arguments, message, causes."""
    if exc is None:
        return None
    text = str(exc).replace(f":{port}", ":PORT").replace(f", {port})", ", PORT)")
    cause = facts(exc.__cause__, port)
    return type(exc), text, getattr(exc, "errno", None), getattr(exc, "status", None), cause


def test_one_call_is_recorded(aio: Bench, server: Server) -> None:
    assert ask(server.url + "/orders/12?token=x") == (200, JSON)
    ask(server.url + "/orders", "POST", json={"id": 1}, timeout=aiohttp.ClientTimeout(total=3))
    get, post = aio.calls
    assert (get.seam, get.family, get.kind, get.operation) == ("aiohttp", "http", "request", "GET 127.0.0.1/orders/<n>")
    assert (get.timeout, get.waits_for_ever, get.effect, get.status) == (300.0, False, False, 200)
    assert get.reply == JSON.decode()
    assert (post.timeout, post.effect, post.payload) == (3.0, True, {"id": 1})


def test_it_may_wait_for_ever(aio: Bench, server: Server) -> None:
    ask(server.url, timeout=aiohttp.ClientTimeout(total=None))
    ask(server.url, session={"timeout": aiohttp.ClientTimeout(total=0, sock_read=4)})
    assert [(call.waits_for_ever, call.timeout) for call in aio.calls] == [(True, None), (False, 4.0)]


@pytest.mark.parametrize("verb", seam.VERBS)
def test_every_verb(aio: Bench, server: Server, verb: str) -> None:
    async def run() -> None:
        async with aiohttp.ClientSession() as client:
            with contextlib.suppress(aiohttp.ClientResponseError):  # this server sends a body after HEAD
                (await getattr(client, verb)(server.url + "/x")).release()

    asyncio.run(run())
    assert [call.operation for call in aio.calls] == [f"{verb.upper()} 127.0.0.1/x"]


def test_refused(aio: Bench, closed_port: int) -> None:
    url = f"http://127.0.0.1:{closed_port}/"
    real = raised(url)
    injected = aio.struck_by("http.connection-refused", lambda: ask(url))
    assert facts(injected) == facts(real)


def test_not_resolved(aio: Bench) -> None:
    injected = aio.struck_by("http.dns-failure", lambda: ask(NAMED))
    text = "Cannot connect to host api.example.com:80 ssl:default [Name or service not known]"
    assert (type(injected), str(injected)) == (aiohttp.ClientConnectorDNSError, text)
    assert isinstance(injected.__cause__, OSError)


def test_bad_certificate(aio: Bench) -> None:
    injected = aio.struck_by("http.tls-failure", lambda: ask(NAMED.replace("http:", "https:")))
    assert isinstance(injected, aiohttp.ClientConnectorCertificateError)
    assert injected.host == "api.example.com"


def test_not_connected_in_time(aio: Bench) -> None:
    injected = aio.struck_by("http.connect-timeout", lambda: ask(NAMED, timeout=aiohttp.ClientTimeout(sock_connect=2)))
    assert (type(injected), str(injected)) == (aiohttp.ConnectionTimeoutError, f"Connection timeout to host {NAMED}")
    assert isinstance(injected.__cause__, TimeoutError)
    assert aio.clock.passed == [2]


@pytest.mark.parametrize("times", [{"total": 0.2}, {"sock_read": 0.2}])
def test_no_answer_in_time(aio: Bench, server: Server, times: dict[str, float]) -> None:
    timeout = aiohttp.ClientTimeout(**times)
    real = raised(server.url + "/stall", timeout=timeout)
    injected = aio.struck_by("http.read-timeout", lambda: ask(server.url + "/x", timeout=timeout))
    assert facts(injected) == facts(real)
    assert aio.clock.passed == [0.2]


def test_reset(aio: Bench, server: Server) -> None:
    real = raised(server.url + "/reset", "POST")
    assert facts(aio.struck_by("http.connection-reset", lambda: ask(server.url + "/x", "POST"))) == facts(real)


def test_a_get_is_tried_again(aio: Bench, server: Server) -> None:
    """As it really is: the server of this path resets its first connection."""
    assert ask(server.url + "/flaky")[0] == 200
    assert len(server.seen) == 2
    with aio.fault("http.connection-reset"):
        assert ask(server.url + "/x") == (200, JSON)
    first, again = aio.calls[1:]
    assert (first.error is not None, again.error, again.tries) == (True, None, 0)


def test_cut_short(aio: Bench, server: Server) -> None:
    real = raised(server.url + "/truncated")
    with aio.fault("http.truncated-body"), pytest.raises(aiohttp.ClientPayloadError) as caught:
        ask(server.url + "/x")
    assert type(caught.value) is type(real)
    assert type(caught.value.__cause__) is type(real.__cause__)


@pytest.mark.parametrize(
    ("fault", "status"),
    [("server-error", 500), ("unavailable", 503), ("rate-limited", 429), ("unauthorized", 401)],
)
def test_answers(aio: Bench, server: Server, fault: str, status: int) -> None:
    with aio.fault(f"http.{fault}"):
        assert ask(server.url + "/x")[0] == status
    assert server.seen == []
    with aio.fault(f"http.{fault}"), pytest.raises(aiohttp.ClientResponseError) as caught:
        ask(server.url + "/x", raise_for_status=True)
    assert caught.value.status == status


def test_redirects_without_an_end(aio: Bench, server: Server) -> None:
    real = raised(server.url + "/loop")
    injected = aio.struck_by("http.redirect-loop", lambda: ask(server.url + "/x"))
    assert (type(injected), len(injected.history)) == (type(real), len(real.history))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fault", "variant", "body"),
    [("html", "", b"<html>"), ("empty", "", b""), ("missing-field", "id", b'{"items"')],
)
def test_odd_replies(aio: Bench, server: Server, fault: str, variant: str, body: bytes) -> None:
    with aio.fault(f"reply.{fault}", variant):
        status, found = ask(server.url + "/x")
    assert status == 200
    assert found.lower().replace(b"<!doctype html>", b"").strip().startswith(body)
    assert found != JSON


def test_nothing_is_left_open(aio: Bench, server: Server, recwarn: pytest.WarningsRecorder) -> None:
    for fault in ("http.connection-refused", "http.unavailable", "http.read-timeout", "reply.html"):
        with aio.fault(fault), contextlib.suppress(aiohttp.ClientError, TimeoutError):
            ask(server.url + "/x")
    assert len(aio.calls) == 4
    assert [str(w.message) for w in recwarn] == []


def test_above_what_replaces_the_inner_request(aio: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """As aioresponses does it."""

    async def double(session: Any, method: str, url: Any, **options: Any) -> Any:
        return Double()

    class Double:
        status = 200

        async def __aenter__(self) -> Any:
            return self

        async def __aexit__(self, *error: object) -> None: ...

        async def read(self) -> bytes:
            return JSON

    monkeypatch.setattr(aiohttp.ClientSession, "_request", double)
    assert ask(NAMED) == (200, JSON)
    injected = aio.struck_by("http.connection-refused", lambda: ask(NAMED))
    assert isinstance(injected, aiohttp.ClientConnectorError)
    with aio.fault("reply.html"):
        assert b"<html" in ask(NAMED)[1].lower()
    with aio.fault("http.connection-reset"):
        assert ask(NAMED) == (200, JSON)  # it was tried again, and reaches the double
