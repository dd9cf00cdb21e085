"""redis-py's errors, after as many attempts as the client makes by itself."""

from __future__ import annotations

import asyncio
import errno
from contextlib import suppress
from typing import Any

from ...seams.redis import Command, timeout_of
from ...trace import Call
from .. import Clock, Fault, Strike
from ._servers import then

FORMS = {
    "cache.unavailable": "connection refused",
    "cache.timeout": "timeout",
    "cache.evicted": "no such key",
    "cache.corrupt": "half of the value",
}
#: Seconds that a client waits which sets none; from redis-py 8 on that is a default.
NONE_SET = 5.0


class RedisDriver:
    """Failures of Redis, be it real or fakeredis."""

    seams = frozenset({"redis"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return FORMS.get(fault.name)

    def strike(self, fault: Fault, variant: str, call: Call, live: Command, clock: Clock) -> Strike | None:
        form = FORMS.get(fault.name)
        if form == "connection refused":
            return Strike(lambda _: then(lambda: _drop_idle(live), lambda: _refuse(live, clock)))
        if form == "timeout":
            return Strike(lambda _: then(lambda: _drop_idle(live), lambda: _time_out(live, clock)))
        if form == "no such key" and live.keys:
            return Strike(lambda _: then(lambda: live.client.execute_command("DEL", *live.keys), live.do))
        if form == "half of the value" and live.name in ("GET", "HGET"):
            return Strike(lambda reply: _halved(call, reply), instead=False)
        return None


def _pauses(command: Command) -> list[float]:
    """What the client waits between its own attempts."""
    retry: Any = command.settings.get("retry")
    count = max(0, getattr(retry, "_retries", 0))
    with suppress(Exception):
        return [float(retry._backoff.compute(number)) for number in range(1, count + 1)]
    return []


def _drop_idle(command: Command) -> Any:
    """After any error the connection is back in its pool, disconnected: the next command connects anew."""
    pool = command.client.connection_pool
    idle = list(getattr(pool, "_available_connections", ()))
    if not idle and not getattr(pool, "_in_use_connections", True):
        pool._available_connections.append(pool.make_connection())  # so is one that never came about
    if command.asynchronous:
        return _drop_async(idle)
    for connection in idle:
        with suppress(Exception):
            connection.disconnect()
    return None


async def _drop_async(idle: list[Any]) -> None:
    for connection in idle:
        with suppress(Exception):
            await connection.disconnect()


def _refuse(command: Command, clock: Clock) -> Any:
    from redis.exceptions import ConnectionError as Failed

    for pause in _pauses(command):
        clock.advance(pause)
    host, port = command.place
    why = f"Connect call failed ('{host}', {port})." if command.asynchronous else "Connection refused."
    try:
        raise ConnectionRefusedError(errno.ECONNREFUSED, why.rstrip("."))
    except ConnectionRefusedError:
        raise Failed(f"Error {errno.ECONNREFUSED} connecting to {host}:{port}. {why}")  # noqa: B904


def _time_out(command: Command, clock: Clock) -> Any:
    """A client that tries again gets its answer the next time."""
    from redis.exceptions import TimeoutError as Failed

    clock.advance(timeout_of(command) or NONE_SET)
    pauses = _pauses(command)
    if pauses:
        clock.advance(pauses[0])
        return command.do()
    inner = TimeoutError() if command.asynchronous else TimeoutError("timed out")
    if command.asynchronous:
        inner.__cause__ = asyncio.CancelledError()
    try:
        raise inner
    except TimeoutError:
        host, port = command.place
        raise Failed(f"Timeout reading from {f'{host}:{port}' if command.asynchronous else 'socket'}")  # noqa: B904


def _halved(call: Call, reply: Any) -> Any:
    if isinstance(reply, (bytes, str)) and len(reply) > 1:
        return reply[: len(reply) // 2]
    call.faulted = None  # there is nothing to cut
    return reply


DRIVER = RedisDriver()
