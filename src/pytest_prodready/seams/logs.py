"""What the application records: logging, loguru and structlog."""

from __future__ import annotations

import copy
import logging
import traceback
from collections.abc import Iterator
from contextlib import suppress
from types import ModuleType
from typing import Any

from ..trace import LogRecord
from . import Patches, Seam, hub

LEVELS = {
    "critical": 50,
    "fatal": 50,
    "exception": 40,
    "error": 40,
    "err": 40,
    "warning": 30,
    "warn": 30,
    "info": 20,
    "debug": 10,
}


#: Exceptions in records of a run of our own. pytest keeps the records, so they keep what the application let go:
#: the locals of frames that have ended, and with them connections and their locks.
_kept: list[BaseException] = []


def let_go() -> None:
    """Free what only the records hold, as no production does: before the application is asked again."""
    for exc in _kept:
        seen: BaseException | None = exc
        for _ in range(20):
            if seen is None:
                break
            traceback.clear_frames(seen.__traceback__)
            seen = seen.__cause__ or seen.__context__
    _kept.clear()


def _note(level: int, logger: str, text: str) -> None:
    if hub.trace is not None and hub.guard is not None:
        hub.trace.logs.append(LogRecord(level, logger, text, hub.here()))
    elif hub.trace is not None and hub.trace.phase == "call":
        hub.trace.logs.append(LogRecord(level, logger, text))


def _handle(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None and hub.guard is None and args:
        record: logging.LogRecord = args[0]
        try:
            _note(record.levelno, record.name, record.getMessage())
        except Exception:  # a broken log call is the application's, and logging's own to report
            _note(record.levelno, record.name, str(record.msg))
    if hub.run and args:
        told = args[0].args if isinstance(args[0].args, tuple) else ()
        _kept.extend(one for one in (*told, *(args[0].exc_info or ())) if isinstance(one, BaseException))
    return wrapped(*args, **kwargs)


def _call_handlers(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """In an attacked request what counts is the text as it is written: after filters, by the formatter."""
    if hub.trace is not None and hub.guard is not None and args:
        with suppress(Exception):
            for text in written(logger, args[0]):
                _note(args[0].levelno, args[0].name, text)
    return wrapped(*args, **kwargs)


def written(logger: Any, record: logging.LogRecord) -> Iterator[str]:
    """The message as each handler of the application writes it; as it is where only a test listens."""
    record = copy.copy(record)
    record.exc_info = record.exc_text = record.stack_info = None
    alone = True
    while logger is not None:
        for handler in logger.handlers:
            if type(handler).__module__.startswith("_pytest") or isinstance(handler, logging.NullHandler):
                continue
            alone = False
            if record.levelno >= handler.level:
                passed = handler.filter(record)
                if passed:
                    yield handler.format(record if passed is True or isinstance(passed, int) else passed)
        logger = logger.parent if logger.propagate else None
    if alone:
        yield record.getMessage()


def _is_enabled(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    enabled = wrapped(*args, **kwargs)
    if not enabled and hub.trace is not None and hub.guard is not None and args:
        return _left_to_root(logger) and logging.INFO <= args[0] < logging.WARNING
    if enabled or hub.trace is None or hub.trace.phase != "call":
        return enabled
    if args and isinstance(args[0], int) and args[0] >= logging.WARNING:
        hub.trace.muted.append(logger.name)
    return enabled


def _left_to_root(logger: Any) -> bool:
    """Whether the level is that of a root which nobody has configured: under pytest `basicConfig` does nothing."""
    while logger is not None and not logger.level:
        logger = logger.parent
    return logger is logging.root and logger.level == logging.WARNING and not logger.manager.disable


def _loguru(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None and len(args) > 3:
        level = args[0]
        text = str(args[3])
        if hub.guard is not None:
            with suppress(Exception):
                text = _loguru_text(logger, text, *args[4:6])
        _note(LEVELS.get(str(level).lower(), 20) if not isinstance(level, int) else level, "loguru", text)
    return wrapped(*args, **kwargs)


def _loguru_text(logger: Any, message: str, given: Any = (), named: Any = None) -> str:
    """As it is written; where all is written as JSON, a line of it stays one."""
    text = message.format(*given, **(named or {})) if given or named else message
    handlers = logger._core.handlers.values()
    return repr(text) if handlers and all(handler._serialize for handler in handlers) else text


def _structlog(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None and args:
        text = str(args[1] if len(args) > 1 else "")
        if hub.guard is not None:
            with suppress(Exception):
                (first, *_), _ = logger._process_event(args[0], args[1] if len(args) > 1 else None, dict(kwargs))
                text = first if isinstance(first, str) else repr(first)
        _note(LEVELS.get(str(args[0]), 20), "structlog", text)
    return wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "logging":
        patches.wrap(logging.Logger, "handle", _handle)
        patches.wrap(logging.Logger, "callHandlers", _call_handlers)
        patches.wrap(logging.Logger, "isEnabledFor", _is_enabled)
    elif module.__name__ == "loguru._logger":
        patches.wrap(module.Logger, "_log", _loguru)
    elif module.__name__ == "structlog._base":
        patches.wrap(module.BoundLoggerBase, "_proxy_to_logger", _structlog)


SEAM = Seam("logs", ("logging", "loguru._logger", "structlog._base"), install)
