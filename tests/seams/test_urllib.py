"""urllib.request: what is observed, and that an injected failure cannot be told from the real one."""

from __future__ import annotations

import http.client
import io
import json
import socket
import urllib.request
import urllib.response
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError, URLError

import pytest

from .conftest import JSON, Bench, Server, alike, chain

URL = "https://api.example.com/v1/orders/12?token=x"


def real(act: Callable[[], Any]) -> BaseException:
    with pytest.raises((OSError, http.client.HTTPException)) as caught:
        act()
    return caught.value


# ---------------------------------------------------------------------- observation
def test_one_call_is_recorded(bench: Bench, server: Server) -> None:
    with urllib.request.urlopen(f"{server.url}/orders/12", timeout=4) as response:
        assert json.load(response)["id"] == 7
    request = urllib.request.Request(f"{server.url}/orders", data=b"{}", headers={"X": "1"}, method="PUT")
    urllib.request.build_opener().open(request, timeout=3).read()
    urllib.request.urlopen(f"{server.url}/orders", b"a=1").read()
    get, put, post = bench.calls
    assert (get.seam, get.family, get.kind, get.operation) == ("urllib", "http", "request", "GET 127.0.0.1/orders/<n>")
    assert (get.target, get.timeout, get.effect, get.waits_for_ever) == ("127.0.0.1", 4.0, False, False)
    assert (put.operation, put.effect, put.timeout) == ("PUT 127.0.0.1/orders", True, 3.0)
    assert (post.operation, post.effect, post.waits_for_ever) == ("POST 127.0.0.1/orders", True, True)
    assert get.reply == put.reply == JSON.decode()


def test_only_what_goes_out_is_a_call(bench: Bench) -> None:
    assert urllib.request.urlopen("data:text/plain,hi").read() == b"hi"
    assert bench.calls == []


@pytest.mark.parametrize(("default", "for_ever", "read"), [(None, True, None), (6.5, False, 6.5)])
def test_the_time_out_of_all_sockets(bench: Bench, server: Server, default: Any, for_ever: bool, read: Any) -> None:
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(default)
    try:
        urllib.request.urlopen(f"{server.url}/ok").read()
    finally:
        socket.setdefaulttimeout(before)
    assert (bench.calls[0].waits_for_ever, bench.calls[0].timeout) == (for_ever, read)


# ---------------------------------------------------------------------- against real failures
def test_refused(bench: Bench, closed_port: int) -> None:
    act = lambda: urllib.request.urlopen(f"http://127.0.0.1:{closed_port}/a", timeout=2)  # noqa: E731
    found = real(act)
    injected = bench.struck_by("http.connection-refused", act)
    alike(injected, found)
    assert isinstance(injected, URLError)
    assert isinstance(injected.reason, ConnectionRefusedError)
    assert str(injected) == "<urlopen error [Errno 111] Connection refused>"
    assert chain(injected) == [("context", False, "ConnectionRefusedError")]


def test_unresolved(bench: Bench) -> None:
    injected = bench.struck_by("http.dns-failure", lambda: urllib.request.urlopen(URL, timeout=2))
    assert str(injected) == "<urlopen error [Errno -2] Name or service not known>"
    assert chain(injected) == [("context", False, "gaierror")]


def test_connect_timeout(bench: Bench, full_port: int) -> None:
    act = lambda: urllib.request.urlopen(f"http://127.0.0.1:{full_port}/ok", timeout=0.2)  # noqa: E731
    alike(bench.struck_by("http.connect-timeout", act), real(act))
    assert bench.clock.passed == [0.2]


def test_read_timeout(bench: Bench, server: Server) -> None:
    found = real(lambda: urllib.request.urlopen(f"{server.url}/stall", timeout=0.2))
    injected = bench.struck_by("http.read-timeout", lambda: urllib.request.urlopen(f"{server.url}/ok", timeout=0.2))
    alike(injected, found)
    assert type(injected) is TimeoutError
    assert server.seen == ["GET /stall", "GET /ok"], "the request was served"
    assert bench.clock.passed == [0.2]


def test_reset(bench: Bench, server: Server) -> None:
    found = real(lambda: urllib.request.urlopen(f"{server.url}/reset", timeout=5))
    alike(bench.struck_by("http.connection-reset", lambda: urllib.request.urlopen(f"{server.url}/x", timeout=5)), found)
    assert server.seen == ["GET /reset"]


def test_truncated(bench: Bench, server: Server) -> None:
    found = real(lambda: urllib.request.urlopen(f"{server.url}/truncated", timeout=5).read())
    with bench.fault("http.truncated-body"), pytest.raises(http.client.IncompleteRead) as caught:
        urllib.request.urlopen(f"{server.url}/ok", timeout=5).read()
    half = len(JSON) // 2
    alike(caught.value, found, masks=(f"{half} bytes", f"{len(JSON) - half} more", "20 bytes", "20 more"))
    assert caught.value.args == (JSON[:half],)


def test_tls(bench: Bench) -> None:
    injected = bench.struck_by("http.tls-failure", lambda: urllib.request.urlopen(URL, timeout=5))
    assert isinstance(injected, URLError)
    assert "CERTIFICATE_VERIFY_FAILED" in str(injected)
    assert chain(injected) == [("context", False, "SSLCertVerificationError")]


def test_redirect_loop(bench: Bench, server: Server) -> None:
    found = real(lambda: urllib.request.urlopen(f"{server.url}/loop", timeout=5))
    seen = len(server.seen)
    injected = bench.struck_by("http.redirect-loop", lambda: urllib.request.urlopen(f"{server.url}/loop", timeout=5))
    alike(injected, found)
    assert isinstance(injected, HTTPError)
    assert "infinite loop" in str(injected)
    assert len(server.seen) == seen


@pytest.mark.parametrize(
    ("fault", "status"),
    [("http.server-error", 500), ("http.unavailable", 503), ("http.rate-limited", 429), ("http.unauthorized", 401)],
)
def test_answers(bench: Bench, server: Server, fault: str, status: int) -> None:
    found = real(lambda: urllib.request.urlopen(f"{server.url}/{status}", timeout=5))
    injected = bench.struck_by(fault, lambda: urllib.request.urlopen(f"{server.url}/ok", timeout=5))
    assert isinstance(found, HTTPError)
    assert isinstance(injected, HTTPError)
    assert (injected.code, injected.url) == (status, f"{server.url}/ok")
    assert injected.args == found.args == ()
    assert injected.read()
    if status == 503:
        assert injected.headers["Retry-After"] == "120"
    injected.close()
    found.close()


@pytest.mark.parametrize(
    ("fault", "variant", "body"),
    [
        ("reply.empty", "", b""),
        ("reply.wrong-shape", "null", b"null"),
        ("reply.missing-field", "items[0].price", b'{"id": 7, "items": [{}]}'),
    ],
)
def test_odd_replies(bench: Bench, server: Server, fault: str, variant: str, body: bytes) -> None:
    with bench.fault(fault, variant), urllib.request.urlopen(f"{server.url}/ok", timeout=5) as response:
        assert (response.status, response.read(), response.url) == (200, body, f"{server.url}/ok")
        assert response.headers.get_content_type() == "application/json"


def test_a_reply_without_the_field_is_given_back(bench: Bench, server: Server) -> None:
    with bench.fault("reply.missing-field", "nowhere"):
        assert json.load(urllib.request.urlopen(f"{server.url}/ok", timeout=5))["id"] == 7
    assert bench.calls[0].faulted is None


# ---------------------------------------------------------------------- openers of one's own
def test_own_handlers_are_asked(bench: Bench, server: Server) -> None:
    seen: list[int] = []

    class Handler(urllib.request.BaseHandler):
        def http_response(self, request: Any, response: Any) -> Any:
            seen.append(response.status)
            return response

        def http_error_503(self, request: Any, *rest: Any) -> Any:
            return self.parent.open(f"{server.url}/other", timeout=5)  # type: ignore[attr-defined]

    opener = urllib.request.build_opener(Handler())
    with bench.fault("http.server-error"), pytest.raises(HTTPError):
        opener.open(f"{server.url}/ok", timeout=5)
    assert seen == [500]
    assert opener.open(f"{server.url}/ok", timeout=5).status == 200, "the opener itself is as it was"


def test_a_handler_that_answers_by_itself(bench: Bench) -> None:
    """A double that a test puts in with `install_opener` is left out under a failure."""

    class Double(urllib.request.BaseHandler):
        def https_open(self, request: Any) -> Any:
            return urllib.response.addinfourl(io.BytesIO(JSON), request.headers, request.full_url, 200)

    opener = urllib.request.OpenerDirector()
    opener.add_handler(Double())
    assert isinstance(bench.struck_by("http.connection-refused", lambda: opener.open(URL, timeout=1)), URLError)
    assert json.load(opener.open(URL, timeout=1))["id"] == 7
