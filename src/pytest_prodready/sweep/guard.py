"""What keeps a trial in its bounds: the deadline in real time, the socket guard, threads that do not end."""

from __future__ import annotations

import _socket
import asyncio
import ctypes
import ipaddress
import os
import re
import signal
import socket
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from ..raised import TrialEnded
from ..seams import audit

#: What has an address, and what asks for the one of a name.
ADDRESSED = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
FORWARD = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
#: What a name ends in that there is nowhere (RFC 2606).
NOWHERE = ".invalid"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
AGAIN = 0.05  # seconds until TrialEnded is raised once more in code that swallowed it
NUMBER = re.compile(r"(Thread|ThreadPoolExecutor)-\d+(?:_\d+)?")
OVERDUE = 1.0  # seconds that a timer gets whose time came while the deadline's ran


@contextmanager
def deadline(seconds: float, passed: Callable[[], None]) -> Iterator[None]:
    """Raise TrialEnded in this block after `seconds` of real time, and again until it ends."""
    text = f"took more than {seconds:g} s"
    # a thread's identity: signals reach only the main thread
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        started = time.perf_counter()
        active = True

        def alarm(signum: int, frame: Any) -> None:
            if active:
                passed()
                raise TrialEnded(text)

        before = signal.signal(signal.SIGALRM, alarm)
        left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        try:
            yield
        finally:
            active = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            if left:  # somebody else's timer goes on; one that is overdue does not strike in the midst of cleaning up
                left -= time.perf_counter() - started
                signal.setitimer(signal.ITIMER_REAL, max(OVERDUE, left), interval)
        return
    done = threading.Event()
    thread = threading.get_ident()
    wait = threading.Event.wait

    def watch() -> None:
        pause = seconds
        while not wait(done, pause):
            passed()
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TrialEnded))
            pause = AGAIN

    threading.Thread(target=watch, daemon=True, name="prodready-deadline").start()
    try:
        yield
    finally:
        done.set()


@contextmanager
def no_exit(passed: Callable[[str], None]) -> Iterator[None]:
    """In this block `os._exit` ends the trial and not the run; a forked child still exits."""
    leave, process = os._exit, os.getpid()

    def end(status: int) -> None:
        if os.getpid() != process:
            leave(status)
        text = "the process was ended by os._exit"
        passed(text)
        raise TrialEnded(text)

    os._exit = end  # type: ignore[assignment]
    try:
        yield
    finally:
        os._exit = leave


@contextmanager
def loops_healed(was_ended: Callable[[], bool]) -> Iterator[None]:
    """An event loop in which a trial was ended may not have come to its own end: no other could be started then."""
    in_main_thread = threading.current_thread() is threading.main_thread()
    interrupt = signal.getsignal(signal.SIGINT) if in_main_thread else None
    outer = asyncio._get_running_loop()
    try:
        yield
    finally:
        if was_ended():
            if asyncio._get_running_loop() is not outer:
                asyncio._set_running_loop(outer)
            trio = sys.modules.get("trio._core._run")
            left = trio is not None and bool(vars(trio.GLOBAL_RUN_CONTEXT))
            if trio is not None and left:
                vars(trio.GLOBAL_RUN_CONTEXT).clear()
            plugin: Any = sys.modules.get("anyio.pytest_plugin")
            if plugin is not None and getattr(plugin, "_runner_leases", 1) == 0:
                plugin._current_runner = plugin._runner_stack = None  # it could not be closed
            if in_main_thread and left:
                signal.set_wakeup_fd(-1)
            if in_main_thread and interrupt is not None:
                signal.signal(signal.SIGINT, interrupt)


class Threads:
    """Within `active()`, threads that are started do not hold up the end of the process: one may never end."""

    def __init__(self) -> None:
        self._started: weakref.WeakSet[threading.Thread] = weakref.WeakSet()

    @contextmanager
    def active(self) -> Iterator[None]:
        start = threading.Thread.start
        started = self._started

        def start_loosely(thread: Any) -> None:
            if not thread.daemon:
                thread.daemon = True
                started.add(thread)
            start(thread)

        cls: Any = threading.Thread
        cls.start = start_loosely
        try:
            yield
        finally:
            cls.start = start

    def abandon(self) -> list[str]:
        """Let go of those that still run; their names, without numbers that depend on what ran before."""
        left = [thread for thread in self._started if thread.is_alive()]
        self._started.clear()
        pools = sys.modules.get("concurrent.futures.thread")
        for thread in left:
            if pools is not None:
                pools._threads_queues.pop(thread, None)  # else the pool's own hook waits for it at exit
        return sorted({NUMBER.sub(r"\1", thread.name) for thread in left})


class SocketGuard:
    """Within `active()`, no socket reaches a host other than loopback and those that the user allows.

    pytest-socket does it; what a user's own pytest-socket has set up comes back afterwards.

    Args:
        allowed: more host names and addresses.
    """

    def __init__(self, allowed: Sequence[str]) -> None:
        self._allowed = [*LOOPBACK, *allowed]
        self._connect: Any = None
        self._names: set[str] = set()
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []

    @contextmanager
    def active(self) -> Iterator[None]:
        import pytest_socket

        cls = socket.socket
        before = vars(cls).get("connect")
        if self._connect is None:  # it resolves the allowed names, once is enough
            resolve = socket.getaddrinfo  # the user's pytest-socket may let nothing be resolved
            socket.getaddrinfo = _socket.getaddrinfo  # type: ignore[assignment]
            try:
                pytest_socket.socket_allow_hosts(self._allowed, allow_unix_socket=True)
                self._know()
            finally:
                socket.getaddrinfo = resolve
            self._connect = vars(cls)["connect"]

        cls.connect = self._connect  # type: ignore[method-assign]
        guarded = audit.guard(self._guarded)
        try:
            yield
        finally:
            audit.guard(guarded)
            if before is None:
                del cls.connect
            else:
                cls.connect = before  # type: ignore[method-assign]

    def _know(self) -> None:
        for host in self._allowed:
            self._names.add(host)
            try:
                self._networks.append(ipaddress.ip_network(host, strict=False))
            except ValueError:
                with suppress(OSError):
                    self._names.update(str(found[4][0]) for found in socket.getaddrinfo(host, None))

    def _guarded(self, event: str, args: tuple[Any, ...]) -> None:
        """What goes by other ways than `connect`: names that are looked up, datagrams, attempts to connect."""
        import pytest_socket

        given = args[1] if event in ADDRESSED else args[0]
        if event in ADDRESSED and not isinstance(given, tuple):
            return
        host = given[0] if isinstance(given, tuple) else given
        name = host.decode("utf-8", "replace") if isinstance(host, bytes) else host
        if not isinstance(name, str) or not name or self._allows(name):
            return
        if event in FORWARD and (pytest_socket.is_ipaddress(name) or name == socket.gethostname()):
            return
        if event not in ADDRESSED and name.endswith(NOWHERE):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        raise pytest_socket.SocketConnectBlockedError(self._allowed, name)

    def _allows(self, name: str) -> bool:
        if name in self._names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or any(address in network for network in self._networks)
