"""Files that source itself opens, lists or moves: `open`, `os`, `pathlib`, `shutil`, archives. What libraries open is theirs.

Not every file can fail in production: one that comes with the project is there, or nothing is; one that is read while
a module is imported keeps the application from starting; one that this entry has just written, it can read.
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from types import FrameType, ModuleType
from typing import Any

from ..trace import Call, normalise
from . import Patches, Seam, hub

#: The library's own, as it was before anybody replaced it.
opened = io.open
#: Files of the project that are older came with it.
BEGAN = time.time()
#: What may be lost: the next run makes it anew, or nobody needs it.
SCRATCH = re.compile(
    r"cache|(?:^|[^a-z])(?:te?mp|logs?|locks?|pid|bak|stats?)(?:$|[^a-z])|history|recent|thumb|preview|debug|dump|metric"
    r"|usage|backup|stamp|heartbeat|telemetry|session|draft|autosave|snapshot",
    re.I,
)
#: What is no file of the application's.
SYSTEM = ("/dev/", "/proc/", "/sys/", "/etc/")
IMPORTING = "<frozen importlib._bootstrap>"
#: Modules that open the file they are told to: it is whoever called them that does.
OPENERS = tuple(
    os.path.join(os.path.dirname(os.__file__), name)
    for name in ("gzip.py", "bz2.py", "lzma.py", "tarfile.py", "codecs.py")
)
#: What opens a file in the place of `open`, while somebody else makes an archive of it.
_instead: ContextVar[Callable[..., Any] | None] = ContextVar("prodready_instead", default=None)
#: Names that a program thought up: of `tempfile`, of `secrets`.
_MADE_UP = re.compile(r"^tmp\w{8}|(?=[\w-]*[0-9])[\w-]{16,}")


@dataclass(slots=True)
class Access:
    """One use of a file, handed to the fault.

    Attributes:
        paths: as they were given; of a move the second is where to.
        by: does the same with another function in the place of `open`.
        copies: what cannot be moved is copied.
    """

    paths: tuple[str, ...]
    by: Callable[[Callable[..., Any]], Any] | None = None
    copies: bool = False


class Known:
    """What this run knows of files: those that somebody has looked at before, and need not fear to miss."""

    def __init__(self) -> None:
        self._trace: object = None
        self._sure: set[tuple[str, object]] = set()

    def sure(self, path: str) -> None:
        """In this entry it is there: source or a framework has asked, or it was written."""
        if hub.trace is not self._trace:
            self._trace, self._sure = hub.trace, set()
        self._sure.add((os.path.abspath(path), hub.current_entry()))

    def is_sure(self, path: str) -> bool:
        return hub.trace is self._trace and (os.path.abspath(path), hub.current_entry()) in self._sure


known = Known()


def by_source(frame: FrameType) -> bool:
    """Whether this line of source does it itself, and nobody imports it."""
    if hub.trace is None or hub.inside or not hub.is_source(frame.f_code.co_filename):
        return False
    found: FrameType | None = frame
    while found is not None:
        if found.f_code.co_filename == IMPORTING:
            return False
        found = found.f_back
    return True


def _text(path: Any) -> str | None:
    try:
        path = os.fspath(path)
    except TypeError:  # a descriptor
        return None
    return os.fsdecode(path)


def _is_theirs(path: str, frame: FrameType) -> bool:
    """Whether it came with the project, or belongs to the system."""
    path = os.path.abspath(path)
    if path.startswith(SYSTEM) or path == os.devnull:
        return True
    homes = (str(getattr(hub.sources, "root", "")), os.path.dirname(os.path.abspath(frame.f_code.co_filename)))
    try:
        return os.stat(path).st_mtime < BEGAN and any(home and path.startswith(home + os.sep) for home in homes)
    except (OSError, ValueError):
        return False


def _is_special(path: str) -> bool:
    """A pipe, a device: there is nothing that could be cut short or full."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def of_no_weight(path: str, function: str) -> bool:
    """A cache, a log, a lock: not what the user was promised."""
    folder, name = os.path.split(path)
    folder = os.path.basename(folder)
    return any(SCRATCH.search(text) for text in (name, function, "" if folder.startswith("test_") else folder))


def named(path: str) -> str:
    """What all files of a kind have in common: names differ from run to run."""
    suffix = os.path.splitext(path)[1].lower()
    return f"*{normalise(suffix)}" if suffix and len(suffix) <= 12 else "a file"


def _described(kind: str, path: str, frame: FrameType) -> Callable[[], Call]:
    name = normalise(_MADE_UP.sub("<n>", os.path.basename(path)))

    def describe() -> Call:
        what = "a folder" if kind == "list" else named(path)
        effect = kind in ("save", "move") and not of_no_weight(path, frame.f_code.co_name)
        call = Call("files", "file", kind, f"{kind} {what}", path, effect, parameters=name)
        call.passed_in = True  # of a function on files every caller expects an OSError
        reads = kind not in ("save", "move")
        call.failable = not (_is_special(path) or (reads and (known.is_sure(path) or _is_theirs(path, frame))))
        return call

    return describe


def kind_of(mode: Any) -> str:
    return "save" if isinstance(mode, str) and set(mode) & set("wax+") else "load"


def use(
    kind: str, paths: tuple[str, ...], frame: FrameType, do: Callable[[], Any], by: Any = None, copies: bool = False
) -> Any:
    target = paths[-1]
    found = hub.around(_described(kind, target, frame), Access(paths, by, copies), do)
    if (
        kind in ("save", "move") and hub.current_entry() is not None
    ):  # what a test calls after another is another request
        known.sure(target)
    return found


def _caller(frame: FrameType) -> FrameType:
    """Who has this file opened: `gzip.open` and its like do it for others."""
    while frame.f_back is not None and frame.f_code.co_filename.startswith(OPENERS):
        frame = frame.f_back
    return frame


def _open(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    how = _instead.get()
    if how is not None:
        return how(*args, **kwargs)
    if hub.trace is None or not by_source(frame := _caller(sys._getframe(1))):
        return wrapped(*args, **kwargs)
    path = _text(args[0] if args else kwargs.get("file"))
    if path is None or len(args) > 8:
        return wrapped(*args, **kwargs)
    kind = kind_of(args[1] if len(args) > 1 else kwargs.get("mode", "r"))
    return use(kind, (path,), frame, lambda: wrapped(*args, **kwargs), lambda how: how(*args, **kwargs))


def _zipping(wrapped: Any, archive: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`ZipFile` tries other ways to open what it cannot: all of them are one call."""
    path = _text(args[0] if args else kwargs.get("file")) if hub.trace is not None else None
    if path is None or not by_source(frame := sys._getframe(1)):
        return wrapped(*args, **kwargs)

    def by(how: Callable[..., Any]) -> Any:
        token = _instead.set(how)
        try:
            return wrapped(*args, **kwargs)
        finally:
            _instead.reset(token)

    kind = kind_of(args[1] if len(args) > 1 else kwargs.get("mode", "r"))
    return use(kind, (path,), frame, lambda: wrapped(*args, **kwargs), by)


def _path_open(wrapped: Any, path: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or not by_source(frame := sys._getframe(1)):
        return wrapped(*args, **kwargs)
    kind = kind_of(args[0] if args else kwargs.get("mode", "r"))
    return use(kind, (str(path),), frame, lambda: wrapped(*args, **kwargs), lambda how: how(str(path), *args, **kwargs))


def _whole(mode: str) -> Callable[..., Any]:
    """`read_text` and its like: the file is opened, read or written, and closed."""

    def whole(wrapped: Any, path: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if hub.trace is None or not by_source(frame := sys._getframe(1)):
            return wrapped(*args, **kwargs)

        def by(how: Callable[..., Any]) -> Any:
            given = list(args)
            data = (given.pop(0) if given else kwargs["data"]) if "w" in mode else None
            names = ("encoding", "errors", "newline")
            options = {**dict(zip(names, given, strict=False)), **{n: kwargs[n] for n in names if n in kwargs}}
            with how(str(path), mode, **options) as file:
                return file.read() if data is None else file.write(data)

        return use(kind_of(mode), (str(path),), frame, lambda: wrapped(*args, **kwargs), by)

    return whole


def _listing(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    given = instance if instance is not None else args[0] if args else kwargs.get("path", ".")
    path = _text(given) if hub.trace is not None else None
    if path is None or not by_source(frame := sys._getframe(1)):
        return wrapped(*args, **kwargs)
    return use("list", (path,), frame, lambda: wrapped(*args, **kwargs))


def _moving(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    given = [
        *([instance] if instance is not None else []),
        *args,
        *(kwargs[n] for n in ("src", "dst", "target") if n in kwargs),
    ]
    paths = tuple(path for one in given[:2] if (path := _text(one)) is not None)
    if hub.trace is None or len(paths) < 2 or not by_source(frame := sys._getframe(1)):
        return wrapped(*args, **kwargs)
    copies = getattr(wrapped, "__module__", "") == "shutil"
    return use("move", paths, frame, lambda: wrapped(*args, **kwargs), copies=copies)


def _copying(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    given = [*args, *(kwargs[n] for n in ("src", "dst") if n in kwargs)]
    paths = tuple(path for one in given[:2] if (path := _text(one)) is not None)
    if hub.trace is None or len(paths) < 2 or not by_source(frame := sys._getframe(1)):
        return wrapped(*args, **kwargs)
    source, target = paths
    target = os.path.join(target, os.path.basename(source)) if os.path.isdir(target) else target

    def by(how: Callable[..., Any]) -> Any:
        with opened(source, "rb") as data, how(target, "wb") as file:
            file.write(data.read())
        return target

    return use("save", (source, target), frame, lambda: wrapped(*args, **kwargs), by)


def _asking(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    there = wrapped(*args, **kwargs)
    if there and hub.trace is not None and hub.is_source(sys._getframe(1).f_code.co_filename):
        path = _text(instance if instance is not None else args[0] if args else kwargs.get("path"))
        if path is not None:
            known.sure(path)
    return there


def _converted(wrapped: Any, kind: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """click's own `Path` looks whether it is there."""
    found = wrapped(*args, **kwargs)
    path = _text(found) if hub.trace is not None and kind.exists else None
    if path is not None:
        known.sure(path)
    return found


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ in ("builtins", "io"):
        patches.wrap(module, "open", _open)
    elif module.__name__ == "pathlib":
        path: Any = module.Path
        patches.wrap(path, "open", _path_open)
        for name, mode in (("read_text", "r"), ("read_bytes", "rb"), ("write_text", "w"), ("write_bytes", "wb")):
            patches.wrap(path, name, _whole(mode))
        for names, wrapper in (
            (("iterdir",), _listing),
            (("rename", "replace"), _moving),
            (("exists", "is_file", "is_dir"), _asking),
        ):
            for name in names:
                patches.wrap(path, name, wrapper)
    elif module.__name__ == "os":
        for name, wrapper in (("listdir", _listing), ("scandir", _listing), ("rename", _moving), ("replace", _moving)):
            patches.wrap(module, name, wrapper)
        for name in ("exists", "isfile", "isdir"):
            patches.wrap(os.path, name, _asking)
        patches.wrap(module, "access", _asking)
    elif module.__name__ == "shutil":
        patches.wrap(module, "move", _moving)
        for name in ("copy", "copy2", "copyfile"):
            patches.wrap(module, name, _copying)
    elif module.__name__ == "zipfile":
        patches.wrap(module.ZipFile, "__init__", _zipping)
    elif module.__name__ in ("bz2", "tarfile"):  # these have their own name for it
        patches.wrap(module, "_builtin_open" if module.__name__ == "bz2" else "bltn_open", _open)
    elif module.__name__ == "click.types":
        patches.wrap(module.Path, "convert", _converted)


SEAM = Seam("files", ("builtins", "io", "pathlib", "os", "shutil", "bz2", "tarfile", "zipfile", "click.types"), install)
