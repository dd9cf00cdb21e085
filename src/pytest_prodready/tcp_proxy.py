"""The `tcp_proxy` fixture: a proxy in front of any TCP service, which fails in the ways that networks do."""

from __future__ import annotations

import select
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Literal
from urllib.parse import urlsplit

Side = Literal["request", "answer"]
CHUNK = 65536
#: Ports that go without saying.
PORTS = {"postgresql": 5432, "postgres": 5432, "mysql": 3306, "mariadb": 3306, "redis": 6379, "amqp": 5672, "mongodb": 27017, "http": 80, "https": 443}  # fmt: skip


class Trouble:
    """One way to fail, from now on: at once, after a number of bytes, or at the next match. A `with` block ends it.

    Attributes:
        fired: how often it struck.
    """

    def __init__(
        self, proxy: TcpProxy, act: Callable[[Link], None], after: int | None, match: bytes | None, of: Side, delivered: bool
    ) -> None:  # fmt: skip
        if after is not None and match is not None:
            raise ValueError("tcp_proxy: after= and match= exclude each other")
        self.proxy, self.act, self.after, self.match, self.of, self.delivered = proxy, act, after, match, of, delivered
        self.fired = 0
        self._passed = 0
        self._tail = b""

    @property
    def waits(self) -> bool:
        return self.after is not None or self.match is not None

    def due(self, data: bytes, of: Side) -> int | None:
        """How many of these bytes still pass before it strikes; None while it does not."""
        if of != self.of or self.fired:
            return None
        if self.after is not None:
            left = self.after - self._passed
            self._passed += len(data)
            return left if len(data) >= left else None
        assert self.match is not None
        found = (self._tail + data).find(self.match)
        held = len(self._tail)
        self._tail = (self._tail + data)[-(len(self.match) - 1) :] if len(self.match) > 1 else b""
        if found < 0:
            return None
        return len(data) if self.delivered else max(0, found - held)

    def strike(self, link: Link) -> None:
        self.fired += 1
        self.act(link)

    def __enter__(self) -> Trouble:
        return self

    def __exit__(self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None) -> None:
        self.proxy.heal()


class Link:
    """One connection through the proxy."""

    def __init__(self, proxy: TcpProxy, client: socket.socket, service: socket.socket) -> None:
        self.proxy, self.client, self.service = proxy, client, service
        self.stalled = threading.Event()

    def pump(self, of: Side) -> None:
        source, sink = (self.client, self.service) if of == "request" else (self.service, self.client)
        with suppress(OSError):
            while data := source.recv(CHUNK):
                trouble, passes = self.proxy.look(data, of)
                if trouble is None:
                    self._pass(sink, data)
                    continue
                self._pass(sink, data[:passes])
                trouble.strike(self)
                if not self.stalled.is_set():
                    self._pass(sink, data[passes:])
            if not self.stalled.is_set() and self.proxy.alive(self):  # else a reset would begin with a polite end
                sink.shutdown(socket.SHUT_WR)

    def _pass(self, sink: socket.socket, data: bytes) -> None:
        rate = self.proxy.rate
        if rate is not None:
            for at in range(0, len(data), rate // 10 or 1):
                if self.proxy.rate is not None:
                    select.select([], [], [], (rate // 10 or 1) / rate)  # in real time: that of a trial is virtual
                sink.sendall(data[at : at + (rate // 10 or 1)])
            return
        while self.stalled.is_set() or self.proxy.stalled:
            if not self.proxy.alive(self):
                return
            select.select([], [], [], 0.01)
        sink.sendall(data)

    def cut(self) -> None:
        self.proxy.forget(self)
        for end in (self.client, self.service):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def reset(self) -> None:
        for end in (self.client, self.service):
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.proxy.forget(self)
        with suppress(OSError):
            self.service.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):  # wakes who reads there, and still ends in a reset
            self.client.shutdown(socket.SHUT_RD)
        self.client.close()
        self.service.close()

    def close_half(self) -> None:
        """The service says no more; it still listens."""
        with suppress(OSError):
            self.client.shutdown(socket.SHUT_WR)


class TcpProxy:
    """A proxy on loopback: `host`, `port` and `address` are what the application connects to."""

    def __init__(self, host: str, port: int, url: str | None = None) -> None:
        self.service = host, port
        self._url = url
        try:
            socket.create_connection(self.service, timeout=5).close()
        except OSError as exc:
            raise ConnectionError(
                f"tcp_proxy: nothing answers at {host}:{port} ({exc}); start the service first"
            ) from None
        self._lock = threading.RLock()
        self._links: list[Link] = []
        self._troubles: list[Trouble] = []
        self.rate: int | None = None
        self.stalled = False
        self.accepted = 0  # connections so far
        self.port = 0
        self._held: socket.socket | None = None
        self._listen()

    # ------------------------------------------------------------------------------------------------ the address
    host = "127.0.0.1"

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL that it was made with, through the proxy."""
        if self._url is None:
            return self.address
        parts = urlsplit(self._url)
        user = parts.netloc.rpartition("@")[0]
        return parts._replace(netloc=f"{user}@{self.address}" if user else self.address).geturl()

    # --------------------------------------------------------------------------------------------------- troubles
    def cut(
        self, *, after: int | None = None, match: bytes | None = None, of: Side | None = None, delivered: bool = False
    ) -> Trouble:
        """The connection ends, as when the service is stopped."""
        return self._trouble(Link.cut, after, match, of, delivered)

    def reset(
        self, *, after: int | None = None, match: bytes | None = None, of: Side | None = None, delivered: bool = False
    ) -> Trouble:
        """The connection is reset, as when the service or a firewall forgot it."""
        return self._trouble(Link.reset, after, match, of, delivered)

    def stall(
        self, *, after: int | None = None, match: bytes | None = None, of: Side | None = None, delivered: bool = False
    ) -> Trouble:
        """Nothing passes any more, and nobody says so."""
        if after is None and match is None:
            self.stalled = True
        return self._trouble(lambda link: link.stalled.set(), after, match, of, delivered)

    def half_close(
        self, *, after: int | None = None, match: bytes | None = None, of: Side | None = None, delivered: bool = False
    ) -> Trouble:
        """The service ends its side of the connection, and still reads."""
        return self._trouble(Link.close_half, after, match, of, delivered)

    def limit(self, size: int) -> Trouble:
        """The answers break off after `size` bytes."""
        return self.cut(after=size)

    def slow(self, bytes_per_second: int) -> Trouble:
        """Everything passes, slowly."""
        self.rate = max(1, bytes_per_second)
        return self._trouble(lambda link: None, None, None, None, False)

    def refuse(self) -> Trouble:
        """Nobody listens any more, and connections are cut."""
        self._stop_listening()
        self._hold()
        return self.cut()

    def heal(self) -> None:
        """All is well again: what was stalled goes on, connections that were cut stay cut."""
        with self._lock:
            self._troubles.clear()
            self.rate, self.stalled = None, False
            for link in self._links:
                link.stalled.clear()
            if self._socket is None:
                self._listen()

    def close(self) -> None:
        self._stop_listening()
        self._let_go()
        with self._lock:
            links, self._troubles = list(self._links), []
        for link in links:
            link.cut()

    # ------------------------------------------------------------------------------------------------- the inside
    def _trouble(
        self, act: Callable[[Link], None], after: int | None, match: bytes | None, of: Side | None, delivered: bool
    ) -> Trouble:
        trouble = Trouble(self, act, after, match, of or ("request" if match is not None else "answer"), delivered)
        with self._lock:
            if trouble.waits:
                self._troubles.append(trouble)
            links = list(self._links)
        if not trouble.waits:
            for link in links:
                trouble.strike(link)
        return trouble

    def look(self, data: bytes, of: Side) -> tuple[Trouble | None, int]:
        with self._lock:
            for trouble in self._troubles:
                passes = trouble.due(data, of)
                if passes is not None:
                    return trouble, passes
        return None, 0

    def alive(self, link: Link) -> bool:
        return link in self._links

    def forget(self, link: Link) -> None:
        with self._lock, suppress(ValueError):
            self._links.remove(link)

    def _hold(self) -> None:
        """Keep the port, which nobody listens on: else another program may be given it, and answers there."""
        held = socket.socket()
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            held.bind((self.host, self.port))
        self._held = held

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.close()

    def _listen(self) -> None:
        self._let_go()
        self._socket: socket.socket | None = socket.create_server((self.host, self.port))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._socket,), daemon=True, name="tcp_proxy").start()

    def _stop_listening(self) -> None:
        listening, self._socket = self._socket, None
        if listening is not None:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            try:
                service = socket.create_connection(self.service)
            except OSError:  # as if it were not there itself
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                client.close()
                continue
            link = Link(self, client, service)
            with self._lock:
                self._links.append(link)
                self.accepted += 1
            sides: tuple[Side, Side] = ("request", "answer")
            for of in sides:
                threading.Thread(target=link.pump, args=(of,), daemon=True, name=f"tcp_proxy {of}").start()


class TcpProxies:
    """Makes proxies: `tcp_proxy("127.0.0.1", 5432)` or `tcp_proxy("redis://cache:6379/0")`."""

    def __init__(self) -> None:
        self._made: list[TcpProxy] = []

    def __call__(self, where: str, port: int | None = None) -> TcpProxy:
        """A proxy in front of a host and port, `host:port`, or the service of a URL."""
        parts = urlsplit(where if "://" in where else f"//{where}")
        found = port or parts.port or PORTS.get(parts.scheme.partition("+")[0])
        if not parts.hostname or found is None:
            raise ValueError(
                f"tcp_proxy: {where!r} names no host and port; give 'host:port', a host and a port, or a URL"
            )
        proxy = TcpProxy(parts.hostname, found, where if "://" in where else None)
        self._made.append(proxy)
        return proxy

    def close(self) -> None:
        for proxy in self._made:
            proxy.close()
