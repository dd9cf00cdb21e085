"""Every measured failure of an HTTP client for which there is a fault, against what is injected: which agree, what differs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import aiohttp
import httpx
import pytest
import requests
import urllib3

from pytest_prodready.seams import Seams
from pytest_prodready.seams import aiohttp_client as aiohttp_seam

from .conftest import Bench, Server
from .measured import agree, rows

FAULTS = {
    "connect_refused": "http.connection-refused",
    "dns_failure": "http.dns-failure",
    "connect_timeout": "http.connect-timeout",
    "rst": "http.connection-reset",
    "read_timeout": "http.read-timeout",
    "fin_mid_body": "http.truncated-body",
    "loop": "http.redirect-loop",
}
#: Where it was measured, if not on the server that answers everything.
PLACES = {"connect_refused": "http://127.0.0.1:1/ok", "dns_failure": "http://nosuchhost.invalid/ok"}
SECONDS = 0.5


async def by_aiohttp(method: str, url: str) -> Any:
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(sock_read=SECONDS, sock_connect=SECONDS)) as session,
        session.request(method, url) as response,
    ):
        return await response.read()


async def by_httpx(method: str, url: str) -> Any:
    async with httpx.AsyncClient(timeout=SECONDS, trust_env=False, follow_redirects=True) as client:
        return await client.request(method, url)


def by_httpx_sync(method: str, url: str) -> Any:
    with httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=True) as client:
        return client.request(method, url)


CLIENTS: dict[str, Callable[[str, str], Any]] = {
    "requests": lambda method, url: requests.request(method, url, timeout=SECONDS),
    "httpx": by_httpx_sync,
    "httpx(async)": lambda method, url: asyncio.run(by_httpx(method, url)),
    "aiohttp": lambda method, url: asyncio.run(by_aiohttp(method, url)),
    "urllib3": lambda method, url: urllib3.PoolManager().request(method, url, timeout=SECONDS),
}
#: Pairs that differ, and in what.
KNOWN: dict[tuple[str, str], str] = {}


@pytest.fixture(autouse=True)
def _with_aiohttp(bench: Bench) -> Iterator[None]:
    seams = Seams([aiohttp_seam.SEAM])
    seams.install()
    yield
    seams.uninstall()


@pytest.mark.parametrize("driver", CLIENTS)
def test_every_row(bench: Bench, server: Server, driver: str, capsys: pytest.CaptureFixture[str]) -> None:
    table, differing = [], []
    for (of, failure), _ in sorted(rows().items()):
        if of != driver:
            continue
        fault, url = FAULTS[failure], PLACES.get(failure, f"{server.url}/{failure}")
        # aiohttp makes a GET twice, and was measured where both fail
        method = "POST" if (driver, failure) == ("aiohttp", "rst") else "GET"
        if failure == "loop":
            url = f"{server.url}/x"
        with bench.fault(fault), pytest.raises(Exception) as caught:  # noqa: PT011
            CLIENTS[driver](method, url)
        try:
            agree(driver, failure, caught.value)
        except AssertionError as exc:
            differing.append((driver, fault))
            table.append(f"{driver:13} {fault:24} differs: {str(exc).splitlines()[0][:90]}")
        else:
            table.append(f"{driver:13} {fault:24} agrees")
    with capsys.disabled():
        print("\n" + "\n".join(table))
        print(f"{driver}: {len(table)} pairs, {len(table) - len(differing)} agree")
    assert table
    assert [pair for pair in differing if pair not in KNOWN] == []
