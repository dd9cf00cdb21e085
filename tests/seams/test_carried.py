"""What a request carried: headers, body, and the object that source gave."""

from __future__ import annotations

import asyncio
import http.client
import io
import json
import urllib.request
from collections.abc import Callable
from unittest.mock import Mock, patch

import httpx
import pytest
import requests
import urllib3

from .conftest import Bench, Server

ORDER = {"tea": 2, "price": 1.5}
KEY = {"Idempotency-Key": "k-1"}


def by_requests(url: str) -> None:
    requests.post(url, json=ORDER, headers=KEY, timeout=5)


def by_session(url: str) -> None:
    with requests.Session() as session:
        session.headers.update(KEY)
        session.post(url, json=ORDER, timeout=5)


def by_httpx(url: str) -> None:
    httpx.post(url, json=ORDER, headers=KEY, timeout=5)


def by_async_httpx(url: str) -> None:
    async def send() -> None:
        async with httpx.AsyncClient(headers=KEY, timeout=5) as client:
            await client.post(url, json=ORDER)

    asyncio.run(send())


def by_urllib3(url: str) -> None:
    with urllib3.PoolManager() as pool:
        pool.request("POST", url, body=json.dumps(ORDER), headers=KEY, timeout=5)


def by_urllib(url: str) -> None:
    request = urllib.request.Request(url, data=json.dumps(ORDER).encode(), headers=KEY)
    urllib.request.urlopen(request, timeout=5).close()


def by_http_client(url: str) -> None:
    host, _, path = url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=5)
    connection.request("POST", f"/{path}", json.dumps(ORDER), KEY)
    connection.getresponse().read()
    connection.close()


def by_mock(url: str) -> None:
    with patch("requests.post", return_value=Mock(status_code=200)):
        requests.post(url, json=ORDER, headers=KEY, timeout=5)


def by_urllib_mock(url: str) -> None:
    with patch("urllib.request.urlopen", return_value=io.BytesIO(b"{}")):
        by_urllib(url)


@pytest.mark.parametrize(
    "send",
    [by_requests, by_session, by_httpx, by_async_httpx, by_urllib3, by_urllib, by_http_client, by_mock, by_urllib_mock],
)
def test_carried(bench: Bench, server: Server, send: Callable[[str], None]) -> None:
    send(f"{server.url}/ok")
    (call,) = bench.calls
    assert call.headers["idempotency-key"] == "k-1"
    assert json.loads(call.body) == ORDER
    assert call.payload == (None if send in (by_urllib3, by_urllib, by_http_client, by_urllib_mock) else ORDER)


def test_a_form_is_kept_as_it_was_given(bench: Bench, server: Server) -> None:
    form = {"amount": 1.5}
    requests.post(f"{server.url}/ok", data=form, timeout=5)
    form["amount"] = 2
    httpx.post(f"{server.url}/ok", data={"amount": 1.5}, timeout=5)
    assert [call.payload for call in bench.calls] == [{"amount": 1.5}, {"amount": 1.5}]
    assert [call.body for call in bench.calls] == [b"amount=1.5", b"amount=1.5"]


def test_a_stream_is_not_read(bench: Bench, server: Server) -> None:
    requests.post(f"{server.url}/ok", data=iter([b"a", b"b"]), timeout=5)
    assert bench.calls[0].body == b""
