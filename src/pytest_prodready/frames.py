"""What a frame of a stack tells: its place and activation, and for whom a framework's code runs."""

from __future__ import annotations

import dis
import inspect
import itertools
import linecache
import re
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any

from .trace import Place, Site

#: Code of frameworks that runs what the user declared (a class, a function), and what: it may have no line on the stack.
#: None stands for code that runs what a task started: the stack goes on there. NOBODY: all below was the framework's own.
NOBODY = object()
#: By `id`: the hash of a code object takes its time, and this is asked for every frame.
RUNS_FOR: dict[int, Callable[[FrameType], Any] | None] = {}
#: In their place: code of an ORM that loads what source reads.
LAZY: Callable[[FrameType], Any] = lambda frame: None  # noqa: E731


def runs_for(code: CodeType, whose: Callable[[FrameType], Any] | None) -> Callable[[], None]:
    """Say for whom a framework's code runs (see `RUNS_FOR`); what is returned takes it back."""
    RUNS_FOR[id(code)] = whose

    def undo(code: CodeType = code) -> None:  # keeps it alive, and its id with it
        RUNS_FOR.pop(id(code), None)

    return undo


class Activation(int):
    """The number of one activation of a function. Its frame knows it as its `f_trace`, so that we need hold no frame.

    Where there is a tracer already, it is asked as before.
    """

    before: Any = None

    def __call__(self, frame: FrameType, event: str, arg: Any) -> Any:
        return None if self.before is None else self.before(frame, event, arg)


_activations = itertools.count(1)


def activation_of(frame: FrameType) -> Activation:
    """The number of a frame that has none yet."""
    made = Activation(next(_activations))
    if frame.f_trace is not None:
        made.before = frame.f_trace
    frame.f_trace = made
    return made


#: The instruction of a call with `*` or `**`.
UNPACKS = dis.opmap["CALL_FUNCTION_EX"]
#: A loop that makes as many turns whatever the data.
_FIXED = re.compile(r"\bfor\b.+\bin\s+(?:range|enumerate)\(\s*\d+(?:\s*,\s*\d+)*\s*\)")


class Code:
    """A function of source: where its instructions stand, in which loop, and whether it is a coroutine."""

    __slots__ = ("code", "coroutine", "file", "known", "loops")

    def __init__(self, code: CodeType, file: str) -> None:
        self.code, self.file = code, file
        self.coroutine = bool(code.co_flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR))
        self.known: dict[int, Place] = {}
        self.loops: list[tuple[int, int, int]] | None = None

    def at(self, frame: FrameType, lasti: int) -> Place:
        """The place of an instruction."""
        if self.loops is None:
            self.loops = sorted(_loops(self.code), key=lambda loop: loop[1] - loop[0])
        line = next((line for start, end, line in self.loops if start <= lasti <= end), 0)
        if line and _FIXED.search(linecache.getline(self.code.co_filename, line)):
            line = -line
        site = Site(self.file, frame.f_lineno, self.code.co_qualname)
        found = self.known[lasti] = Place(site, line, self.coroutine)
        return found


def _loops(code: CodeType) -> Iterator[tuple[int, int, int]]:
    """(first instruction, last, line in which it begins) of each loop; waiting for a coroutine is none."""
    line, lines = code.co_firstlineno, dict[int, int]()
    starts = {start: line for start, _, line in code.co_lines() if line is not None}
    for instruction in dis.get_instructions(code):
        line = lines[instruction.offset] = starts.get(instruction.offset, line)
        name = instruction.opname
        if "JUMP_BACKWARD" in name and not name.endswith("NO_INTERRUPT"):
            yield instruction.argval, instruction.offset, lines.get(instruction.argval, line)


def greenlet_below(frame: FrameType) -> FrameType | None:
    """SQLAlchemy awaits above what asked for it: the frames that did are those of the greenlet that waits."""
    waiting = getattr(frame.f_locals.get("context"), "gr_frame", None)
    return waiting if isinstance(waiting, FrameType) else None


def back_of(frame: FrameType | None) -> FrameType | None:
    return frame.f_back if frame is not None else None


def greenlet_parent(frame: FrameType) -> FrameType | None:
    """Greenlets (SQLAlchemy's asyncio) cut the stack: it goes on where the greenlet was switched from."""
    greenlet = sys.modules.get("greenlet")
    if greenlet is None:
        return None
    parent = greenlet.getcurrent().parent
    found: FrameType | None = parent.gr_frame if parent is not None else None
    return None if found is frame else found
