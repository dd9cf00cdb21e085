"""urllib3 by itself: what is observed, its own retries, and that injected failures are those it really has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import urllib3
from urllib3.util import Retry, Timeout

from pytest_prodready.seams import urllib3 as seam

from .conftest import JSON, Bench, Server, alike, chain

URL = "https://api.example.com/v1/orders/12?token=x"


def manager(**options: Any) -> urllib3.PoolManager:
    return urllib3.PoolManager(**{"timeout": 5, "retries": False, **options})


def real(act: Callable[[], Any]) -> BaseException:
    with pytest.raises(urllib3.exceptions.HTTPError) as caught:
        act()
    return caught.value


# ---------------------------------------------------------------------- observation
def test_one_call_is_recorded(bench: Bench, server: Server) -> None:
    assert urllib3.PoolManager(timeout=4).request("GET", f"{server.url}/v1/orders/12").json()["id"] == 7
    with urllib3.HTTPConnectionPool("127.0.0.1", server.port, timeout=3) as pool:
        pool.request("POST", "/v1/orders", json={})
        pool.urlopen("GET", "/v1/x", timeout=Timeout(connect=1, read=2))
    get, post, third = bench.calls
    assert (get.seam, get.family, get.kind, get.operation) == (
        "urllib3",
        "http",
        "request",
        "GET 127.0.0.1/v1/orders/<n>",
    )
    assert (get.target, get.timeout, get.effect, get.reply) == ("127.0.0.1", 4.0, False, JSON.decode())
    assert (post.operation, post.effect, post.timeout) == ("POST 127.0.0.1/v1/orders", True, 3.0)
    assert post.statement == f"{server.url}/v1/orders"
    assert (third.timeout, third.waits_for_ever) == (2.0, False)


@pytest.mark.parametrize(
    ("timeout", "for_ever", "read"),
    [
        (None, True, None),
        (Timeout(), True, None),
        (Timeout(total=3), False, 3),
        (Timeout(connect=1), True, None),
        (Timeout(connect=1, read=2), False, 2),
        (Timeout(total=1, read=2), False, 1),
        (2.5, False, 2.5),
    ],
)
def test_timeouts(bench: Bench, server: Server, timeout: Any, for_ever: bool, read: Any) -> None:
    urllib3.PoolManager().request("GET", server.url, timeout=timeout)
    urllib3.PoolManager(timeout=timeout).request("GET", server.url)
    for call in bench.calls:
        assert (call.waits_for_ever, call.timeout) == (for_ever, read)


def test_none_is_set_by_default(bench: Bench, server: Server) -> None:
    urllib3.PoolManager().request("GET", server.url)
    urllib3.HTTPConnectionPool("127.0.0.1", server.port).request("GET", "/")
    assert [call.waits_for_ever for call in bench.calls] == [True, True]


def test_who_made_the_manager(bench: Bench, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seam.hub, "origin", lambda frame: "test")
    urllib3.PoolManager().request("GET", server.url)
    assert bench.calls[0].passed_in


def test_requests_counts_itself(bench: Bench, server: Server) -> None:
    import requests

    requests.get(server.url, timeout=1)
    assert [call.seam for call in bench.calls] == ["requests"]


# ---------------------------------------------------------------------- against real failures
@pytest.mark.parametrize("retries", [False, None, 1], ids=str)
class TestLikeReal:
    def test_refused(self, bench: Bench, closed_port: int, retries: Any) -> None:
        act = lambda: manager(retries=retries).request("GET", f"http://127.0.0.1:{closed_port}/a")  # noqa: E731
        injected, found = bench.struck_by("http.connection-refused", act), real(act)
        alike(injected, found)
        expected = ["NewConnectionError", "ConnectionRefusedError"][retries is False :]
        assert chain(injected) == [("cause", True, name) for name in expected]

    def test_reset(self, bench: Bench, server: Server, retries: Any) -> None:
        found = real(lambda: manager(retries=retries).request("GET", f"{server.url}/reset"))
        server.seen.clear()
        if retries is False:
            act = lambda: manager(retries=False).request("GET", f"{server.url}/ok")  # noqa: E731
            alike(bench.struck_by("http.connection-reset", act), found)
            assert server.seen == []
        else:  # it tries again, as it does in production
            with bench.fault("http.connection-reset"):
                assert manager(retries=retries).request("GET", f"{server.url}/ok").status == 200
            assert server.seen == ["GET /ok"]

    def test_truncated(self, bench: Bench, server: Server, retries: Any) -> None:
        found = real(lambda: manager(retries=retries).request("GET", f"{server.url}/truncated"))
        server.seen.clear()
        if retries is False:
            act = lambda: manager(retries=False).request("GET", f"{server.url}/ok")  # noqa: E731
            half = len(JSON) // 2
            masks = (f"{half} bytes", f"{len(JSON) - half} more", "20 bytes", "20 more")
            alike(bench.struck_by("http.truncated-body", act), found, masks=masks)
        else:
            with bench.fault("http.truncated-body"):
                assert manager(retries=retries).request("GET", f"{server.url}/ok").status == 200
            assert server.seen == ["GET /ok", "GET /ok"]


def test_connect_timeout(bench: Bench, full_port: int) -> None:
    act = lambda: manager(timeout=0.2).request("GET", f"http://127.0.0.1:{full_port}/ok")  # noqa: E731
    alike(bench.struck_by("http.connect-timeout", act), real(act))
    assert bench.clock.passed == [0.2]


def test_read_timeout(bench: Bench, server: Server) -> None:
    found = real(lambda: manager(timeout=0.2).request("GET", f"{server.url}/stall"))
    with bench.fault("http.read-timeout"), pytest.raises(urllib3.exceptions.ReadTimeoutError) as caught:
        manager(timeout=0.2).request("GET", f"{server.url}/ok")
    alike(caught.value, found)
    assert server.seen == ["GET /stall", "GET /ok"], "the request was served"
    assert bench.clock.passed == [0.2]


def test_tls(bench: Bench) -> None:
    injected = bench.struck_by("http.tls-failure", lambda: manager(retries=0).request("GET", URL))
    assert isinstance(injected, urllib3.exceptions.MaxRetryError)
    assert isinstance(injected.reason, urllib3.exceptions.SSLError)
    assert chain(injected) == [("cause", True, "SSLError"), ("context", False, "SSLCertVerificationError")]


def test_redirect_loop(bench: Bench, server: Server) -> None:
    found = real(lambda: manager(retries=None).request("GET", f"{server.url}/loop"))
    seen = len(server.seen)
    url = f"{server.url}/loop"
    injected = bench.struck_by("http.redirect-loop", lambda: manager(retries=None).request("GET", url))
    alike(injected, found, masks=(url, "/loop"))
    assert len(server.seen) == seen


@pytest.mark.parametrize("owner", ["manager", "pool"])
@pytest.mark.parametrize(
    ("fault", "status"),
    [("http.server-error", 500), ("http.rate-limited", 429), ("http.unauthorized", 401), ("http.unavailable", 503)],
)
def test_answers(bench: Bench, server: Server, fault: str, status: int, owner: str) -> None:
    pool: Any = manager() if owner == "manager" else urllib3.HTTPConnectionPool("127.0.0.1", server.port, timeout=5)
    url = f"{server.url}/ok" if owner == "manager" else "/ok"
    with bench.fault(fault):
        injected = pool.request("GET", url, retries=False)
        streamed = pool.request("GET", url, retries=False, preload_content=False)
    assert (injected.status, bool(injected.data)) == (status, True)
    assert b"".join(streamed.stream())
    found = pool.request("GET", url.replace("ok", str(status)), retries=False)
    assert set(vars(injected)) - set(vars(found)) == set()


@pytest.mark.parametrize("preload", [True, False])
@pytest.mark.parametrize(
    ("fault", "variant", "body"),
    [
        ("reply.empty", "", b""),
        ("reply.missing-field", "items[0].price", b'{"id": 7, "items": [{}]}'),
        ("reply.missing-field", "nowhere", JSON),
    ],
)
def test_odd_replies(bench: Bench, server: Server, fault: str, variant: str, body: bytes, preload: bool) -> None:
    with bench.fault(fault, variant):
        response = manager().request("GET", f"{server.url}/ok", preload_content=preload)
    assert (response.status, response.data) == (200, body)
    assert response.headers["Content-Type"] == "application/json"
    assert (bench.calls[0].faulted is None) is (variant == "nowhere")


# ---------------------------------------------------------------------- its own retries
def test_an_outage_uses_up_all_attempts(bench: Bench, server: Server) -> None:
    policy = Retry(total=3, backoff_factor=1)
    http = manager(retries=policy)
    with bench.fault("http.connection-refused"), pytest.raises(urllib3.exceptions.MaxRetryError) as caught:
        http.request("GET", f"{server.url}/ok")
    assert isinstance(caught.value.reason, urllib3.exceptions.NewConnectionError)
    assert sum(bench.clock.passed) == 0 + 2 + 4
    assert server.seen == []
    assert type(policy) is Retry, "the application's own policy is not touched"


def test_retry_after_is_respected(bench: Bench, server: Server) -> None:
    with bench.fault("http.unavailable"):
        found = manager(retries=None).request("GET", f"{server.url}/ok")
    assert (found.status, bench.clock.passed) == (503, [120, 120, 120]), "asked four times, then returned"
    bench.clock.passed.clear()
    policy = Retry(total=2, status_forcelist=[503], respect_retry_after_header=False, backoff_factor=0.5)
    with bench.fault("http.unavailable"), pytest.raises(urllib3.exceptions.MaxRetryError, match="too many 503"):
        manager(retries=policy).request("GET", f"{server.url}/ok")
    assert sum(bench.clock.passed) == 1


def test_methods_that_are_not_repeated(bench: Bench, server: Server) -> None:
    policy = Retry(total=3, status_forcelist=[500])
    with bench.fault("http.server-error"):
        assert manager(retries=policy).request("GET", f"{server.url}/ok").status == 200
    with bench.fault("http.server-error"):
        assert manager(retries=policy).request("POST", f"{server.url}/ok").status == 500
    with bench.fault("http.connection-reset"), pytest.raises(urllib3.exceptions.ProtocolError):
        manager(retries=policy).request("POST", f"{server.url}/ok")


def test_a_request_that_was_served_twice(bench: Bench, server: Server) -> None:
    policy = Retry(total=2, allowed_methods=None)
    with bench.fault("http.read-timeout"):
        assert manager(retries=policy).request("POST", f"{server.url}/ok").status == 200
    assert server.seen == ["POST /ok", "POST /ok"]
    assert [call.faulted for call in bench.calls] == ["http.read-timeout", None]
