"""What is written of log records in the ordinary run: after filters, by formatters, with the text of the exception."""

from __future__ import annotations

import copy
import logging
import sys
from collections.abc import Iterator
from contextlib import suppress
from types import ModuleType
from typing import Any

from ..trace import Written
from . import Patches, Seam, hub

#: The level that the application asked of the root logger; under pytest, whose handlers are there first, it gets nothing.
_asked: list[int] = []


def _watches() -> bool:
    return hub.trace is not None and hub.run == 0 and hub.trace.phase == "call" and hub.wants("written")


def _note(text: str, doubtful: bool = False) -> None:
    stack = hub.stack_here()
    if hub.trace is not None and stack is not None and stack.site is not None:
        hub.trace.written.append(Written(text, stack.site, stack.path, doubtful))


def _call_handlers(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    result = wrapped(*args, **kwargs)
    if args and _watches():
        with suppress(Exception):  # a broken log call is the application's, and logging's own to report
            for text in dict.fromkeys(_texts(logger, args[0])):
                _note(text)
    return result


def _texts(logger: Any, record: logging.LogRecord) -> Iterator[str]:
    """The record as each handler of the application writes it; as it is where only a test listens."""
    alone, first = True, record
    record = copy.copy(record)
    record.exc_text = None
    while logger is not None:
        for handler in logger.handlers:
            if type(handler).__module__.startswith("_pytest") or isinstance(handler, logging.NullHandler):
                continue
            alone = False
            if record.levelno >= handler.level:
                passed = handler.filter(copy.copy(record))
                if passed:
                    yield handler.format(record if isinstance(passed, bool | int) else passed)
        logger = logger.parent if logger.propagate else None
    if alone:
        error = first.exc_info[1] if isinstance(first.exc_info, tuple) else None
        yield f"{record.getMessage()} {error}" if error is not None else record.getMessage()


def _is_enabled(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What the root's level keeps back is written all the same where the application asked for another level."""
    enabled = wrapped(*args, **kwargs)
    if enabled or not args or not _watches() or not _left_to_root(logger):
        return enabled
    level = min(_asked, default=logging.INFO)
    given = sys._getframe(1).f_locals  # of `Logger.info` and the like
    if isinstance(args[0], int) and level <= args[0] < logging.WARNING and "msg" in given:
        with suppress(Exception):
            values: Any = given.get("args") or ()
            values = values[0] if len(values) == 1 and isinstance(values[0], dict) else values
            _note(str(given["msg"]) % values if values else str(given["msg"]), doubtful=not _asked)
    return enabled


def _left_to_root(logger: Any) -> bool:
    """Whether the level is that of a root which nobody has configured."""
    while logger is not None and not logger.level:
        logger = logger.parent
    return logger is logging.root and logger.level == logging.WARNING and not logger.manager.disable


def _basic_config(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    level = kwargs.get("level")
    if level is not None and hub.is_source(sys._getframe(1).f_code.co_filename):
        number = logging.getLevelName(level) if isinstance(level, str) else level
        if isinstance(number, int):
            _asked.append(number)
    return wrapped(*args, **kwargs)


def _loguru(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if len(args) > 3 and _watches():
        with suppress(Exception):
            message, given, named = str(args[3]), *args[4:6]
            _note(message.format(*given, **named) if given or named else message)
    return wrapped(*args, **kwargs)


def _structlog(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if args and _watches():
        with suppress(Exception):
            given, _ = logger._process_event(args[0], args[1] if len(args) > 1 else None, dict(kwargs))
            _note(given[0] if given and isinstance(given[0], str) else repr(given))
    return wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "logging":
        patches.wrap(logging.Logger, "callHandlers", _call_handlers)
        patches.wrap(logging.Logger, "isEnabledFor", _is_enabled)
        patches.wrap(logging, "basicConfig", _basic_config)
        patches.on_undo(_asked.clear)
    elif module.__name__ == "loguru._logger":
        patches.wrap(module.Logger, "_log", _loguru)
    elif module.__name__ == "structlog._base":
        patches.wrap(module.BoundLoggerBase, "_proxy_to_logger", _structlog)


SEAM = Seam("written", ("logging", "loguru._logger", "structlog._base"), install)
