"""What keeps a trial in its bounds: the deadline in real time, the socket guard, threads that do not end."""

from __future__ import annotations

import _socket
import asyncio
import ctypes
import os
import re
import signal
import socket
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from ..raised import TrialEnded

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

    @contextmanager
    def active(self) -> Iterator[None]:
        import pytest_socket

        cls = socket.socket
        before, resolve = vars(cls).get("connect"), socket.getaddrinfo
        if self._connect is None:  # it resolves the allowed names, once is enough
            socket.getaddrinfo = _socket.getaddrinfo  # type: ignore[assignment]  # the user's pytest-socket may let nothing be resolved
            try:
                pytest_socket.socket_allow_hosts(self._allowed, allow_unix_socket=True)
            finally:
                socket.getaddrinfo = resolve
            self._connect = vars(cls)["connect"]

        def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
            name = host.decode() if isinstance(host, bytes) else host
            if name and name not in self._allowed and not pytest_socket.is_ipaddress(name):
                raise pytest_socket.SocketConnectBlockedError(self._allowed, name)
            return resolve(host, *args, **kwargs)

        cls.connect = self._connect  # type: ignore[method-assign]
        socket.getaddrinfo = getaddrinfo
        try:
            yield
        finally:
            socket.getaddrinfo = resolve
            if before is None:
                del cls.connect
            else:
                cls.connect = before  # type: ignore[method-assign]
