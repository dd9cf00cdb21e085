"""How an outermost source call returned: with a value, or with an exception that left it.

Only the frame itself is traced, from the call that interests until it ends, and only in trials.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from ..trace import Entry, ErrorInfo, Outcome
from .outcome import plain

RETURNS = frozenset(name for name in dis.opmap if name.startswith("RETURN_") and name != "RETURN_GENERATOR")


class Watch:
    """Watches frames until `stop`.

    Args:
        describe: reduces an exception to data.
    """

    def __init__(self, describe: Callable[[BaseException], ErrorInfo | None]) -> None:
        self._describe = describe
        self._frames: dict[FrameType, list[Entry]] = {}
        self._last: dict[FrameType, BaseException] = {}
        self._before: Any = None
        self._tracing = False

    def add(self, entry: Entry, frame: FrameType) -> None:
        """Give `entry` its outcome when `frame` ends."""
        self._frames.setdefault(frame, []).append(entry)
        if not self._tracing:
            self._before = sys.gettrace()
            self._tracing = True
            sys.settrace(_ignore)
        frame.f_trace_lines = False
        frame.f_trace = self._local

    def _local(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "exception":
            self._last[frame] = arg[1]
        elif event == "return":
            if dis.opname[frame.f_code.co_code[frame.f_lasti]] in RETURNS:
                self._end(frame, Outcome("return", value=plain(arg)))
            elif arg is None and frame in self._last and not _suspends(frame):
                error = self._describe(self._last[frame])
                self._end(frame, Outcome("exception", error=error))
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


def _ignore(frame: FrameType, event: str, arg: Any) -> None:
    return None


def _suspends(frame: FrameType) -> bool:
    return dis.opname[frame.f_code.co_code[frame.f_lasti]] in ("YIELD_VALUE", "YIELD_FROM", "SEND", "RETURN_GENERATOR")
