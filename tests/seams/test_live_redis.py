"""redis-py: each failure that a real server or network brings about, beside the one that is injected."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import redis
import redis.asyncio
from redis.backoff import NoBackoff
from redis.retry import Retry
from tests.servers import need

from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import redis as seam
from pytest_prodready.tcp_proxy import TcpProxy

from .conftest import Bench
from .live import Pair, compare, outcome

KEY = "prodready:live"
#: As few attempts as there can be: what the default of 10 makes of an outage takes seconds.
ONCE = {"retry": Retry(NoBackoff(), 0)}
ASYNC_ONCE = {"retry": redis.asyncio.retry.Retry(NoBackoff(), 0)}


class Client:
    """A client, or one that asks by a pipeline."""

    def __init__(self, port: int, pipeline: bool, **settings: Any) -> None:
        self.pipeline = pipeline
        self.client: Any = self.make(host="127.0.0.1", port=port, socket_timeout=0.1, **settings)

    def make(self, **settings: Any) -> Any:
        return redis.Redis(**settings)

    def get(self) -> Any:
        if self.pipeline:
            return self.client.pipeline().get(KEY).execute()
        return self.client.get(KEY)

    def ping(self) -> Any:
        return self.client.ping()

    def state(self) -> Any:
        pool = self.client.connection_pool
        idle = [connection.is_connected for connection in pool._available_connections]
        return {"idle": idle, "in use": len(pool._in_use_connections)}

    def over(self) -> None:
        self.client.close()


class Async(Client):
    def make(self, **settings: Any) -> Any:
        self.runner = asyncio.Runner()
        return redis.asyncio.Redis(**settings)

    def run(self, act: Callable[[], Any]) -> Any:
        async def main() -> Any:
            return await act()

        return self.runner.run(main())

    def get(self) -> Any:
        return self.run(super().get)

    def ping(self) -> Any:
        return self.run(super().ping)

    def over(self) -> None:
        self.run(self.client.aclose)
        self.runner.close()


CLIENTS: dict[str, Callable[[int], Client]] = {
    "redis": lambda port: Client(port, False, **ONCE),
    "redis (pipeline)": lambda port: Client(port, True, **ONCE),
    "redis (async)": lambda port: Async(port, False, **ASYNC_ONCE),
    "redis (async, pipeline)": lambda port: Async(port, True, **ASYNC_ONCE),
}
DEFAULT: dict[str, Callable[[int], Client]] = {
    "redis (default retries)": lambda port: Client(port, False),
    "redis (async, default retries)": lambda port: Async(port, False),
}


# ---------------------------------------------------------------------------------------------------------- causes
@contextmanager
def without(proxy: TcpProxy, admin: Any) -> Iterator[None]:
    with hub.quiet():
        admin.delete(KEY)
    yield


@contextmanager
def shortened(proxy: TcpProxy, admin: Any) -> Iterator[None]:
    with hub.quiet():
        admin.set(KEY, "val")
    yield


FORMS: dict[str, tuple[str, Callable[[TcpProxy, Any], Any]]] = {
    "cache.unavailable": ("nobody listens", lambda proxy, admin: proxy.refuse()),
    "cache.timeout": ("the server says nothing for `socket_timeout`", lambda proxy, admin: proxy.stall(match=b"GET")),
    "cache.evicted": ("the key is gone", without),
    "cache.corrupt": ("half of the value is there", shortened),
}
PAIRS = {
    Pair(name, fault, "read" if "pipeline" not in name else "pipeline"): FORMS[fault]
    for name in CLIENTS
    for fault in FORMS
    if "pipeline" not in name or fault in ("cache.unavailable", "cache.timeout")
}
SLOW = {Pair(name, fault, "read"): FORMS[fault] for name in DEFAULT for fault in ("cache.unavailable", "cache.timeout")}


# ----------------------------------------------------------------------------------------------------------- tests
@pytest.fixture
def admin(bench: Bench) -> Iterator[Any]:
    server = need("Redis")
    seams = Seams([seam.SEAM])
    seams.install()
    with redis.Redis(host=server.host, port=server.port, password=server.password or None) as client:
        yield client
        client.delete(KEY)
    seams.uninstall()


def act(client: Client, trouble: Any) -> dict[str, Any]:
    """A command that fails, what is in the pool then, and what comes next."""
    try:
        with trouble:
            raised = outcome(client.get)
            state = outcome(client.state)
        return {
            "raised": raised if isinstance(raised, dict) else {"reply": raised},
            "state": state, "ping": outcome(client.ping), "state then": outcome(client.state),
        }  # fmt: skip
    finally:
        client.over()


def see(bench: Bench, admin: Any, make: Callable[[int], Client], pair: Pair) -> list[dict[str, Any]]:
    server, seen = need("Redis"), []
    proxy = TcpProxy(server.host, server.port)
    try:
        for trouble in (FORMS[pair.fault][1](proxy, admin), bench.fault(pair.fault)):
            with hub.quiet():
                admin.set(KEY, "value!")
            seen.append(act(make(proxy.port), trouble))
        assert bench.struck, "it did not strike"
        return seen
    finally:
        proxy.close()


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_as_in_reality(bench: Bench, admin: Any, pair: Pair, record_property: Callable[[str, object], None]) -> None:
    compare(pair, *see(bench, admin, CLIENTS[pair.client], pair), record_property)


@pytest.mark.long
@pytest.mark.parametrize("pair", SLOW, ids=str)
def test_with_the_retries_of_the_client(
    bench: Bench, admin: Any, pair: Pair, record_property: Callable[[str, object], None]
) -> None:
    compare(pair, *see(bench, admin, DEFAULT[pair.client], pair), record_property)
