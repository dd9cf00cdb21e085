"""http.client: what is observed, and that an injected failure leaves the connection as the real one does."""

from __future__ import annotations

import gc
import http.client
import json
import weakref
from collections.abc import Callable
from typing import Any

import pytest

from pytest_prodready.seams import http_client as seam

from .conftest import JSON, Bench, Server, alike


class Asked:
    """One connection that is used as people use it."""

    def __init__(self, host: str, port: int, timeout: float | None = 5, secure: bool = False) -> None:
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self.connection: Any = kind(host, port, timeout=timeout)

    def get(self, path: str, method: str = "GET") -> bytes:
        self.connection.request(method, path, headers={"Accept": "application/json"})
        data: bytes = self.connection.getresponse().read()
        return data

    @property
    def state(self) -> tuple[bool, str]:
        return self.connection.sock is None, self.connection._HTTPConnection__state


def real(act: Callable[[], Any]) -> BaseException:
    with pytest.raises((OSError, http.client.HTTPException)) as caught:
        act()
    return caught.value


def test_one_call_is_recorded(bench: Bench, server: Server) -> None:
    asked = Asked("127.0.0.1", server.port, timeout=4)
    assert json.loads(asked.get("/v1/orders/12?a=b"))["id"] == 7
    assert asked.get("/v1/orders", "POST")
    Asked("127.0.0.1", server.port, timeout=None).get("/x")
    get, post, endless = bench.calls
    assert (get.seam, get.family, get.kind) == ("http.client", "http", "request")
    assert (get.operation, get.target, get.timeout) == ("GET 127.0.0.1/v1/orders/<n>", "127.0.0.1", 4.0)
    assert get.statement == f"{server.url}/v1/orders/12?a=b"
    assert (get.effect, get.waits_for_ever, get.reply) == (False, False, JSON.decode())
    assert (post.operation, post.effect) == ("POST 127.0.0.1/v1/orders", True)
    assert endless.waits_for_ever


def test_a_failure_of_the_ordinary_run_is_the_calls(bench: Bench, server: Server) -> None:
    real(lambda: Asked("127.0.0.1", server.port).get("/reset"))
    assert bench.calls[0].error is not None
    assert bench.calls[0].error.name == "ConnectionResetError"


def test_who_made_the_connection(bench: Bench, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seam.hub, "origin", lambda frame: "test")
    Asked("127.0.0.1", server.port).get("/ok")
    assert bench.calls[0].passed_in


# ---------------------------------------------------------------------- against real failures
def test_refused(bench: Bench, closed_port: int) -> None:
    first, second = Asked("127.0.0.1", closed_port), Asked("127.0.0.1", closed_port)
    found = real(lambda: first.get("/a"))
    alike(bench.struck_by("http.connection-refused", lambda: second.get("/a")), found)
    assert first.state == second.state == (True, "Request-sent")
    for asked in (first, second):
        with pytest.raises(http.client.CannotSendRequest):
            asked.get("/a")


def test_a_connection_that_was_kept_alive(bench: Bench, server: Server) -> None:
    asked = Asked("127.0.0.1", server.port)
    asked.get("/ok")
    assert isinstance(bench.struck_by("http.connection-refused", lambda: asked.get("/ok")), ConnectionRefusedError)
    asked.connection.close()
    assert asked.get("/ok") == JSON, "the next request connects anew"


def test_an_outage_of_a_connection_that_is_not_closed(bench: Bench, closed_port: int) -> None:
    asked = Asked("127.0.0.1", closed_port)
    with bench.fault("http.connection-refused"):
        with pytest.raises(ConnectionRefusedError):
            asked.get("/a")
        with pytest.raises(http.client.CannotSendRequest):
            asked.get("/a")


def test_connect_timeout(bench: Bench, full_port: int) -> None:
    first, second = Asked("127.0.0.1", full_port, 0.2), Asked("127.0.0.1", full_port, 0.2)
    found = real(lambda: first.get("/"))
    alike(bench.struck_by("http.connect-timeout", lambda: second.get("/")), found)
    assert bench.clock.passed == [0.2]
    assert first.state == second.state


def test_read_timeout(bench: Bench, server: Server) -> None:
    first, second = Asked("127.0.0.1", server.port, 0.2), Asked("127.0.0.1", server.port, 0.2)
    found = real(lambda: first.get("/stall"))
    alike(bench.struck_by("http.read-timeout", lambda: second.get("/ok")), found)
    assert first.state == second.state == (False, "Request-sent")
    assert server.seen == ["GET /stall", "GET /ok"], "the request was served"
    assert bench.clock.passed == [0.2]
    assert bench.calls[1].effect_happened
    for asked in (first, second):
        with pytest.raises(http.client.CannotSendRequest):
            asked.get("/ok")


def test_reset(bench: Bench, server: Server) -> None:
    first, second = Asked("127.0.0.1", server.port), Asked("127.0.0.1", server.port)
    found = real(lambda: first.get("/reset"))
    alike(bench.struck_by("http.connection-reset", lambda: second.get("/ok")), found)
    assert first.state == second.state == (True, "Idle")
    assert bench.calls[1].error is not None
    assert bench.calls[1].error.injected
    assert first.get("/ok") == second.get("/ok") == JSON


def test_truncated(bench: Bench, server: Server) -> None:
    found = real(lambda: Asked("127.0.0.1", server.port).get("/truncated"))
    asked = Asked("127.0.0.1", server.port)
    with bench.fault("http.truncated-body"), pytest.raises(http.client.IncompleteRead) as caught:
        asked.get("/ok")
    half = len(JSON) // 2
    alike(caught.value, found, masks=(f"{half} bytes", f"{len(JSON) - half} more", "20 bytes", "20 more"))
    with pytest.raises(http.client.RemoteDisconnected):
        asked.get("/ok")


def test_tls(bench: Bench) -> None:
    asked = Asked("api.example.com", 443, secure=True)
    injected = bench.struck_by("http.tls-failure", lambda: asked.get("/"))
    assert "CERTIFICATE_VERIFY_FAILED" in str(injected)
    assert bench.calls[0].statement == "https://api.example.com/"


@pytest.mark.parametrize(
    ("fault", "status"),
    [("http.server-error", 500), ("http.unavailable", 503), ("http.rate-limited", 429), ("http.unauthorized", 401)],
)
def test_answers(bench: Bench, server: Server, fault: str, status: int) -> None:
    asked = Asked("127.0.0.1", server.port)
    with bench.fault(fault):
        asked.connection.request("GET", "/ok")
        response = asked.connection.getresponse()
        assert (response.status, bool(response.reason)) == (status, True)
        assert response.read()
    assert server.seen == []
    assert asked.get("/ok") == JSON


@pytest.mark.parametrize(
    ("fault", "variant", "body"),
    [
        ("reply.empty", "", b""),
        ("reply.wrong-shape", "null", b"null"),
        ("reply.missing-field", "items[0].price", b'{"id": 7, "items": [{}]}'),
        ("reply.missing-field", "nowhere", JSON),
    ],
)
def test_odd_replies(bench: Bench, server: Server, fault: str, variant: str, body: bytes) -> None:
    with bench.fault(fault, variant):
        assert Asked("127.0.0.1", server.port).get("/ok") == body
    assert (bench.calls[0].faulted is None) is (variant == "nowhere")


def test_a_cassette_is_played(bench: Bench, server: Server, tmp_path: Any) -> None:
    vcr = pytest.importorskip("vcr")
    cassette = str(tmp_path / "one.yaml")
    with vcr.use_cassette(cassette):
        assert Asked("127.0.0.1", server.port).get("/ok") == JSON
    written = (tmp_path / "one.yaml").read_bytes()
    bench.calls.clear()
    server.seen.clear()
    with vcr.use_cassette(cassette, record_mode="none", allow_playback_repeats=True):
        assert Asked("127.0.0.1", server.port).get("/ok") == JSON
        for fault, expected in (
            ("http.connection-refused", ConnectionRefusedError),
            ("http.read-timeout", TimeoutError),
            ("http.connection-reset", ConnectionResetError),
            ("http.truncated-body", http.client.IncompleteRead),
        ):
            with bench.fault(fault), pytest.raises(expected):
                Asked("127.0.0.1", server.port).get("/ok")
        with bench.fault("reply.null-field", "id"):
            assert json.loads(Asked("127.0.0.1", server.port).get("/ok"))["id"] is None
    assert len(bench.calls) == 6
    assert server.seen == []
    assert (tmp_path / "one.yaml").read_bytes() == written


def test_a_response_that_nobody_reads_is_closed_at_once(bench: Bench, server: Server) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    connection.request("GET", "/ok")
    seen = weakref.ref(connection.getresponse())
    gc.disable()
    try:
        connection.close()
        connection = None  # type: ignore[assignment]
        assert seen() is None
    finally:
        gc.enable()
