"""The interpreter's own events, for attacked requests: files, processes, code, names of hosts, before they happen.

An audit hook cannot be taken out again, so it goes in with the first attack and asks one variable. What has no event of its
own is told while somebody listens: who asks whether there is a file (`os.stat`), what makes one or a process in C, and a
command that a test has put something else in the place of.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

#: What an application could do with input that reaches the interpreter.
EVENTS = frozenset(
    [
        "open",
        "os.listdir",
        "os.scandir",
        "os.mkdir",
        "os.rmdir",
        "os.remove",
        "os.rename",
        "os.link",
        "os.symlink",
        "os.truncate",
        "os.chmod",
        "os.chown",
        "os.utime",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
        "os.kill",
        "os.killpg",
        "subprocess.Popen",
        "pty.spawn",
        "shutil.copyfile",
        "shutil.copytree",
        "shutil.move",
        "shutil.rmtree",
        "shutil.make_archive",
        "shutil.unpack_archive",
        "tempfile.mkstemp",
        "tempfile.mkdtemp",
        "compile",
        "exec",
        "import",
        "marshal.loads",
        "pickle.find_class",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.getnameinfo",
        "socket.connect",
        "socket.sendto",
        "socket.sendmsg",
        "urllib.Request",
        "http.client.connect",
        "ftplib.connect",
        "smtplib.connect",
        "sqlite3.connect",
        "ctypes.dlsym",
    ]
)

#: What runs a command; a test may have replaced it.
RUNNING: tuple[tuple[ModuleType, str, Any], ...] = tuple(
    (module, name, getattr(module, name))
    for module, names in (
        (subprocess, ("Popen", "run", "call", "check_call", "check_output", "getoutput", "getstatusoutput")),
        (os, ("system", "popen")),
    )
    for name in names
)
#: Those that give their command to a shell without being asked.
SHELLS = ("getoutput", "getstatusoutput", "system", "popen")

#: What makes a file, or lets another process work, in a way of which there is no event: module, class, function -> event.
UNTOLD = (
    ("os", "", "mkfifo", "os.mkfifo"),
    ("os", "", "mknod", "os.mkfifo"),
    ("dbm.gnu", "", "open", "dbm.open"),
    ("dbm.ndbm", "", "open", "dbm.open"),
    ("multiprocessing.util", "", "spawnv_passfds", "multiprocessing"),
    ("multiprocessing.forkserver", "", "connect_to_new_process", "multiprocessing"),
    ("multiprocessing.pool", "Pool", "_check_running", "multiprocessing"),
    ("concurrent.futures.process", "ProcessPoolExecutor", "submit", "multiprocessing"),
)

#: (event, its arguments) -> the file that stands for the one that is asked about; empty for none.
Listener = Callable[[str, tuple[Any, ...]], str]
_listener: Listener | None = None
_afterwards: Listener | None = None
_guard: Callable[[str, tuple[Any, ...]], None] | None = None
_installed = False
_replaced: list[tuple[Any, str, Any]] = []

#: What leaves the machine, or asks where to.
NETWORK = frozenset(event for event in EVENTS if event.startswith("socket."))
#: Whose threads serve everybody.
POOLS = frozenset({"concurrent", "anyio", "asgiref"})
#: Threads that somebody who listened began, who listened, and goes on to listen there.
_begun: weakref.WeakKeyDictionary[threading.Thread, Listener] = weakref.WeakKeyDictionary()


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if event in EVENTS:
        if _guard is not None and event in NETWORK:
            _guard(event, args)
        listener = _hears()
        if listener is not None:
            listener(event, args)


def _hears() -> Listener | None:
    return (_begun and _begun.get(threading.current_thread())) or _listener or _afterwards


def _is_of_pool(thread: Any) -> bool:
    """Whether it serves whoever comes, not only the one who began it."""
    runs = (type(thread).__module__, getattr(getattr(thread, "_target", None), "__module__", None))
    return any(str(name).partition(".")[0] in POOLS for name in runs)


def afterwards(listener: Listener) -> None:
    """Hear from now on of what nobody else listens to: what was put somewhere may come back late."""
    global _afterwards
    _afterwards = listener


def listen(listener: Listener | None) -> Listener | None:
    """Hear of every event from now on (None: no more); what it raises keeps the event from happening.

    Returns:
        who listened before.
    """
    global _listener
    if listener is not None:
        _install()
    before, _listener = _listener, listener
    if before is None and listener is not None:
        _replace()
    elif before is not None and listener is None:
        while _replaced:
            setattr(*_replaced.pop())
    return before


def guard(new: Callable[[str, tuple[Any, ...]], None] | None) -> Callable[[str, tuple[Any, ...]], None] | None:
    """Ask this one before anything goes over the network (None: nobody).

    Returns:
        who was asked before.
    """
    global _guard
    _install()
    before, _guard = _guard, new
    return before


def _install() -> None:
    global _installed
    if not _installed:
        sys.addaudithook(_hook)
        _installed = True


def _replace() -> None:
    _put(os, "stat", _asked(os.stat))
    _put(threading.Thread, "start", _begins(threading.Thread.start))
    _put(ThreadPoolExecutor, "submit", _hands_over(ThreadPoolExecutor.submit))
    for name, owner, function, event in UNTOLD:
        found = _found(name, owner)
        if hasattr(found, function):
            _put(found, function, _tells(getattr(found, function), event))
    for module, name, original in RUNNING:
        found = getattr(module, name)
        if found is not original:
            _put(module, name, _told(found, name))


def _found(module: str, owner: str) -> Any:
    found: Any = sys.modules.get(module)
    return getattr(found, owner, None) if owner else found


def _tells(original: Any, event: str) -> Any:
    @functools.wraps(original)
    def tell(*args: Any, **kwargs: Any) -> Any:
        listener = _hears()
        if listener is not None:
            listener(event, args)
        return original(*args, **kwargs)

    return tell


def _begins(start: Any) -> Any:
    """What a thread does that begins while somebody listens, is heard by the same one for as long as it runs."""

    @functools.wraps(start)
    def begin(thread: threading.Thread) -> None:
        if _listener is not None and not _is_of_pool(thread):
            _begun[thread] = _listener
        start(thread)

    return begin


def _hands_over(submit: Any) -> Any:
    """The same for work that is given to a pool, as long as that work takes."""

    @functools.wraps(submit)
    def hand(pool: Any, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        listener = _listener

        def work(*given: Any, **named: Any) -> Any:
            thread = threading.current_thread()
            if listener is not None:
                _begun[thread] = listener
            try:
                return function(*given, **named)
            finally:
                _begun.pop(thread, None)

        return submit(pool, work, *args, **kwargs)

    return hand


def _put(module: Any, name: str, new: Any) -> None:
    _replaced.append((module, name, getattr(module, name)))
    setattr(module, name, new)


def _asked(stat: Callable[..., os.stat_result]) -> Callable[..., os.stat_result]:
    @functools.wraps(stat)
    def ask(path: Any, **kwargs: Any) -> os.stat_result:
        listener = _listener
        if listener is None or isinstance(path, int):
            return stat(path, **kwargs)
        return stat(listener("os.stat", (os.fspath(path),)) or path, **kwargs)

    return ask


def _told(stand_in: Any, name: str) -> Any:
    def tell(*args: Any, **kwargs: Any) -> Any:
        listener = _listener
        if listener is not None:
            command = args[0] if args else kwargs.get("args", kwargs.get("cmd", kwargs.get("command", "")))
            words = list(command) if isinstance(command, list | tuple) else [command]
            if kwargs.get("shell") or name in SHELLS:
                words = ["/bin/sh", "-c", *words]
            listener("subprocess.Popen", (words[0] if words else "", words, None, None))
        return stand_in(*args, **kwargs)

    return tell
