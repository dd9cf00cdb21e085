"""The interpreter's own errors of files. Whatever a fault does to a file is put back when the test's body ends."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import tempfile
from collections.abc import Callable
from typing import Any

from ...seams import hub
from ...seams.files import Access, opened
from ...trace import Call
from .. import Clock, Fault, Strike

#: What is larger is not put back, and so not touched.
LARGEST = 16 * 1024 * 1024
ERRORS = {"file.not-found": errno.ENOENT, "file.permission-denied": errno.EACCES}


class FileDriver:
    """Failures of a file system."""

    seams = frozenset({"files"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return fault.name if fault.family == "file" else None

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        access: Access = live
        if fault.name in ERRORS:
            return Strike(lambda _: hub.raise_injected(refused(ERRORS[fault.name], call.kind, access)))
        path = access.paths[-1]
        if access.by is None or (os.path.exists(path) and os.path.getsize(path) > LARGEST):
            return None
        if fault.name == "file.truncated":
            return Strike(lambda _: access.by and access.by(halved))
        return Strike(lambda _: access.by and access.by(full))


def refused(number: int, kind: str, access: Access) -> OSError:
    """A move names both ends, a copy the one that it could not open; a move that becomes a copy fails twice."""
    if kind == "move" and not access.copies:
        return error(number, *access.paths)
    exc = error(number, access.paths[-1])
    if access.copies:
        exc.__context__ = error(number, *access.paths)
    return exc


def error(number: int, *paths: str) -> OSError:
    """As the interpreter makes it: the class follows from the number."""
    where = [paths[0]] if len(paths) == 1 else [paths[0], None, paths[1]] if paths else []
    return OSError(number, os.strerror(number), *where)


class Full(io.FileIO):
    """A file on a disk that is full; once its trial is over it takes what is left in buffers and drops it."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.trace = hub.trace

    def write(self, data: Any, /) -> int:
        if hub.trace is not self.trace:
            return len(memoryview(data).cast("B"))
        hub.raise_injected(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        raise AssertionError("it was raised")


def full(
    file: Any,
    mode: str = "r",
    buffering: int = -1,
    encoding: str | None = None,
    errors: str | None = None,
    newline: str | None = None,
    closefd: bool = True,
    opener: Any = None,
) -> Any:
    """`open`, made of the parts that it is made of; the lowest has no room."""
    if not isinstance(file, int):  # a descriptor is of a file that the test's body made
        hub.cleanups.append((None, kept(os.fspath(file))))
    raw = Full(file, "".join(c for c in mode if c not in "bt"), closefd, opener)
    if buffering == 0:
        return raw
    size = buffering if buffering > 1 else io.DEFAULT_BUFFER_SIZE
    buffer: Any = (io.BufferedRandom if "+" in mode else io.BufferedWriter)(raw, size)
    if "b" in mode:
        return buffer
    text: Any = io.TextIOWrapper(buffer, encoding, errors, newline, buffering == 1)
    text.mode = mode
    return text


def kept(path: Any) -> Callable[[], None]:
    """Gives what puts the file back as it is now."""
    try:
        with opened(path, "rb") as file:
            before: bytes | None = file.read()
    except OSError:
        before = None

    def restore() -> None:
        with contextlib.suppress(OSError):
            if before is None:
                os.unlink(path)
            else:
                with opened(path, "wb") as file:
                    file.write(before)

    return restore


def halved(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
    """`open`, of a file that has the first half of the content; its name is that of the whole."""
    with opened(file, "rb") as whole:
        content = whole.read()
    number, path = tempfile.mkstemp(prefix="prodready-")
    try:
        os.write(number, content[: len(content) // 2])
        os.close(number)
        found = opened(path, mode, *args, **kwargs)
        raw: Any = getattr(getattr(found, "buffer", found), "raw", found)
        raw.name = file
        return found
    finally:
        with contextlib.suppress(OSError):
            os.unlink(path)


DRIVER = FileDriver()
