"""What PostgreSQL says in the words of its protocol: libpq reads an error as if its server had sent it.

Messages: https://www.postgresql.org/docs/current/protocol-message-formats.html
"""

from __future__ import annotations

import inspect
import os
import socket
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from typing import Any

#: What the application asks for: parse, bind, execute, describe, a function.
ASKING = frozenset(b"PBEDF")


def message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", 4 + len(body)) + body


def error(fields: dict[str, str | None]) -> bytes:
    """An ErrorResponse of these fields, by their letters."""
    told = b"".join(name.encode() + text.encode() + b"\0" for name, text in fields.items() if text)
    return message(b"E", told + b"\0")


def answered(
    descriptor: int, refusal: bytes, in_transaction: bool, do: Callable[[], Any], then: Callable[[], None] | None = None
) -> Any:
    """Make a call, awaited or not, over a connection whose other end refuses everything in these words."""
    give_back = _replaced(descriptor, refusal, message(b"Z", b"E" if in_transaction else b"I"), then)
    try:
        reply = do()
    except BaseException:
        give_back()
        raise
    if inspect.isawaitable(reply):
        return _awaited(reply, give_back)
    give_back()
    return reply


async def _awaited(reply: Awaitable[Any], give_back: Callable[[], None]) -> Any:
    try:
        return await reply
    finally:
        give_back()


def tell(descriptor: int, sql: str) -> None:
    """Send a statement to the server without libpq's knowing, and wait until it is done."""
    with socket.socket(fileno=os.dup(descriptor)) as wire, suppress(OSError):
        wire.settimeout(5)  # libpq's sockets never block
        wire.sendall(message(b"Q", sql.encode() + b"\0"))
        for kind, _ in _messages(wire):
            if kind == b"Z":
                return


def _replaced(descriptor: int, refusal: bytes, ready: bytes, then: Callable[[], None] | None) -> Callable[[], None]:
    """Put another connection in the place of this one; what is given back puts it back."""
    here, there = socket.socketpair()
    here.setblocking(False)
    kept = os.dup(descriptor)
    os.dup2(here.fileno(), descriptor, inheritable=False)
    here.close()
    server = threading.Thread(target=_refuse, args=(there, refusal, ready), daemon=True, name="prodready refusal")
    server.start()

    def give_back() -> None:
        os.dup2(kept, descriptor, inheritable=False)
        os.close(kept)
        server.join()
        if then is not None:
            then()

    return give_back


def _refuse(wire: socket.socket, refusal: bytes, ready: bytes) -> None:
    """A server that refuses the first message of each exchange, and skips the others, as the protocol wants it."""
    refused = False
    with wire, suppress(OSError):
        for kind, _ in _messages(wire):
            if kind == b"Q":
                wire.sendall(refusal + ready)
            elif kind == b"S":
                refused = False
                wire.sendall(ready)
            elif kind[0] in ASKING and not refused:
                refused = True
                wire.sendall(refusal)


def _messages(wire: socket.socket) -> Iterator[tuple[bytes, bytes]]:
    """What comes in: kind and body."""
    data = b""
    while True:
        while len(data) >= 5 and len(data) > (size := struct.unpack("!i", data[1:5])[0]):
            yield data[:1], data[5 : size + 1]
            data = data[size + 1 :]
        part = wire.recv(65536)
        if not part:
            return
        data += part
