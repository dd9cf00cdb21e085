"""How an outermost source call returned: with a value, or with an exception that left it.

Only the frame itself is traced, from the call that interests until it ends, and only in trials.
"""

from __future__ import annotations

import dis
import inspect
import sys
import threading
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
        printed: what was printed since an entry began, to stdout and stderr.
    """

    def __init__(
        self,
        describe: Callable[[BaseException, TracebackType | None], ErrorInfo | None],
        printed: Callable[[Entry], tuple[str, str]] = lambda entry: ("", ""),
    ) -> None:
        self._describe = describe
        self._printed = printed
        self._frames: dict[FrameType, list[Entry]] = {}
        self._last: dict[FrameType, tuple[BaseException, TracebackType | None]] = {}
        self._tracing: dict[int, Any] = {}  # by thread, with what traced it before

    def add(self, entry: Entry, frame: FrameType) -> None:
        """Give `entry` its outcome when `frame` ends."""
        if frame not in self._frames:
            self.prepare(frame)
        self._frames[frame].append(entry)

    def prepare(self, frame: FrameType) -> None:
        """Watch `frame`, which is on the stack of this thread: no other thread can begin to."""
        if frame in self._frames:
            return
        self._frames[frame] = []
        thread = threading.get_ident()
        if thread not in self._tracing:
            self._tracing[thread] = sys.gettrace()
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
                # one that is on its way is kept while `async with` awaits: nothing tells when it goes on
                exc, tb = self._last[frame]
                ended = ended_by(exc) if isinstance(exc, SystemExit) else None
                self._end(frame, ended or Outcome("exception", error=self._describe(exc, tb)))
        return self._local

    def _end(self, frame: FrameType, outcome: Outcome) -> None:
        for entry in self._frames.pop(frame, ()):
            entry.error = outcome.error
            entry.outcome = as_command(outcome, *self._printed(entry)) if entry.kind == "command" else outcome
        self._last.pop(frame, None)
        if not self._frames:
            self.stop()

    def stop(self) -> None:
        for frame in self._frames:
            frame.f_trace = None
        self._frames.clear()
        self._last.clear()
        thread = threading.get_ident()
        if thread in self._tracing:
            sys.settrace(self._tracing.pop(thread))


def ended_by(exc: SystemExit) -> Outcome:
    """What the shell would see: an exit code, and a message on stderr."""
    if exc.code is None or isinstance(exc.code, int):
        return Outcome("exit", int(exc.code or 0))
    return Outcome("exit", 1, errors=f"{exc.code}\n")


def as_command(outcome: Outcome, printed: str, errors: str) -> Outcome:
    """How the command ended whose main function ended so: `sys.exit(main())`."""
    if outcome.kind == "exit":
        return Outcome("exit", outcome.status, body=printed, errors=errors + outcome.errors)
    if outcome.kind == "exception":
        return Outcome("exit", 1, body=printed, errors=errors, error=outcome.error)
    code = outcome.value if isinstance(outcome.value, int) and not isinstance(outcome.value, bool) else 0
    return Outcome("exit", code, body=printed, errors=errors, value=outcome.value)
