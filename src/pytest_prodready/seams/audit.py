"""The interpreter's own events, for attacked requests: files, processes, code, names of hosts, before they happen.

An audit hook cannot be taken out again, so it goes in with the first attack and asks one variable.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
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

Listener = Callable[[str, tuple[Any, ...]], None]
_listener: Listener | None = None
_installed = False


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
    return before
