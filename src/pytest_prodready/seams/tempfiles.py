"""Temporary files that source itself makes with `tempfile`, and what it writes to a descriptor of one."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import ModuleType
from typing import Any

from . import Patches, Seam, hub
from .files import by_source, kind_of, use

#: Where the descriptors lead that `mkstemp` gave to source, and what that file is called here.
_paths: dict[int, tuple[str, str]] = {}


def _named(given: dict[str, Any]) -> str:
    """The file without what `tempfile` thinks up: `tmp.csv`, a thing of the moment, or `report-.csv`."""
    folder = os.fsdecode(given["dir"] or sys.modules["tempfile"].gettempdir())
    return os.path.join(folder, f"{os.fsdecode(given['prefix'] or 'tmp')}{os.fsdecode(given['suffix'] or '')}")


def _given(wrapped: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    bound = inspect.signature(wrapped).bind(*args, **kwargs)
    bound.apply_defaults()
    return bound.arguments


def _making(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`NamedTemporaryFile` and `TemporaryFile`."""
    if hub.trace is None or not by_source(frame := sys._getframe(1)):
        return wrapped(*args, **kwargs)
    given = _given(wrapped, args, kwargs)
    path = _named(given)

    def by(how: Callable[..., Any]) -> Any:
        """The same wrapper, around a file that was opened in another way."""
        made = wrapped(*args, **kwargs)
        name = getattr(made, "name", None)
        options = (given["mode"], given["buffering"], given["encoding"], given["errors"], given["newline"])
        if not isinstance(name, str):  # it has no name on POSIX
            made.close()
            number, name = sys.modules["tempfile"].mkstemp(dir=given["dir"])
            os.unlink(name)
            return how(number, *options)
        keeping = {key: given[key] for key in ("delete", "delete_on_close") if key in given}
        made.close()
        if not given["delete"]:
            os.unlink(name)
            hub.cleanups.append((None, partial(_remove, name)))
        number = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        return type(made)(how(number, *options), name, **keeping)

    return use(kind_of(given["mode"]), (path,), frame, lambda: wrapped(*args, **kwargs), by)


def _remove(path: str) -> None:
    with suppress(OSError):
        os.unlink(path)


def _mkstemp(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    made = wrapped(*args, **kwargs)
    if hub.trace is not None and hub.is_source(sys._getframe(1).f_code.co_filename):
        _paths[made[0]] = os.fsdecode(made[1]), _named(_given(wrapped, args, kwargs))
    return made


def _fdopen(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    number = args[0] if args else kwargs.get("fd")
    path = _path_of(number) if hub.trace is not None and _paths else None
    if path is None or not by_source(frame := sys._getframe(1)):
        return wrapped(*args, **kwargs)
    kind = kind_of(args[1] if len(args) > 1 else kwargs.get("mode", "r"))
    options = {name: value for name, value in kwargs.items() if name != "fd"}
    return use(kind, (path,), frame, lambda: wrapped(*args, **kwargs), lambda how: how(number, *args[1:], **options))


def _write(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    path = _path_of(args[0]) if hub.trace is not None and _paths and args else None
    if path is None or not by_source(frame := sys._getframe(1)):
        return wrapped(*args, **kwargs)

    def by(how: Callable[..., Any]) -> Any:
        with how(args[0], "wb", 0, closefd=False) as file:
            return file.write(args[1])

    return use("save", (path,), frame, lambda: wrapped(*args, **kwargs), by)


def _path_of(number: Any) -> str | None:
    """Where a descriptor leads; its number may have been given to another file since."""
    path, name = _paths.get(number, ("", "")) if isinstance(number, int) else ("", "")
    try:
        return name if path and os.path.samestat(os.fstat(number), os.stat(path)) else None
    except OSError:
        return None


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "os":
        for name, wrapper in (("fdopen", _fdopen), ("write", _write)):
            patches.wrap(module, name, wrapper)
        patches.on_undo(_paths.clear)
        return
    patches.wrap(module, "NamedTemporaryFile", _making)
    patches.wrap(module, "TemporaryFile", _making)
    patches.wrap(module, "mkstemp", _mkstemp)


SEAM = Seam("tempfile", ("tempfile", "os"), install)
