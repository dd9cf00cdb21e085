"""argparse: the function below the test that has arguments parsed is a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextvars import ContextVar
from types import FrameType, ModuleType
from typing import Any

from . import Patches, Seam, commands, hub

_parsing: ContextVar[bool] = ContextVar("prodready_parsing", default=False)


def _parse_known_args(wrapped: Any, parser: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or _parsing.get():  # a subparser parses its own part
        return wrapped(*args, **kwargs)
    given = args[0] if args else kwargs.get("args")
    words = sys.argv[1:] if given is None else [str(word) for word in given]
    try:
        reader = sys._getframe(1)
        outermost = hub.is_command(reader, lambda frame: label(frame, parser, words), tuple(words))
        if outermost is not None:
            commands.read_by(outermost, reader, label(outermost, parser, words), tuple(words))
    except Exception as exc:
        hub.internal_error("the argparse seam could not name a command", exc)
    token = _parsing.set(True)
    try:
        return wrapped(*args, **kwargs)
    finally:
        _parsing.reset(token)


def label(frame: FrameType, parser: Any, args: Iterable[str]) -> str:
    """`command NAME SUBNAME`, the name being that of the program's file: under pytest, `prog` is pytest's."""
    path = frame.f_code.co_filename
    name = os.path.splitext(os.path.basename(path))[0]
    if name == "__main__":
        name = os.path.basename(os.path.dirname(path))
    names, rest = [name], list(args)
    while parser is not None:
        tables = [action.choices for action in parser._actions if isinstance(action.choices, dict)]
        table = next((t for t in tables if all(hasattr(sub, "parse_known_args") for sub in t.values())), {})
        at = next((number for number, word in enumerate(rest) if word in table), None)
        if at is None:
            break
        parser = table[rest[at]]
        names.append(rest[at])
        rest = rest[at + 1 :]
    return " ".join(["command", *names])


def install(module: ModuleType, patches: Patches) -> None:
    patches.wrap(module.ArgumentParser, "parse_known_args", _parse_known_args)


SEAM = Seam("argparse", ("argparse",), install)
