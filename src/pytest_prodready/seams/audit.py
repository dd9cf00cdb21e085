"""The interpreter's own events, for attacked requests: files, processes, code, names of hosts, before they happen.

An audit hook cannot be taken out again, so it goes in with the first attack and asks one variable. Two things have no event
of their own, and are told while somebody listens: who asks whether there is a file (`os.stat`), and a command that a test has
put something else in the place of.
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable
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
        "socket.connect",
        "urllib.Request",
        "http.client.connect",
        "ftplib.connect",
        "smtplib.connect",
        "sqlite3.connect",
        "ctypes.dlopen",
        "glob.glob",
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

#: (event, its arguments) -> the file that stands for the one that is asked about; empty for none.
Listener = Callable[[str, tuple[Any, ...]], str]
_listener: Listener | None = None
_installed = False
_replaced: list[tuple[ModuleType, str, Any]] = []


def _hook(event: str, args: tuple[Any, ...]) -> None:
    listener = _listener
    if listener is not None and event in EVENTS:
        listener(event, args)


def listen(listener: Listener | None) -> Listener | None:
    """Hear of every event from now on (None: no more); what it raises keeps the event from happening.

    Returns:
        who listened before.
    """
    global _installed, _listener
    if listener is not None and not _installed:
        sys.addaudithook(_hook)
        _installed = True
    before, _listener = _listener, listener
    if before is None and listener is not None:
        _replace()
    elif before is not None and listener is None:
        while _replaced:
            setattr(*_replaced.pop())
    return before


def _replace() -> None:
    _put(os, "stat", _asked(os.stat))
    for module, name, original in RUNNING:
        found = getattr(module, name)
        if found is not original:
            _put(module, name, _told(found, name))


def _put(module: ModuleType, name: str, new: Any) -> None:
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
