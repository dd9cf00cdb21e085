"""httpx and httpx2: what is observed, and that an injected failure cannot be told from the real one."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

import httpx
import pytest
import respx
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pytest_prodready.faults.drivers._replies import PLANTED
from pytest_prodready.seams import httpx as seam

from .conftest import JSON, Bench, Server, alike, chain

URL = "https://api.example.com/v1/orders/12?token=x"
FAULTS = [
    "http.connection-refused",
    "http.dns-failure",
    "http.connect-timeout",
    "http.read-timeout",
    "http.connection-reset",
    "http.truncated-body",
    "http.tls-failure",
    "http.server-error",
    "http.unavailable",
    "http.rate-limited",
    "http.unauthorized",
    "http.redirect-loop",
    "reply.html",
    "reply.empty",
]


@pytest.fixture(params=["httpx", "httpx2"])
def lib(request: pytest.FixtureRequest) -> Any:
    return import_module(request.param)


class Either:
    """One interface to the sync and the async client."""

    def __init__(self, is_async: bool) -> None:
        self.is_async = is_async

    def request(self, lib: Any, method: str, url: str, client: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        client = {"trust_env": False, "verify": False, **(client or {})}
        if not self.is_async:
            with lib.Client(**client) as sync:
                return sync.request(method, url, **kwargs)

        async def run() -> Any:
            async with lib.AsyncClient(**client) as one:
                return await one.request(method, url, **kwargs)

        return asyncio.run(run())


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def either(request: pytest.FixtureRequest) -> Either:
    return Either(request.param)


def mock_transport(lib: Any) -> Any:
    return lib.MockTransport(lambda request: lib.Response(200, json={"id": 7, "items": [{"price": "9.99"}]}))


# ---------------------------------------------------------------------- observation
def test_one_call_is_recorded(bench: Bench, lib: Any, either: Either) -> None:
    either.request(lib, "GET", URL, {"transport": mock_transport(lib)})
    either.request(lib, "POST", URL, {"transport": mock_transport(lib)}, timeout=3)
    get, post = bench.calls
    assert (get.seam, get.family, get.kind) == (lib.__name__, "http", "request")
    assert (get.operation, get.target) == ("GET api.example.com/v1/orders/<n>", "api.example.com")
    assert (get.statement, get.timeout, get.effect, get.waits_for_ever) == (URL, 5.0, False, False)
    assert (post.effect, post.timeout) == (True, 3.0)
    assert json.loads(get.reply or "") == {"id": 7, "items": [{"price": "9.99"}]}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_strikes_above_a_mock_transport(bench: Bench, lib: Any, either: Either, fault: str) -> None:
    with bench.fault(fault):
        failed: Any = None
        try:
            either.request(lib, "GET", URL, {"transport": mock_transport(lib)})
        except lib.HTTPError as exc:
            failed = exc
    assert failed is None or failed.request.url == URL
    assert [call.faulted for call in bench.calls] == [fault]


@respx.mock
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_strikes_above_respx(bench: Bench, either: Either, fault: str) -> None:
    respx.get(URL).mock(return_value=httpx.Response(200, json={"id": 7}))
    with bench.fault(fault), contextlib.suppress(httpx.HTTPError):
        either.request(httpx, "GET", URL)
    assert [call.faulted for call in bench.calls] == [fault]


@respx.mock
def test_respx_is_one_call(bench: Bench, either: Either) -> None:
    route = respx.get(URL).mock(return_value=httpx.Response(200, json={"id": 7}))
    assert either.request(httpx, "GET", URL).json() == {"id": 7}
    assert route.call_count == len(bench.calls) == 1


def test_functions_of_the_module(bench: Bench, lib: Any, server: Server) -> None:
    lib.get(f"{server.url}/ok")
    assert [call.operation for call in bench.calls] == ["GET 127.0.0.1/ok"]


@pytest.mark.parametrize(
    ("timeout", "for_ever", "read"),
    [
        (None, True, None),
        (3, False, 3.0),
        ({"timeout": 2, "read": None}, True, None),
        ({"timeout": 2, "pool": None, "write": None}, False, 2),
        ({"timeout": 2, "connect": None}, True, 2),
    ],
)
def test_timeouts(bench: Bench, lib: Any, timeout: Any, for_ever: bool, read: float | None) -> None:
    value = lib.Timeout(**timeout) if isinstance(timeout, dict) else timeout
    with lib.Client(transport=mock_transport(lib), timeout=value) as client:
        client.get(URL)
        client.send(lib.Request("GET", URL))
    assert [(call.waits_for_ever, call.timeout) for call in bench.calls] == [(for_ever, read)] * 2


def test_test_drivers_are_left_alone(bench: Bench, lib: Any) -> None:
    app = Starlette(routes=[Route("/", lambda request: JSONResponse({}))])
    assert TestClient(app).get("/").json() == {}

    async def run() -> None:
        async with lib.AsyncClient(transport=lib.ASGITransport(app=app), base_url="http://test") as client:
            await client.get("/")

    asyncio.run(run())
    assert [call for call in bench.calls if call.family == "http"] == []


def test_a_streamed_body_is_left_alone(bench: Bench, lib: Any, server: Server) -> None:
    with lib.Client(trust_env=False) as client, client.stream("GET", f"{server.url}/ok") as response:
        assert not response.is_stream_consumed
        assert response.read() == JSON
    assert len(bench.calls) == 1
    assert bench.calls[0].reply is None


def test_who_made_the_client(bench: Bench, lib: Any, either: Either, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seam.hub, "origin", lambda frame: "test")
    either.request(lib, "GET", URL, {"transport": mock_transport(lib)})
    assert bench.calls[0].passed_in


def test_signatures_stay(bench: Bench, lib: Any) -> None:
    import inspect

    assert inspect.iscoroutinefunction(lib.AsyncClient.send)
    assert list(inspect.signature(lib.Client.send).parameters)[:2] == ["self", "request"]


# ---------------------------------------------------------------------- against real failures
def real(lib: Any, act: Callable[[], Any]) -> BaseException:
    with pytest.raises(lib.HTTPError) as caught:
        act()
    return caught.value


def test_refused(bench: Bench, lib: Any, either: Either, closed_port: int) -> None:
    act = lambda: either.request(lib, "GET", f"http://127.0.0.1:{closed_port}/a")  # noqa: E731
    found = real(lib, act)
    injected = bench.struck_by("http.connection-refused", act)
    alike(injected, found)
    assert isinstance(injected, lib.ConnectError)
    assert injected.request.url == f"http://127.0.0.1:{closed_port}/a"
    assert causes(injected) == causes(found)


def causes(exc: BaseException) -> list[Any]:
    found = []
    one: BaseException | None = exc
    while one is not None:
        found.append(
            (
                type(one).__qualname__,
                one.args if not one.args or not isinstance(one.args[0], Exception) else "…",
            )
        )
        one = one.__cause__ or one.__context__
    return found


def test_an_address_that_we_do_not_know_is_planted(bench: Bench, lib: Any) -> None:
    act = lambda: Either(True).request(lib, "GET", URL, {"transport": mock_transport(lib)})  # noqa: E731
    injected = bench.struck_by("http.connection-refused", act)
    assert str(injected) == "All connection attempts failed"
    assert causes(injected)[-1][1] == (111, f"Connect call failed ('{PLANTED}', 443)")


def test_unresolved(bench: Bench, lib: Any, either: Either) -> None:
    act = lambda: either.request(lib, "GET", "http://no-such-host.invalid/ok")  # noqa: E731
    injected = bench.struck_by("http.dns-failure", act)
    assert (type(injected), str(injected)) == (lib.ConnectError, "[Errno -2] Name or service not known")
    assert chain(injected) == [("cause", True, "ConnectError"), ("context", True, "gaierror")]


def test_connect_timeout(bench: Bench, lib: Any, either: Either, full_port: int) -> None:
    timeout = lib.Timeout(1, connect=0.2)
    act = lambda: either.request(lib, "GET", f"http://127.0.0.1:{full_port}/ok", timeout=timeout)  # noqa: E731
    found = real(lib, act)
    alike(bench.struck_by("http.connect-timeout", act), found)
    assert bench.clock.passed == [0.2]


def test_read_timeout(bench: Bench, lib: Any, either: Either, server: Server) -> None:
    found = real(lib, lambda: either.request(lib, "GET", f"{server.url}/stall", timeout=0.2))
    with bench.fault("http.read-timeout"), pytest.raises(lib.ReadTimeout) as caught:
        either.request(lib, "GET", f"{server.url}/ok", timeout=0.2)
    alike(caught.value, found)
    assert server.seen == ["GET /stall", "GET /ok"], "the request was served"
    assert bench.clock.passed == [0.2]


def test_reset(bench: Bench, lib: Any, either: Either, server: Server) -> None:
    found = real(lib, lambda: either.request(lib, "GET", f"{server.url}/reset"))
    alike(
        bench.struck_by("http.connection-reset", lambda: either.request(lib, "GET", f"{server.url}/ok")),
        found,
    )
    assert server.seen == ["GET /reset"]


def test_truncated(bench: Bench, lib: Any, either: Either, server: Server) -> None:
    found = real(lib, lambda: either.request(lib, "GET", f"{server.url}/truncated"))
    injected = bench.struck_by("http.truncated-body", lambda: either.request(lib, "GET", f"{server.url}/ok"))
    numbers = (
        "received 20 bytes",
        f"received {len(JSON) // 2} bytes",
        "expected 40",
        f"expected {len(JSON)}",
    )
    alike(injected, found, masks=numbers)
    assert server.seen == ["GET /truncated", "GET /ok"]


def test_truncated_while_streaming(bench: Bench, lib: Any, server: Server) -> None:
    with (
        bench.fault("http.truncated-body"),
        lib.Client(trust_env=False) as client,
        client.stream("GET", f"{server.url}/ok") as response,
        pytest.raises(lib.RemoteProtocolError, match="received 200 bytes, expected 1000") as caught,
    ):
        response.read()
    assert any(one is caught.value.__cause__ for one in seam.hub.injected)


def test_redirect_loop(bench: Bench, lib: Any, either: Either, server: Server) -> None:
    found = real(lib, lambda: either.request(lib, "GET", f"{server.url}/loop", {"follow_redirects": True}))
    act = lambda: either.request(lib, "GET", f"{server.url}/ok", {"follow_redirects": True})  # noqa: E731
    injected = bench.struck_by("http.redirect-loop", act)
    alike(injected, found)
    with bench.fault("http.redirect-loop"):
        assert either.request(lib, "GET", f"{server.url}/ok").status_code == 302, "redirects are not followed"


def test_tls(bench: Bench, lib: Any, either: Either) -> None:
    act = lambda: either.request(lib, "GET", URL, {"transport": mock_transport(lib)})  # noqa: E731
    injected = bench.struck_by("http.tls-failure", act)
    assert type(injected) is lib.ConnectError
    assert str(injected).startswith("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: ")
    assert chain(injected) == [("cause", True, "ConnectError"), ("context", True, "SSLCertVerificationError")]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("http.server-error", 500),
        ("http.unavailable", 503),
        ("http.rate-limited", 429),
        ("http.unauthorized", 401),
    ],
)
def test_answers(bench: Bench, lib: Any, either: Either, server: Server, fault: str, status: int) -> None:
    found = either.request(lib, "GET", f"{server.url}/{status}")
    hooked: list[int] = []
    if either.is_async:

        async def hook(response: Any) -> None:
            await asyncio.sleep(0)
            hooked.append(response.status_code)
    else:

        def hook(response: Any) -> None:
            hooked.append(response.status_code)

    with bench.fault(fault):
        injected = either.request(lib, "GET", f"{server.url}/ok", {"event_hooks": {"response": [hook]}})
    assert vars(injected).keys() == vars(found).keys()
    assert (injected.status_code, str(injected.url)) == (status, f"{server.url}/ok")
    assert injected.elapsed.total_seconds() >= 0
    assert injected.http_version == "HTTP/1.1"
    assert injected.is_closed
    assert hooked == [status]
    with pytest.raises(lib.HTTPStatusError, match=f"'{status} "):
        injected.raise_for_status()
    if status in (500, 503):
        with pytest.raises(json.JSONDecodeError):
            injected.json()


def test_a_hook_may_raise(bench: Bench, lib: Any) -> None:
    hooks = {"response": [lambda response: response.raise_for_status()]}
    with bench.fault("http.server-error"), pytest.raises(lib.HTTPStatusError):
        Either(False).request(lib, "GET", URL, {"transport": mock_transport(lib), "event_hooks": hooks})


@pytest.mark.parametrize(
    ("fault", "variant", "body"),
    [
        ("reply.empty", "", ""),
        ("reply.wrong-shape", '"ok"', '"ok"'),
        ("reply.missing-field", "id", '{"items": [{"price": "9.99"}]}'),
        ("reply.null-field", "items[0].price", '{"id": 7, "items": [{"price": null}]}'),
    ],
)
def test_odd_replies(
    bench: Bench, lib: Any, either: Either, server: Server, fault: str, variant: str, body: str
) -> None:
    with bench.fault(fault, variant):
        response = either.request(lib, "GET", f"{server.url}/ok")
    assert (response.status_code, response.text) == (200, body)
    assert response.headers["Content-Length"] == str(len(body))
    assert response.headers["Content-Type"] == "application/json"
    assert response.request.url == f"{server.url}/ok"
    assert response.elapsed.total_seconds() >= 0
    assert bench.calls[0].reply == JSON.decode()


# ---------------------------------------------------------------------- the client's own retries
def test_retries_of_connecting(bench: Bench, lib: Any, either: Either, server: Server) -> None:
    kind = lib.AsyncHTTPTransport if either.is_async else lib.HTTPTransport
    with bench.fault("http.connect-timeout"):
        assert either.request(lib, "GET", f"{server.url}/ok", {"transport": kind(retries=2)}).status_code == 200
    assert [call.faulted for call in bench.calls] == ["http.connect-timeout", None]
    act = lambda: either.request(lib, "GET", f"{server.url}/ok", {"transport": kind(retries=3)})  # noqa: E731
    bench.clock.passed.clear()
    assert type(bench.struck_by("http.connection-refused", act)) is lib.ConnectError
    assert bench.clock.passed == [0, 0.5, 1]
    act = lambda: either.request(lib, "GET", f"{server.url}/ok", {"transport": kind(retries=3)})  # noqa: E731
    assert type(bench.struck_by("http.connection-reset", act)) is lib.ReadError, "not retried"


def test_a_transport_that_retries_itself(bench: Bench, lib: Any) -> None:
    class Retrying(lib.BaseTransport):  # type: ignore[misc, name-defined]
        def __init__(self, inner: Any) -> None:
            self.inner = inner

        def handle_request(self, request: Any) -> Any:
            for _ in range(3):
                try:
                    response = self.inner.handle_request(request)
                except lib.TransportError as exc:
                    last = exc
                    continue
                if response.status_code < 500:
                    return response
            raise last

    transport = Retrying(mock_transport(lib))
    for fault in ("http.connection-reset", "http.server-error"):
        with bench.fault(fault):
            assert Either(False).request(lib, "GET", URL, {"transport": transport}).status_code == 200
    with bench.fault("http.connection-refused"), pytest.raises(lib.ConnectError):
        Either(False).request(lib, "GET", URL, {"transport": transport})
    bench.calls.clear()
    with bench.fault("http.read-timeout"):
        assert Either(False).request(lib, "POST", URL, {"transport": transport}).status_code == 200
    assert [call.error is None for call in bench.calls] == [False, True], "it was delivered twice"


def test_a_subclass_of_the_librarys_transport(bench: Bench, lib: Any, server: Server) -> None:
    class Own(lib.HTTPTransport):  # type: ignore[misc, name-defined]
        def handle_request(self, request: Any) -> Any:
            try:
                return super().handle_request(request)
            except lib.ConnectError:
                return lib.Response(504)

    with bench.fault("http.connection-refused"):
        assert Either(False).request(lib, "GET", f"{server.url}/ok", {"transport": Own()}).status_code == 504


def test_authentication_goes_on_after_a_401(bench: Bench, lib: Any) -> None:
    class Token(lib.Auth):  # type: ignore[misc, name-defined]
        def auth_flow(self, request: Any) -> Any:
            response = yield request
            if response.status_code == 401:
                request.headers["Authorization"] = "Bearer fresh"
                yield request

    with bench.fault("http.unauthorized"):
        answer = Either(False).request(lib, "GET", URL, {"transport": mock_transport(lib), "auth": Token()})
    assert answer.status_code == 200
