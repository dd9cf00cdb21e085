"""What the application records: logging, loguru and structlog."""

from __future__ import annotations

import logging
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


def _note(level: int, logger: str, text: str) -> None:
    if hub.trace is not None and hub.trace.phase == "call":
        hub.trace.logs.append(LogRecord(level, logger, text))


def _handle(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None and args:
        record: logging.LogRecord = args[0]
        try:
            _note(record.levelno, record.name, record.getMessage())
        except Exception:  # a broken log call is the application's, and logging's own to report
            _note(record.levelno, record.name, str(record.msg))
    return wrapped(*args, **kwargs)


def _is_enabled(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    enabled = wrapped(*args, **kwargs)
    if enabled or hub.trace is None or hub.trace.phase != "call":
        return enabled
    if args and isinstance(args[0], int) and args[0] >= logging.WARNING:
        hub.trace.muted.append(logger.name)
    return enabled


def _loguru(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None and len(args) > 3:
        level = args[0]
        _note(
            LEVELS.get(str(level).lower(), 20) if not isinstance(level, int) else level,
            "loguru",
            str(args[3]),
        )
    return wrapped(*args, **kwargs)


def _structlog(wrapped: Any, logger: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None and args:
        _note(LEVELS.get(str(args[0]), 20), "structlog", str(args[1] if len(args) > 1 else ""))
    return wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "logging":
        patches.wrap(logging.Logger, "handle", _handle)
        patches.wrap(logging.Logger, "isEnabledFor", _is_enabled)
    elif module.__name__ == "loguru._logger":
        patches.wrap(module.Logger, "_log", _loguru)
    elif module.__name__ == "structlog._base":
        patches.wrap(module.BoundLoggerBase, "_proxy_to_logger", _structlog)


SEAM = Seam("logs", ("logging", "loguru._logger", "structlog._base"), install)
