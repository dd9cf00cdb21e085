"""redis-py, synchronous and not, and fakeredis, which inherits from it: commands and pipelines.

A cache may be lost at any time: no command counts as an operation with effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ..trace import Call, normalise
from . import Patches, Seam, hub

#: Commands that only read, by what their keys are: the first argument, or all of them.
ONE_KEY = frozenset(
    [
        "GET",
        "GETRANGE",
        "STRLEN",
        "TTL",
        "PTTL",
        "TYPE",
        "HGET",
        "HGETALL",
        "HMGET",
        "HKEYS",
        "HVALS",
        "HLEN",
        "HEXISTS",
        "LRANGE",
        "LLEN",
        "LINDEX",
        "SMEMBERS",
        "SISMEMBER",
        "SCARD",
        "SRANDMEMBER",
        "ZRANGE",
        "ZREVRANGE",
        "ZRANGEBYSCORE",
        "ZREVRANGEBYSCORE",
        "ZSCORE",
        "ZRANK",
        "ZCARD",
        "ZCOUNT",
        "GETBIT",
        "BITCOUNT",
    ]
)
ALL_KEYS = frozenset({"MGET", "EXISTS"})
#: What the application does not ask for by itself.
SILENT = frozenset({"PING", "AUTH", "HELLO", "CLIENT", "SELECT", "QUIT", "INFO", "CONFIG", "COMMAND"})


@dataclass(slots=True)
class Command:
    """A command under way, handed to the fault."""

    client: Any
    name: str
    keys: tuple[Any, ...]  # which a read looks for
    do: Callable[[], Any]
    asynchronous: bool

    @property
    def settings(self) -> dict[str, Any]:
        """How its pool connects."""
        known = getattr(self.client.connection_pool, "connection_kwargs", None)
        return known if isinstance(known, dict) else {}

    @property
    def place(self) -> tuple[str, int]:
        return str(self.settings.get("host", "localhost")), int(self.settings.get("port", 6379))


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _described(command: Command, args: tuple[Any, ...]) -> Callable[[], Call]:
    def describe() -> Call:
        host, port = command.place
        operation = f"{command.name} {normalise(_text(args[1]))}" if len(args) > 1 else command.name
        kind = "read" if command.keys else "write"
        target = f"{host}:{port}/{command.settings.get('db', 0)}"
        failable = command.name.split(" ")[0] not in SILENT
        return Call("redis", "cache", kind, operation, target, failable=failable, timeout=timeout_of(command))

    return describe


def timeout_of(command: Command) -> float | None:
    """How many seconds it waits for an answer."""
    timeout = command.settings.get("socket_timeout")
    return float(timeout) if isinstance(timeout, (int, float)) else None


def _command(client: Any, args: tuple[Any, ...], do: Callable[[], Any], asynchronous: bool) -> Command:
    name = _text(args[0]).upper() if args else ""
    keys = args[1:2] if name in ONE_KEY else args[1:] if name in ALL_KEYS else ()
    return Command(client, name, tuple(keys), do, asynchronous)


def _execute(wrapped: Any, client: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return wrapped(*args, **kwargs)
    command = _command(client, args, lambda: wrapped(*args, **kwargs), False)
    return hub.around(_described(command, args), command, command.do)


async def _execute_async(wrapped: Any, client: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return await wrapped(*args, **kwargs)
    command = _command(client, args, lambda: wrapped(*args, **kwargs), True)
    return await hub.around_async(_described(command, args), command, command.do)


def _names(pipeline: Any) -> str:
    """The commands that wait in a pipeline."""
    stack = [one[0] if isinstance(one, tuple) else getattr(one, "args", ()) for one in pipeline.command_stack]
    return " ".join(dict.fromkeys(_text(args[0]).upper() for args in stack if args))


def _pipeline(wrapped: Any, pipeline: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    names = _names(pipeline) if hub.trace is not None and not hub.inside else ""
    if not names:
        return wrapped(*args, **kwargs)
    command = Command(pipeline, f"PIPELINE {names}", (), lambda: wrapped(*args, **kwargs), False)
    return hub.around(_described(command, ()), command, command.do)


async def _pipeline_async(wrapped: Any, pipeline: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    names = _names(pipeline) if hub.trace is not None and not hub.inside else ""
    if not names:
        return await wrapped(*args, **kwargs)
    command = Command(pipeline, f"PIPELINE {names}", (), lambda: wrapped(*args, **kwargs), True)
    return await hub.around_async(_described(command, ()), command, command.do)


def install(module: ModuleType, patches: Patches) -> None:
    import redis.asyncio.client
    import redis.client

    patches.wrap(redis.client.Redis, "execute_command", _execute)
    patches.wrap(redis.client.Pipeline, "execute", _pipeline)
    patches.wrap(redis.asyncio.client.Redis, "execute_command", _execute_async)
    patches.wrap(redis.asyncio.client.Pipeline, "execute", _pipeline_async)


SEAM = Seam("redis", ("redis",), install)
