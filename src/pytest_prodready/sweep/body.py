"""What happens in the body of a test: recording starts here, and in a trial the fault is armed here and only here."""

from __future__ import annotations

import contextlib
import unittest
from collections.abc import Callable, Generator
from contextlib import ExitStack
from typing import Any

import pytest

from ..raised import TrialEnded
from ..seams import hub
from ..trace import ErrorInfo

#: Contexts that a run puts around the body of its test.
Around = Callable[[], "contextlib.AbstractContextManager[Any]"]


class Body:
    """Marks the body of a test as the phase `call` of its trace.

    Attributes:
        around: contexts for the body of the next run.
    """

    def __init__(self) -> None:
        self.around: list[Around] = []
        self._restore: list[Callable[[], None]] = []
        self._depth = 0

    # ----------------------------------------------------------------------------------------------- the body
    @contextlib.contextmanager
    def body(self) -> Generator[None, None, None]:
        trace = hub.trace
        if trace is None or self._depth:
            yield
            return
        self._depth += 1
        trace.phase = "call"
        trace.body = slice(len(trace.entries), None)
        try:
            with ExitStack() as stack:
                for around in self.around:
                    stack.enter_context(around())
                yield
        except TrialEnded as ended:
            trace.end(str(ended) or "was ended")
            trace.error = _info(ended)
            what = "trial" if hub.run else "test"
            raise AssertionError(f"prodready ended this {what}: {trace.ended or trace.stuck}") from None
        except BaseException as exc:
            trace.error = _info(exc)
            raise
        finally:
            trace.phase = "teardown"
            trace.body = slice(trace.body.start, len(trace.entries))
            hub.clean_up(None)
            self._depth -= 1

    # ------------------------------------------------------------------------------------------------- hooks
    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        if hub.trace is None or _is_unittest(pyfuncitem):
            return (yield)
        with self.body():
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        if hub.trace is None or isinstance(item, pytest.Function):
            return (yield)
        with self.body():  # doctests, custom items
            return (yield)

    def install(self) -> None:
        """unittest's `runtest` includes setUp and tearDown: its test methods are wrapped themselves."""
        for cls in (unittest.TestCase, unittest.IsolatedAsyncioTestCase):
            original = vars(cls).get("_callTestMethod")
            if original is not None:
                self._restore.append(lambda cls=cls, original=original: setattr(cls, "_callTestMethod", original))  # type: ignore[misc]
                setattr(cls, "_callTestMethod", self._wrap(original))  # noqa: B010

    def _wrap(self, original: Any) -> Any:
        def _callTestMethod(case: Any, method: Any) -> Any:
            if hub.trace is None:
                return original(case, method)
            with self.body():
                return original(case, method)

        return _callTestMethod

    def uninstall(self) -> None:
        while self._restore:
            self._restore.pop()()


def _is_unittest(item: pytest.Function) -> bool:
    return item.cls is not None and issubclass(item.cls, unittest.TestCase)


def _info(exc: BaseException) -> ErrorInfo | None:
    return hub.error_info(exc)
