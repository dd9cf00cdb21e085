"""A bench for seams and drivers: the hub with everything around it made as simple as possible."""

from __future__ import annotations

import _sqlite3
import re
import socket
import sqlite3
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest

from pytest_prodready.faults import Faults, Strike, built_in_drivers, built_in_faults
from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import django_mail as django_mail_seam
from pytest_prodready.seams import http_client as http_client_seam
from pytest_prodready.seams import httpx as httpx_seam
from pytest_prodready.seams import requests as requests_seam
from pytest_prodready.seams import smtp as smtp_seam
from pytest_prodready.seams import sqlite as sqlite_seam
from pytest_prodready.seams import stand_ins as stand_ins_seam
from pytest_prodready.seams import urllib as urllib_seam
from pytest_prodready.seams import urllib3 as urllib3_seam
from pytest_prodready.trace import Call, ErrorInfo, Site, Stack, Trace

SITE = Site("app.py", 1, "work")


class EverythingIsSource:
    """All calls are the application's, unless `maker` says who made a client."""

    maker = "other"

    def classify(self, filename: str) -> tuple[str, str]:
        return "other", ""

    def stack(self, frame: FrameType | None) -> Stack:
        return Stack(SITE, (SITE,), frame, from_test=False)

    def writes(self, definition: str) -> bool:
        return True

    def hands_on(self, frame: FrameType | None) -> bool:
        return False

    def place_of(self, what: Any) -> Site | None:
        return SITE if what is not None else None

    def error_info(self, exc: BaseException, injected: Any = (), *rest: Any) -> ErrorInfo:
        names = tuple(cls.__name__ for cls in type(exc).__mro__)
        return ErrorInfo(names[0], names, str(exc), "foreign", any(exc is one for one in injected))


class FakeClock:
    def __init__(self) -> None:
        self.passed: list[float] = []

    def advance(self, seconds: float) -> None:
        self.passed.append(seconds)


class Bench:
    """Seams that are in, a trace that runs, and a way to arm one fault."""

    def __init__(self) -> None:
        self.trace = Trace("test", phase="call")
        self.clock = FakeClock()
        self.faults = Faults(built_in_faults(), built_in_drivers())
        self.struck: list[Call] = []

    @property
    def calls(self) -> list[Call]:
        return self.trace.calls

    @contextmanager
    def fault(self, name: str, variant: str = "", at: Callable[[Call], bool] = lambda call: True) -> Iterator[None]:
        """Strike the first call that `at` accepts; in an outage all of them."""
        fault = self.faults.by_name[name]

        def striker(call: Call, live: Any) -> Strike | None:
            if (self.struck and not fault.outage) or call.kind not in fault.kinds or not at(call):
                return None
            driver = self.faults.driver(call.seam)
            assert driver is not None
            strike = driver.strike(fault, variant, call, live, self.clock)
            if strike is not None:
                strike.fault = name
                self.struck.append(call)
            return strike

        self.struck.clear()
        hub.striker = striker
        try:
            yield
        finally:
            hub.striker = None
            hub.clean_up(None)

    def struck_by(self, name: str, act: Callable[[], Any], variant: str = "") -> BaseException:
        """The exception that leaves `act` under a fault, which must strike exactly once."""
        with self.fault(name, variant), pytest.raises(BaseException) as caught:  # noqa: PT011
            act()
        assert len(self.struck) == 1, self.struck
        return caught.value


@pytest.fixture(autouse=True)
def _plain_sqlite() -> Iterator[None]:
    """A double that a test takes away last puts a listening `connect` back after its seams are gone."""
    yield
    for module in (sqlite3, sqlite3.dbapi2):
        module.connect = _sqlite3.connect


@pytest.fixture
def bench() -> Iterator[Bench]:
    seams = Seams(
        [
            requests_seam.SEAM,
            httpx_seam.SEAM,
            urllib3_seam.SEAM,
            urllib_seam.SEAM,
            http_client_seam.SEAM,
            smtp_seam.SEAM,
            django_mail_seam.SEAM,
            sqlite_seam.SEAM,
            stand_ins_seam.SEAM,
        ]
    )
    bench = Bench()
    hub.sources = EverythingIsSource()
    hub.internal_errors.clear()
    seams.install()
    hub.start(bench.trace)
    try:
        yield bench
    finally:
        hub.stop()
        seams.uninstall()
        hub.sources = None
        errors, hub.internal_errors[:] = list(hub.internal_errors), []
    assert errors == []


# ---------------------------------------------------------------------- a server that misbehaves
JSON = b'{"id": 7, "items": [{"price": "9.99"}]}'


class Server:
    """One HTTP/1.1 server on loopback; the path says what goes wrong."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.seen: list[str] = []
        self.over = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                conn, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(conn,), daemon=True).start()

    def _answer(self, conn: socket.socket) -> None:
        with conn:
            head = b""
            while b"\r\n\r\n" not in head:
                part = conn.recv(65536)
                if not part:
                    return
                head += part
            method, path = head.split(b" ")[:2]
            self.seen.append(f"{method.decode()} {path.decode()}")
            what = path.decode().strip("/").partition("?")[0]
            if what == "reset":
                conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            elif what == "stall":
                self.over.wait(5)
            elif what == "truncated":
                head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n"
                conn.sendall(head + b" " * 20)
            elif what == "loop":
                head = b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n"
                conn.sendall(head + b"Connection: close\r\n\r\n")
            elif what == "flaky" and len(self.seen) == 1:
                conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            elif what in ("500", "503", "429", "401"):
                head = b"HTTP/1.1 %s X\r\nContent-Type: text/html\r\nContent-Length: 4\r\n" % what.encode()
                conn.sendall(head + b"Connection: close\r\n\r\nnope")
            else:
                head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                conn.sendall(head + b"Content-Length: %d\r\n\r\n" % len(JSON) + JSON)

    def close(self) -> None:
        self.over.set()
        self.socket.close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@pytest.fixture
def full_port() -> Iterator[int]:
    """A port that answers no attempt to connect: its queue is full."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        port = int(listening.getsockname()[1])
        waiting = []
        for _ in range(3):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
            waiting.append(one)
        yield port
        for one in waiting:
            one.close()


def chain(exc: BaseException | None) -> list[tuple[str, bool, str]]:
    """(link, suppressed, type) from an exception down to its first cause."""
    found = []
    while exc is not None:
        if exc.__cause__ is not None:
            found.append(("cause", exc.__suppress_context__, type(exc.__cause__).__qualname__))
            exc = exc.__cause__
        elif exc.__context__ is not None:
            found.append(("context", exc.__suppress_context__, type(exc.__context__).__qualname__))
            exc = exc.__context__
        else:
            break
    return found


def shape(value: Any) -> Any:
    """The types of an exception's arguments, exceptions with theirs."""
    if isinstance(value, BaseException):
        return type(value).__qualname__, tuple(shape(arg) for arg in value.args)
    return type(value).__qualname__


def alike(injected: BaseException, real: BaseException, masks: tuple[str, ...] = ()) -> None:
    """Assert that an injected exception cannot be told from a real one, but for what `masks` names."""

    def masked(text: str) -> str:
        for mask in masks:
            text = text.replace(mask, "…")
        return re.sub(r"0x[0-9a-f]+", "0x…", text)

    assert type(injected) is type(real)
    assert masked(str(injected)) == masked(str(real))
    assert shape(injected) == shape(real)
    assert chain(injected) == chain(real)
    for name in ("errno", "strerror", "filename"):
        assert getattr(injected, name, None) == getattr(real, name, None)
