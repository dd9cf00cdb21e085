"""How an outermost source call returned: with a value, or with an exception that left it.

Only the frame itself is traced, from the call that interests until it ends, and only in trials.
"""

from __future__ import annotations

import dis
import inspect
import sys
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

from ..trace import Entry, ErrorInfo, Outcome
from .outcome import plain

RETURNS = frozenset(name for name in dis.opmap if name.startswith("RETURN_") and name != "RETURN_GENERATOR")
#: Where a coroutine or generator is suspended; from 3.13 on it stands at its RESUME.
SUSPENDS = frozenset({"YIELD_VALUE", "RESUME", "RETURN_GENERATOR"})


class Watch:
    """Watches frames until `stop`.

    Args:
        describe: reduces an exception to data.
    """

    def __init__(self, describe: Callable[[BaseException, TracebackType | None], ErrorInfo | None]) -> None:
        self._describe = describe
        self._frames: dict[FrameType, list[Entry]] = {}
        self._last: dict[FrameType, tuple[BaseException, TracebackType | None]] = {}
        self._before: Any = None
        self._tracing = False

    def add(self, entry: Entry, frame: FrameType) -> None:
        """Give `entry` its outcome when `frame` ends."""
        self._frames.setdefault(frame, []).append(entry)
        if not self._tracing:
            self._before = sys.gettrace()
            self._tracing = True
            sys.settrace(self._resumed)
        frame.f_trace_lines = False
        frame.f_trace = self._local

    def _resumed(self, frame: FrameType, event: str, arg: Any) -> Any:
        """A new frame, which is not ours to trace, or a watched coroutine that goes on."""
        return self._local if frame in self._frames else None

    def _local(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "exception":
            if not (arg[0] is StopIteration and frame.f_code.co_flags & inspect.CO_COROUTINE):  # the end of an await
                self._last[frame] = (arg[1], arg[2])
        elif event == "return":
            instruction = dis.opname[frame.f_code.co_code[frame.f_lasti]]
            if instruction in RETURNS:
                self._end(frame, Outcome("return", value=plain(arg)))
            elif frame in self._last and instruction not in SUSPENDS:
                self._end(frame, Outcome("exception", error=self._describe(*self._last[frame])))
            else:
                self._last.pop(frame, None)
        return self._local

    def _end(self, frame: FrameType, outcome: Outcome) -> None:
        for entry in self._frames.pop(frame, ()):
            entry.outcome = outcome
            entry.error = outcome.error
        self._last.pop(frame, None)
        if not self._frames:
            self.stop()

    def stop(self) -> None:
        for frame in self._frames:
            frame.f_trace = None
        self._frames.clear()
        self._last.clear()
        if self._tracing:
            self._tracing = False
            sys.settrace(self._before)
