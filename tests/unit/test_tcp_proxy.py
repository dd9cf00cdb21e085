"""The `tcp_proxy` fixture, in front of a service that echoes."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from pytest_prodready.tcp_proxy import TcpProxies, TcpProxy


@pytest.fixture
def echo() -> Iterator[int]:
    """A service that sends back what it gets, in capitals."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve(conn: socket.socket) -> None:
            with conn:
                while data := conn.recv(65536):
                    conn.sendall(data.upper())

        def accept() -> None:
            while True:
                try:
                    conn, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=serve, args=(conn,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def proxy(echo: int) -> Iterator[TcpProxy]:
    proxies = TcpProxies()
    yield proxies("127.0.0.1", echo)
    proxies.close()


def connect(proxy: TcpProxy) -> socket.socket:
    return socket.create_connection((proxy.host, proxy.port), timeout=5)


def ask(conn: socket.socket, what: bytes) -> bytes:
    conn.sendall(what)
    return conn.recv(65536)


def test_without_trouble_everything_passes(proxy: TcpProxy) -> None:
    with connect(proxy) as conn:
        assert ask(conn, b"hello") == b"HELLO"
    assert proxy.accepted == 1


def test_cut(proxy: TcpProxy) -> None:
    with connect(proxy) as conn:
        assert ask(conn, b"a") == b"A"
        with proxy.cut() as trouble:
            assert conn.recv(10) == b""
        assert trouble.fired == 1
    with connect(proxy) as conn:
        assert ask(conn, b"b") == b"B"


def test_reset(proxy: TcpProxy) -> None:
    with connect(proxy) as conn:
        ask(conn, b"a")
        with proxy.reset(), pytest.raises(ConnectionResetError):
            conn.recv(10)


def test_after_a_number_of_bytes(proxy: TcpProxy) -> None:
    with connect(proxy) as conn, proxy.limit(4) as trouble:
        assert ask(conn, b"ab") == b"AB"
        assert ask(conn, b"cdef") == b"CD"
        assert conn.recv(10) == b""
        assert trouble.fired == 1


@pytest.mark.parametrize("delivered", [False, True])
def test_at_the_next_match(proxy: TcpProxy, delivered: bool) -> None:
    with connect(proxy) as conn, proxy.reset(match=b"COMMIT", delivered=delivered) as trouble:
        assert ask(conn, b"x COM") == b"X COM"
        conn.sendall(b"MIT")
        with pytest.raises(ConnectionResetError):  # noqa: PT012
            while conn.recv(10):
                pass
        assert trouble.fired == 1


def test_stall_and_go_on(proxy: TcpProxy) -> None:
    with connect(proxy) as conn:
        ask(conn, b"a")
        conn.settimeout(0.1)
        with proxy.stall(), pytest.raises(TimeoutError):
            ask(conn, b"b")
        conn.settimeout(5)
        assert conn.recv(10) == b"B"


def test_half_close(proxy: TcpProxy) -> None:
    with connect(proxy) as conn:
        ask(conn, b"a")
        with proxy.half_close():
            assert conn.recv(10) == b""
            conn.sendall(b"still read")


def test_slow(proxy: TcpProxy) -> None:
    with connect(proxy) as conn, proxy.slow(100):
        started = time.perf_counter()
        conn.sendall(b"x" * 20)
        got = b""
        while len(got) < 20:
            got += conn.recv(100)
        assert time.perf_counter() - started > 0.2


def test_refuse(proxy: TcpProxy) -> None:
    with connect(proxy) as conn:
        ask(conn, b"a")
        with proxy.refuse():
            assert conn.recv(10) == b""
            with pytest.raises(ConnectionRefusedError):
                connect(proxy)
    with connect(proxy) as conn:
        assert ask(conn, b"b") == b"B"


def test_asynchronous(proxy: TcpProxy) -> None:
    async def main() -> None:
        reader, writer = await asyncio.open_connection(proxy.host, proxy.port)
        with proxy.cut(match=b"bye"):
            writer.write(b"hello")
            assert await reader.read(10) == b"HELLO"
            writer.write(b"bye")
            assert await reader.read(10) == b""
        writer.close()

    asyncio.run(main())


def test_urls(echo: int) -> None:
    proxies = TcpProxies()
    proxy = proxies(f"redis://user:secret@127.0.0.1:{echo}/0")
    assert proxy.url == f"redis://user:secret@127.0.0.1:{proxy.port}/0"
    assert proxies(f"127.0.0.1:{echo}").url.startswith("127.0.0.1:")
    proxies.close()
    with pytest.raises(ConnectionRefusedError):
        connect(proxy)


def test_errors_name_the_address(echo: int) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        with pytest.raises(ConnectionError, match=f"nothing answers at 127.0.0.1:{port}"):
            TcpProxies()("127.0.0.1", port)
    with pytest.raises(ValueError, match="'localhost' names no host and port"):
        TcpProxies()("localhost")
