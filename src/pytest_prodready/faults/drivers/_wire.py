"""What the drivers above `http.client` share: a socket that was connected, and what came out of it.

Real code of the library parses what the socket gives, so that exceptions and states afterwards are its own.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from ...seams import hub
from .. import Clock, Fault
from . import _replies as replies


class Socket:
    """Takes whatever is sent and gives `data`; then it ends, or `end` raises."""

    def __init__(self, data: bytes = b"", end: Callable[[], None] | None = None) -> None:
        self.data, self.end = data, end
        self._timeout: float | None = None

    def makefile(self, mode: str = "r", buffering: int | None = None, **options: Any) -> Any:
        return io.BufferedReader(_Raw(self))

    def sendall(self, data: Any, flags: int = 0) -> None: ...

    def settimeout(self, value: float | None) -> None:
        self._timeout = value

    def gettimeout(self) -> float | None:
        return self._timeout

    def setsockopt(self, *args: Any) -> None: ...

    def shutdown(self, how: int) -> None: ...

    def close(self) -> None: ...


class _Raw(io.RawIOBase):
    def __init__(self, socket: Socket) -> None:
        self._socket = socket

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        socket = self._socket
        part, socket.data = socket.data[: len(buffer)], socket.data[len(buffer) :]
        if not part and socket.end is not None:
            socket.end()
        buffer[: len(part)] = part
        return len(part)


def message(status: int, reason: str, headers: Iterable[tuple[str, str]], body: bytes, closes: bool = True) -> bytes:
    """An answer as it is on the wire; one that `closes` leaves no connection that would be used again."""
    headers = [*headers, replies.CLOSES] if closes else headers
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body


def answer(fault: Fault, url: str) -> bytes:
    found = replies.answer(fault, url)
    return message(found.status, found.reason, found.headers, found.body, closes=False)


def parsed(data: bytes, method: str) -> Any:
    """The answer as `http.client` has it."""
    from http.client import HTTPResponse

    response = HTTPResponse(Socket(data), method=method)  # type: ignore[arg-type]
    response.begin()
    return response


def silence(clock: Clock, seconds: float | None) -> Callable[[], None]:
    """No answer comes: the end of a socket whose time-out is `seconds`."""

    def end() -> None:
        clock.advance(replies.FOR_EVER if seconds is None else seconds)
        hub.raise_injected(TimeoutError("timed out"))

    return end


def aborted() -> None:
    hub.raise_injected(replies.reset())


def connecting(fault: Fault, clock: Clock, seconds: float | None) -> OSError:
    """Why a connection does not come about."""
    if fault.name == "http.connection-refused":
        return replies.refused()
    if fault.name == "http.dns-failure":
        return replies.unresolved()
    if fault.name == "http.tls-failure":
        return replies.bad_certificate()
    clock.advance(replies.SYSTEM_CONNECT_TIMEOUT if seconds is None else seconds)
    return replies.timed_out(seconds)


#: Headers that say how the body was sent.
FRAMING = frozenset({"content-length", "transfer-encoding", "content-encoding", "connection"})


def head_of(reply: Any) -> tuple[int, str, list[tuple[str, str]]]:
    """Status, reason and headers of an answer of `http.client` or urllib3, which may be a test's double."""
    from http.client import responses

    status = getattr(reply, "status", None)
    if not isinstance(status, int):
        status = getattr(reply, "code", None)
    status = status if isinstance(status, int) else 200
    reason = getattr(reply, "reason", None)
    headers: list[tuple[str, str]] = []
    with suppress(Exception):
        headers = [(str(k), v) for k, v in reply.headers.items() if isinstance(v, str)]
    headers = [(name, value) for name, value in headers if name.lower() not in FRAMING]
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", "application/json"))
    return status, reason if isinstance(reason, str) else responses.get(status, ""), headers


def other(reply: Any, body: bytes, content_type: str | None = None, length: int | None = None) -> bytes:
    """The answer with another body; status and headers are kept.

    Args:
        length: the announced length, where it is not the body's.
    """
    status, reason, headers = head_of(reply)
    if content_type is not None:
        headers = [(name, value) for name, value in headers if name.lower() != "content-type"]
        headers.append(("Content-Type", content_type))
    headers.append(("Content-Length", str(len(body) if length is None else length)))
    return message(status, reason, headers, body, closes=length is None)


def cut(reply: Any, body: Any) -> bytes:
    """The answer, of which the second half does not arrive."""
    if isinstance(body, bytes) and len(body) > 1:
        return other(reply, body[: len(body) // 2], length=len(body))
    return other(reply, b" " * replies.RECEIVED, length=replies.EXPECTED)
