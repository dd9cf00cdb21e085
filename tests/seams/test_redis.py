"""redis-py against a real server and fakeredis: commands, pipelines, and what is injected into them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import fakeredis
import pytest
import redis
import redis.asyncio
from redis.backoff import NoBackoff
from redis.retry import Retry
from tests.servers import need

from pytest_prodready.seams import Seams
from pytest_prodready.seams import redis as seam

from .conftest import Bench
from .measured import agree


@pytest.fixture
def place(bench: Bench) -> Iterator[dict[str, Any]]:
    server = need("Redis")
    seams = Seams([seam.SEAM])
    seams.install()
    yield {"host": server.host, "port": server.port, "password": server.password or None}
    seams.uninstall()


def once() -> Retry:
    return Retry(NoBackoff(), 0)


@pytest.mark.parametrize(
    ("fault", "row"),
    [("cache.unavailable", "connect_refused [retry=0]"), ("cache.timeout", "blackhole_no_timeout [retry=0]")],
)
def test_agrees_with_what_was_measured(bench: Bench, place: dict[str, Any], fault: str, row: str) -> None:
    client = redis.Redis(**place, retry=once())
    agree("redis", row, bench.struck_by(fault, lambda: client.get("k")))
    assert client.ping()


@pytest.mark.parametrize(
    ("fault", "row"),
    [("cache.unavailable", "connect_refused [retry=0]"), ("cache.timeout", "blackhole_no_timeout [retry=0]")],
)
def test_asynchronous(bench: Bench, place: dict[str, Any], fault: str, row: str) -> None:
    async def main() -> None:
        async with redis.asyncio.Redis(**place, retry=redis.asyncio.retry.Retry(NoBackoff(), 0)) as client:
            with bench.fault(fault), pytest.raises(redis.RedisError) as caught:
                await client.get("k")
            agree("redis.asyncio", row, caught.value)
            assert await client.ping()

    asyncio.run(main())


def test_a_client_that_tries_again_absorbs_a_time_out(bench: Bench, place: dict[str, Any]) -> None:
    client = redis.Redis(**place, socket_timeout=2)
    client.set("prodready", "1")
    with bench.fault("cache.timeout"):
        assert client.get("prodready") == b"1"
    assert bench.clock.passed[0] == 2


def test_evicted_and_corrupt(bench: Bench, place: dict[str, Any]) -> None:
    for client in (redis.Redis(**place), fakeredis.FakeRedis()):
        client.set("prodready", "value!")
        with bench.fault("cache.corrupt"):
            assert client.get("prodready") == b"val"
        with bench.fault("cache.evicted"):
            assert client.get("prodready") is None
        assert client.get("prodready") is None


def test_one_call_each(bench: Bench, place: dict[str, Any]) -> None:
    client = redis.Redis(**place)
    client.set("user:12", "x", ex=5)
    client.get("user:12")
    with client.pipeline() as pipeline:
        pipeline.incr("n").expire("n", 5).execute()
    client.ping()
    assert [(c.family, c.kind, c.operation, c.failable, c.effect) for c in bench.calls] == [
        ("cache", "write", "SET user:<n>", True, False),
        ("cache", "read", "GET user:<n>", True, False),
        ("cache", "write", "PIPELINE INCRBY EXPIRE", True, False),
        ("cache", "write", "PING", False, False),
    ]


def test_a_pipeline_fails_as_a_whole(bench: Bench, place: dict[str, Any]) -> None:
    client = redis.Redis(**place)
    with client.pipeline() as pipeline:
        pipeline.get("n")
        assert isinstance(bench.struck_by("cache.unavailable", pipeline.execute), redis.ConnectionError)


@pytest.mark.parametrize("fault", ["cache.unavailable", "cache.timeout"])
def test_the_connection_goes_back_disconnected(bench: Bench, place: dict[str, Any], fault: str) -> None:
    """As after the real failure: the client connects anew."""
    client = redis.Redis(**place, retry=once())
    client.ping()
    (connection,) = client.connection_pool._available_connections
    assert connection._sock is not None
    bench.struck_by(fault, lambda: client.get("k"))
    assert client.connection_pool._available_connections == [connection]
    assert connection._sock is None
    assert client.ping()
