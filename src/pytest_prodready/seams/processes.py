"""subprocess: the programs that source starts. No fault stands for their failures (DESIGN section 4), so they are told of and never failed."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from ..trace import Call
from . import Patches, Seam, hub


def _words(command: Any) -> list[str]:
    if isinstance(command, (str, bytes, os.PathLike)):
        text = os.fsdecode(command)
        try:
            return shlex.split(text)
        except ValueError:
            return [text]
    return [os.fsdecode(word) for word in command] if isinstance(command, Sequence) else []


def _described(command: Any) -> Call | None:
    words = _words(command)
    if not words:
        return None
    program = os.path.basename(words[0])
    text = shlex.join(words)
    return Call("subprocess", "process", "run", f"run {program}", program, failable=False, statement=text)


def _start(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return wrapped(*args, **kwargs)
    command = args[0] if args else kwargs.get("args")
    call = hub.begin(lambda: _described(command), sys._getframe(1))
    try:
        return wrapped(*args, **kwargs)
    except BaseException as exc:
        if call is not None:
            hub.failed(call, exc, real=True)
        raise


def install(module: ModuleType, patches: Patches) -> None:
    patches.wrap(module.Popen, "__init__", _start)


def canary(module: ModuleType) -> None:
    """Ask for a program in a way that is refused before anything is started."""
    try:
        module.Popen(["true"], bufsize="none")
    except TypeError:
        return


SEAM = Seam("subprocess", ("subprocess",), install, canary)
