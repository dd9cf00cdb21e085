"""A client in this process that waits for an answer which will not come stops waiting at once.

Without this a test of a read timeout would take as long as the timeout that the application set. The server says which
connection it lets wait; a blocking read on that connection then ends as its own timeout would have ended it.
Clients that do not read so (asyncio, pycurl) wait until their timeout, or until the server drops the connection.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

TICK = 0.005  # seconds between two looks
READS = ("recv", "recv_into")


class Waiting:
    """Knows the connections whose clients wait in vain.

    Args:
        port: the server's.
        passed: is told the seconds that a client would have waited.
    """

    def __init__(self, port: int, passed: Callable[[float], None]) -> None:
        self.port = port
        self.in_vain: set[int] = set()  # ports of clients
        self._passed = passed
        self._undo: list[Callable[[], None]] = []

    def install(self) -> None:
        if self._undo:
            return
        cls: Any = socket.socket
        for name in READS:
            before = vars(cls).get(name)
            setattr(cls, name, self._impatient(getattr(cls, name)))
            self._undo.append(partial(delattr, cls, name) if before is None else partial(setattr, cls, name, before))

    def uninstall(self) -> None:
        for undo in self._undo:
            undo()
        self._undo = []

    def _impatient(self, read: Callable[..., Any]) -> Callable[..., Any]:
        def reading(sock: socket.socket, *args: Any, **kwargs: Any) -> Any:
            timeout = sock.gettimeout()
            port = self._client_port(sock) if timeout else None  # None waits for ever, 0 does not wait
            if timeout and port is not None:
                self._until_readable(sock, port, timeout)
            return read(sock, *args, **kwargs)

        return reading

    def _client_port(self, sock: socket.socket) -> int | None:
        try:
            return sock.getsockname()[1] if sock.getpeername()[1] == self.port else None
        except (OSError, IndexError, TypeError):  # closed, or no socket of IP
            return None

    def _until_readable(self, sock: socket.socket, port: int, timeout: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(sock, selectors.EVENT_READ)
            for _ in range(max(1, int(timeout / TICK))):
                if selector.select(TICK):
                    return
                if port in self.in_vain:
                    self._passed(timeout)
                    raise TimeoutError("timed out")
