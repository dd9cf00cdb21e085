"""What leaves the machine in a trial, by whatever name it is called: nothing but to loopback."""

from __future__ import annotations

import socket
from collections.abc import Callable
from socket import gethostbyname  # as applications do
from typing import Any

import pytest
from pytest_socket import SocketConnectBlockedError

from pytest_prodready.sweep.guard import SocketGuard

AWAY = ("192.0.2.1", 9)


def datagram(do: Callable[[socket.socket], Any]) -> Any:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        return do(sender)


@pytest.mark.parametrize(
    "act",
    [
        lambda: datagram(lambda s: s.sendto(b"x", AWAY)),
        lambda: datagram(lambda s: s.sendmsg([b"x"], [], 0, AWAY)),
        lambda: datagram(lambda s: s.connect_ex(AWAY)),
        lambda: datagram(lambda s: s.connect(AWAY)),
        lambda: gethostbyname("shop.example"),
        lambda: socket.getaddrinfo("shop.example", 80),
        lambda: socket.gethostbyname_ex("shop.example"),
        lambda: socket.gethostbyaddr(AWAY[0] + "0.example"),
        lambda: socket.getnameinfo(AWAY, 0),
    ],
)
def test_nothing_goes_away(act: Callable[[], Any]) -> None:
    with SocketGuard(()).active(), pytest.raises(SocketConnectBlockedError):
        act()


def test_a_name_that_there_is_nowhere_is_not_found() -> None:
    with SocketGuard(()).active():
        for ask in (gethostbyname, lambda name: socket.getaddrinfo(name, 80)):
            with pytest.raises(socket.gaierror):
                ask("zq.invalid")


def test_loopback_and_what_is_allowed() -> None:
    with SocketGuard(("192.0.2.0/24", "198.51.100.7")).active():
        assert gethostbyname("127.0.0.1") == "127.0.0.1"
        assert socket.getaddrinfo("localhost", 80)
        assert datagram(lambda s: s.sendto(b"x", ("127.0.0.1", 9))) == 1
        assert gethostbyname("198.51.100.7") == "198.51.100.7"
        datagram(lambda s: s.connect_ex(AWAY))  # it knows a way there, or it does not


def test_outside_of_it_everything_is_as_it_was() -> None:
    before = socket.socket.connect
    guard = SocketGuard(())
    with guard.active():
        pass
    assert socket.socket.connect is before
    datagram(lambda s: s.connect_ex(AWAY))
