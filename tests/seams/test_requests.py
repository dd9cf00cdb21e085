"""requests: what is observed, and that an injected failure cannot be told from the real one."""

from __future__ import annotations

import contextlib
import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
import requests_mock
import responses
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from pytest_prodready.seams import Patches
from pytest_prodready.seams import requests as seam

from .conftest import JSON, Bench, EverythingIsSource, Server, alike, chain

URL = "https://api.example.com/v1/orders/12?token=x"


@contextlib.contextmanager
def by_responses() -> Iterator[None]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.add(responses.GET, URL, json={"id": 7, "items": [{"price": "9.99"}]})
        mock.add(responses.POST, URL, json={"id": 7})
        yield


@contextlib.contextmanager
def by_requests_mock() -> Iterator[None]:
    with requests_mock.Mocker() as mock:
        mock.get(URL, json={"id": 7, "items": [{"price": "9.99"}]})
        mock.post(URL, json={"id": 7})
        yield


TOOLS = pytest.mark.parametrize("mocked", [by_responses, by_requests_mock])


# ---------------------------------------------------------------------- observation
@TOOLS
def test_one_call_is_recorded(bench: Bench, mocked: Any) -> None:
    with mocked():
        assert requests.get(URL, timeout=(1, 4)).json()["id"] == 7
        requests.post(URL, json={"a": 1}, timeout=3)
    get, post = bench.calls
    assert (get.seam, get.family, get.kind, get.operation) == (
        "requests",
        "http",
        "request",
        "GET api.example.com/v1/orders/<n>",
    )
    assert (get.target, get.statement, get.timeout, get.effect) == ("api.example.com", URL, 4.0, False)
    assert (post.effect, post.timeout, post.waits_for_ever) == (True, 3.0, False)
    assert json.loads(get.reply or "") == {"id": 7, "items": [{"price": "9.99"}]}


@TOOLS
@pytest.mark.parametrize("fault", ["http.connection-refused", "http.unavailable", "http.read-timeout", "reply.html"])
def test_a_fault_strikes_above_the_mock(bench: Bench, mocked: Any, fault: str) -> None:
    with mocked(), bench.fault(fault):
        response: Any = None
        with contextlib.suppress(requests.RequestException):
            response = requests.get(URL, timeout=1)
    status = {"reply.html": 200, "http.unavailable": 503}.get(fault)
    assert (response is None) is (status is None)
    assert response is None or (response.status_code, response.text[:1]) == (status, "<")
    assert [call.faulted for call in bench.calls] == [fault]


def test_requests_mock_that_was_imported_before_us(bench: Bench) -> None:
    session = requests.Session()
    with requests_mock.Mocker() as mock:
        mock.get(URL, json={})
        session.send(session.prepare_request(requests.Request("GET", URL)), timeout=1)
    assert len(bench.calls) == 1


@pytest.mark.parametrize(
    ("timeout", "for_ever", "read"),
    [
        (None, True, None),
        (3, False, 3.0),
        ((1, None), True, None),
        ((None, 2), True, 2.0),
        ((1, 2), False, 2.0),
    ],
)
def test_timeouts(bench: Bench, timeout: Any, for_ever: bool, read: float | None) -> None:
    with by_responses():
        requests.get(URL, timeout=timeout)
    assert (bench.calls[0].waits_for_ever, bench.calls[0].timeout) == (for_ever, read)


class TimeoutAdapter(HTTPAdapter):
    timeout = 7

    def send(self, request: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        if kwargs.get("timeout") is None:
            kwargs["timeout"] = self.timeout
        return super().send(request, **kwargs)


@TOOLS
def test_an_adapter_decides_the_timeout(bench: Bench, mocked: Any) -> None:
    session = requests.Session()
    session.mount("https://", TimeoutAdapter())
    with mocked():
        session.get(URL)
        assert (bench.calls[0].waits_for_ever, bench.calls[0].timeout) == (False, 7.0)
        with bench.fault("http.read-timeout"), pytest.raises(requests.ReadTimeout, match=r"read timeout=7\)"):
            session.get(URL)
    assert bench.clock.passed == [7]


class TimeoutSession(requests.Session):
    def request(self, *args: Any, **kwargs: Any) -> Any:  # type: ignore[override]
        kwargs.setdefault("timeout", 6)
        return super().request(*args, **kwargs)


def test_a_session_decides_the_timeout(bench: Bench) -> None:
    with by_responses():
        TimeoutSession().get(URL)
    assert (bench.calls[0].waits_for_ever, bench.calls[0].timeout) == (False, 6.0)


def test_redirects_are_one_call(bench: Bench, server: Server) -> None:
    with pytest.raises(requests.TooManyRedirects):
        requests.get(f"{server.url}/loop", timeout=5)
    assert len(bench.calls) == 1
    assert bench.calls[0].error is not None


def test_a_streamed_body_is_left_alone(bench: Bench, server: Server) -> None:
    with requests.get(f"{server.url}/ok", stream=True, timeout=5) as response:
        assert not response._content_consumed
        assert response.raw.read() == JSON
    assert bench.calls[0].reply is None


def test_who_made_the_session(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seam.hub, "origin", lambda frame: frame.f_code.co_name)

    class Own(requests.Session):
        def __init__(self) -> None:
            super().__init__()

    assert seam._makers[Own()] == "test_who_made_the_session"
    session = requests.Session()
    assert isinstance(pickle.loads(pickle.dumps(session)), requests.Session)
    monkeypatch.setattr(seam.hub, "origin", lambda frame: "test")
    with by_responses():
        requests.Session().get(URL)
    assert bench.calls[0].passed_in


def test_everything_is_put_back() -> None:
    before = (
        vars(requests.Session)["send"],
        vars(requests.Session)["__init__"],
        requests_mock.mocker._original_send,
    )
    patches = Patches()
    seam.install(requests, patches)
    assert requests_mock.mocker._original_send.__wrapped__ is before[0]
    patches.undo()
    assert before == (
        vars(requests.Session)["send"],
        vars(requests.Session)["__init__"],
        requests_mock.mocker._original_send,
    )


# ---------------------------------------------------------------------- against real failures
def real(act: Callable[[], Any]) -> BaseException:
    with pytest.raises(requests.RequestException) as caught:
        act()
    return caught.value


def test_refused(bench: Bench, closed_port: int) -> None:
    act = lambda: requests.get(f"http://127.0.0.1:{closed_port}/a?b=1", timeout=2)  # noqa: E731
    found = real(act)
    injected = bench.struck_by("http.connection-refused", act)
    alike(injected, found, masks=())
    assert isinstance(injected, requests.ConnectionError)
    assert type(injected.args[0]).__name__ == "MaxRetryError"
    assert injected.args[0] is injected.__context__
    assert injected.request is not None
    assert injected.request.url == f"http://127.0.0.1:{closed_port}/a?b=1"
    assert injected.response is None


def test_unresolved(bench: Bench) -> None:
    act = lambda: requests.get("http://no-such-host.invalid/ok", timeout=2)  # noqa: E731
    injected = bench.struck_by("http.dns-failure", act)
    assert str(injected) == (
        "HTTPConnectionPool(host='no-such-host.invalid', port=80): Max retries exceeded with url: /ok "
        "(Caused by NameResolutionError("
        "\"HTTPConnection(host='no-such-host.invalid', port=80): Failed to resolve "
        "'no-such-host.invalid' ([Errno -2] Name or service not known)\"))"
    )
    assert chain(injected) == [
        ("context", False, "MaxRetryError"),
        ("cause", True, "NameResolutionError"),
        ("cause", True, "gaierror"),
    ]


def test_connect_timeout(bench: Bench, full_port: int) -> None:
    act = lambda: requests.get(f"http://127.0.0.1:{full_port}/ok", timeout=(0.2, 1))  # noqa: E731
    found = real(act)
    alike(bench.struck_by("http.connect-timeout", act), found)
    assert bench.clock.passed == [0.2]


def test_read_timeout(bench: Bench, server: Server) -> None:
    found = real(lambda: requests.get(f"{server.url}/stall", timeout=0.2))
    with bench.fault("http.read-timeout"), pytest.raises(requests.ReadTimeout) as caught:
        requests.get(f"{server.url}/ok", timeout=0.2)
    alike(caught.value, found)
    assert server.seen == ["GET /stall", "GET /ok"], "the request was served"
    assert bench.clock.passed == [0.2]
    assert bench.calls[1].effect_happened


def test_reset(bench: Bench, server: Server) -> None:
    found = real(lambda: requests.get(f"{server.url}/reset", timeout=5))
    alike(bench.struck_by("http.connection-reset", lambda: requests.get(f"{server.url}/ok", timeout=5)), found)
    assert server.seen == ["GET /reset"]


@pytest.mark.parametrize("stream", [False, True])
def test_truncated(bench: Bench, server: Server, stream: bool) -> None:
    found = real(lambda: requests.get(f"{server.url}/truncated", timeout=5))
    with bench.fault("http.truncated-body"), pytest.raises(requests.RequestException) as caught:
        requests.get(f"{server.url}/ok", timeout=5, stream=stream).content  # noqa: B018
    numbers = ("(20 ", " 20 ", "(200 ", " 800 ", f"({len(JSON) // 2} ", f" {len(JSON) - len(JSON) // 2} ")
    alike(caught.value, found, masks=numbers)
    assert server.seen == ["GET /truncated", "GET /ok"]


def test_redirect_loop(bench: Bench, server: Server) -> None:
    found = real(lambda: requests.get(f"{server.url}/loop", timeout=5))
    injected = bench.struck_by("http.redirect-loop", lambda: requests.get(f"{server.url}/ok", timeout=5))
    alike(injected, found)
    assert isinstance(injected, requests.TooManyRedirects)
    assert injected.response is not None
    assert injected.response.status_code == 302
    assert len(server.seen) == 31, "only the real loop reached the server"


def test_tls(bench: Bench) -> None:
    injected = bench.struck_by("http.tls-failure", lambda: requests.get(URL, timeout=5))
    assert isinstance(injected, requests.exceptions.SSLError)
    assert chain(injected) == [
        ("context", False, "MaxRetryError"),
        ("cause", True, "SSLError"),
        ("context", False, "SSLCertVerificationError"),
    ]
    assert "(Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]" in str(injected)


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("http.server-error", 500),
        ("http.unavailable", 503),
        ("http.rate-limited", 429),
        ("http.unauthorized", 401),
    ],
)
def test_answers(bench: Bench, server: Server, fault: str, status: int) -> None:
    found = requests.get(f"{server.url}/{status}", timeout=5)
    session = requests.Session()
    hooked: list[int] = []
    session.hooks["response"].append(lambda response, **_: hooked.append(response.status_code))
    with bench.fault(fault):
        injected = session.get(f"{server.url}/ok", timeout=5)
    assert vars(injected).keys() == vars(found).keys()
    for name, value in vars(found).items():
        if name not in ("reason", "_content", "url"):
            assert type(vars(injected)[name]) is type(value), name
    assert (injected.status_code, injected.ok, injected.url) == (status, False, f"{server.url}/ok")
    assert injected.reason
    assert injected.elapsed.total_seconds() >= 0
    assert injected.connection is session.adapters["http://"]
    assert hooked == [status]
    with pytest.raises(requests.HTTPError, match=f"{status} .* for url: {server.url}/ok"):
        injected.raise_for_status()
    if status == 503:
        assert injected.headers["retry-after"] == "120"
    if status in (500, 503):
        with pytest.raises(requests.exceptions.JSONDecodeError):
            injected.json()
    injected.close()


def test_a_hook_may_raise(bench: Bench) -> None:
    session = requests.Session()
    session.hooks["response"] = [lambda response, **_: response.raise_for_status()]
    with by_responses(), bench.fault("http.server-error"), pytest.raises(requests.HTTPError):
        session.get(URL, timeout=1)


@pytest.mark.parametrize(
    ("fault", "variant", "body"),
    [
        ("reply.empty", "", ""),
        ("reply.wrong-shape", "null", "null"),
        ("reply.missing-field", "id", '{"items": [{"price": "9.99"}]}'),
        ("reply.missing-field", "items[0].price", '{"id": 7, "items": [{}]}'),
        ("reply.null-field", "items", '{"id": 7, "items": null}'),
    ],
)
def test_odd_replies(bench: Bench, server: Server, fault: str, variant: str, body: str) -> None:
    with bench.fault(fault, variant):
        response = requests.get(f"{server.url}/ok", timeout=5)
    assert (response.status_code, response.text) == (200, body)
    assert response.headers["Content-Length"] == str(len(body))
    assert response.headers["Content-Type"] == "application/json"
    assert response.request.url == f"{server.url}/ok"
    assert bench.calls[0].reply == JSON.decode()


def test_truncated_json_is_no_json(bench: Bench, server: Server) -> None:
    with bench.fault("reply.truncated-json"), pytest.raises(requests.exceptions.JSONDecodeError):
        requests.get(f"{server.url}/ok", timeout=5).json()


def test_a_reply_without_the_field_is_given_back(bench: Bench, server: Server) -> None:
    with bench.fault("reply.missing-field", "nowhere"):
        assert requests.get(f"{server.url}/ok", timeout=5).json()["id"] == 7
    assert bench.calls[0].faulted is None
    assert bench.trace.struck is None


# ---------------------------------------------------------------------- the client's own retries
def retrying(**policy: Any) -> requests.Session:
    session = requests.Session()
    for prefix in ("http://", "https://"):
        session.mount(prefix, HTTPAdapter(max_retries=Retry(**policy)))
    return session


@TOOLS
@pytest.mark.parametrize(
    "fault", ["http.connection-reset", "http.connect-timeout", "http.dns-failure", "http.read-timeout"]
)
def test_a_transient_failure_is_retried(bench: Bench, mocked: Any, fault: str) -> None:
    with mocked(), bench.fault(fault):
        assert retrying(total=3, backoff_factor=1).get(URL, timeout=1).json()["id"] == 7
    calls = bench.calls
    assert calls[0].faulted == fault
    assert [call.error is None for call in calls] == [False, True], "it was tried twice"
    assert calls[0].effect_happened is (fault == "http.read-timeout")
    assert calls[1].faulted is None


@TOOLS
def test_an_outage_outlasts_retries(bench: Bench, mocked: Any) -> None:
    with mocked():
        injected = bench.struck_by(
            "http.connection-refused", lambda: retrying(total=3, backoff_factor=1).get(URL, timeout=1)
        )
    assert type(injected) is requests.ConnectionError
    assert bench.clock.passed == [0, 2, 4]


def test_retries_of_a_status(bench: Bench) -> None:
    with by_responses():
        with (
            bench.fault("http.unavailable"),
            pytest.raises(requests.exceptions.RetryError, match="too many 503"),
        ):
            retrying(total=2, status_forcelist=[503]).get(URL, timeout=1)
        assert bench.clock.passed == [120, 120]
        with bench.fault("http.server-error"):
            assert retrying(total=2, status_forcelist=[500]).get(URL, timeout=1).status_code == 200
        with bench.fault("http.server-error"):
            assert retrying(total=2, status_forcelist=[500]).post(URL, timeout=1).status_code == 500, "not of a POST"


def test_real_retries_are_the_same(bench: Bench, server: Server) -> None:
    assert retrying(total=2).get(f"{server.url}/flaky", timeout=5).status_code == 200
    found = real(lambda: retrying(total=2).get(f"{server.url}/reset", timeout=5))
    with bench.fault("http.connection-reset"):
        assert retrying(total=2).get(f"{server.url}/ok", timeout=5).status_code == 200
    post = real(lambda: retrying(total=2).post(f"{server.url}/reset", timeout=5))
    alike(
        bench.struck_by("http.connection-reset", lambda: retrying(total=2).post(f"{server.url}/x", timeout=5)),
        post,
    )
    assert type(found.args[0]).__name__ == "MaxRetryError"


def test_the_bench_is_quiet_without_a_fault(bench: Bench) -> None:
    assert isinstance(seam.hub.sources, EverythingIsSource)
    with by_responses():
        requests.get(URL, timeout=1)
    assert bench.calls[0].faulted is None
