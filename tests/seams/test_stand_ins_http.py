"""Stand-ins for urllib, urllib3 and http.client: each is one call and can be failed."""

from __future__ import annotations

import http.client
import io
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock, Mock, patch

import pytest
import urllib3

from .conftest import Bench

URL = "https://api.example.com/v1/orders/12"
GET = "GET api.example.com/v1/orders/<n>"
BODY = b'{"id": 7, "items": []}'


def opened() -> MagicMock:
    response = MagicMock(status=200)
    response.read.return_value = BODY
    response.__enter__.return_value = response
    return response


def entered() -> MagicMock:
    response = MagicMock()
    response.__enter__.return_value.read.return_value = BODY
    return response


# ---------------------------------------------------------------------- urllib
@pytest.mark.parametrize("answer", [opened, entered, lambda: io.BytesIO(BODY)])
@pytest.mark.parametrize("target", ["function", "name", "module"])
def test_urlopen(bench: Bench, answer: Callable[[], Any], target: str) -> None:
    app: Any = ModuleType("app")
    app.urllib, app.urlopen = SimpleNamespace(request=urllib.request), urllib.request.urlopen
    if target == "function":
        patcher, call = (
            patch("urllib.request.urlopen", side_effect=lambda *a, **k: answer()),
            lambda: urllib.request.urlopen,
        )
    elif target == "name":
        patcher, call = patch.object(app, "urlopen", side_effect=lambda *a, **k: answer()), lambda: app.urlopen
    else:
        patcher, call = patch.object(app.urllib, "request"), lambda: app.urllib.request.urlopen
    with patcher as double:
        if target == "module":
            double.urlopen.side_effect = lambda *a, **k: answer()
        with call()(URL, timeout=3) as response:
            assert response.read() == BODY
        with bench.fault("http.connection-refused"), pytest.raises(urllib.error.URLError):
            call()(URL, timeout=3)
        with bench.fault("http.unavailable"), pytest.raises(urllib.error.HTTPError):
            call()(URL, timeout=3)
        with bench.fault("http.read-timeout"), pytest.raises(TimeoutError):
            call()(URL, timeout=3)
        with bench.fault("reply.null-field", "id"), call()(urllib.request.Request(URL), timeout=3) as response:
            assert json.load(response) == {"id": None, "items": []}
    assert [call.operation for call in bench.calls] == [GET] * 5
    assert {call.seam for call in bench.calls} == {"urllib"}
    assert bench.calls[0].reply == BODY.decode()
    assert not bench.calls[0].waits_for_ever


def test_urlopen_by_monkeypatch(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urllib.request, "urlopen", lambda url, timeout=None: io.BytesIO(BODY))
    assert urllib.request.urlopen(URL).read() == BODY
    with bench.fault("http.connection-refused"), pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(URL)
    assert [call.waits_for_ever for call in bench.calls] == [True, True]


class Response:
    """A class of a test's own."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *exc: object) -> None: ...

    def read(self) -> bytes:
        return BODY


def test_a_double_that_is_no_mock(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urllib.request, "urlopen", lambda url, timeout=None: Response())
    with urllib.request.urlopen(URL, timeout=1) as response:
        assert response.read() == BODY
    assert bench.calls[0].reply == BODY.decode()
    with bench.fault("reply.missing-field", "id"), urllib.request.urlopen(URL, timeout=1) as response:
        assert json.load(response) == {"items": []}


def test_a_mock_keeps_its_records(bench: Bench) -> None:
    with patch("urllib.request.urlopen", return_value=opened()) as double:
        urllib.request.urlopen(URL, timeout=1)
        double.return_value.read.assert_not_called()
        double.return_value.read()
        double.return_value.read.assert_called_once_with()
    with patch("http.client.HTTPSConnection") as kind:
        response = kind.return_value.getresponse.return_value
        response.read.return_value = BODY
        connection = http.client.HTTPSConnection("api.example.com")
        connection.request("GET", "/")
        assert connection.getresponse().read() == BODY
        response.read.assert_called_once_with()
    assert [call.reply for call in bench.calls] == [BODY.decode()] * 2


# ---------------------------------------------------------------------- urllib3
def pooled(app: Any) -> list[tuple[Any, Callable[[], Any]]]:
    answer = Mock(status=200, data=BODY)
    return [
        (patch("urllib3.PoolManager.request", return_value=answer), lambda: app.http.request("GET", URL)),
        (patch.object(app.http, "request", return_value=answer), lambda: app.http.request("GET", URL)),
        (patch.object(app, "http", Mock(**{"request.return_value": answer})), lambda: app.http.request("GET", URL)),
        (
            patch("urllib3.PoolManager", return_value=Mock(**{"request.return_value": answer})),
            lambda: urllib3.PoolManager(timeout=2, retries=False).request("GET", URL),
        ),
        (
            patch("urllib3.request", return_value=answer),
            lambda: urllib3.request("GET", URL, timeout=2, retries=False),
        ),
    ]


@pytest.mark.parametrize("number", range(5))
def test_urllib3(bench: Bench, number: int) -> None:
    app: Any = ModuleType("app")
    app.http = urllib3.PoolManager(timeout=2, retries=False)
    patcher, ask = pooled(app)[number]
    with patcher:
        assert ask().data == BODY
        # a double of the class's method does not tell whose it is called on, and with it the policy
        expected = "MaxRetryError" if number == 0 else "NewConnectionError"
        with bench.fault("http.connection-refused"), pytest.raises(urllib3.exceptions.HTTPError) as caught:
            ask()
        assert type(caught.value).__name__ == expected
        with bench.fault("http.server-error"):
            assert ask().status == 500
        with bench.fault("reply.missing-field", "id"):
            assert ask().json() == {"items": []}
    assert [(call.seam, call.operation) for call in bench.calls] == [("urllib3", GET)] * 4
    assert (bench.calls[0].reply, bench.calls[0].timeout) == (BODY.decode(), None if number == 0 else 2)


# ---------------------------------------------------------------------- http.client
def test_a_connection(bench: Bench) -> None:
    with patch("http.client.HTTPSConnection") as kind:
        kind.return_value.getresponse.return_value.read.return_value = BODY

        def ask() -> bytes:
            connection = http.client.HTTPSConnection("api.example.com", timeout=3)
            connection.request("GET", "/v1/orders/12")
            return connection.getresponse().read()

        assert ask() == BODY
        with bench.fault("http.connection-refused"), pytest.raises(ConnectionRefusedError):
            ask()
        with bench.fault("http.connection-reset"), pytest.raises(ConnectionResetError):
            ask()
        with bench.fault("http.read-timeout"), pytest.raises(TimeoutError):
            ask()
        with bench.fault("reply.empty"):
            assert ask() == b""
        with bench.fault("http.server-error"):
            assert b"Internal" in ask()
    assert [(call.seam, call.operation) for call in bench.calls] == [("http.client", GET)] * 6
    assert (bench.calls[0].statement, bench.calls[0].timeout) == (URL, 3)
