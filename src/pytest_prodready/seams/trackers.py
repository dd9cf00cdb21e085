"""What tells of trouble beside the log: warnings, and the events of error trackers."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from . import Patches, Seam, hub

#: Module -> what reports in it: functions, and methods of its classes.
REPORTS = {
    "sentry_sdk.scope": ("Scope.capture_exception", "Scope.capture_message", "Scope.capture_event"),
    "sentry_sdk.hub": ("Hub.capture_exception", "Hub.capture_message", "Hub.capture_event"),
    "opentelemetry.trace.span": ("NonRecordingSpan.record_exception", "NonRecordingSpan.set_status"),
    "opentelemetry.sdk.trace": ("Span.record_exception", "Span.set_status"),
    "rollbar": ("report_exc_info", "report_message"),
    "bugsnag.legacy": ("notify", "auto_notify"),
    "honeybadger.core": ("Honeybadger.notify",),
}
#: Warnings that Python itself gives to developers: nobody has decided to tell of this failure.
OF_PYTHON = (ResourceWarning, DeprecationWarning, PendingDeprecationWarning, ImportWarning, SyntaxWarning)


def _note(what: str) -> None:
    if hub.trace is not None and hub.trace.phase == "call":
        hub.trace.signals.append(what)


def _warning(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None and args and not issubclass(args[0].category, OF_PYTHON):
        _note(f"{args[0].category.__name__}: {args[0].message}")
    return wrapped(*args, **kwargs)


def _report(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    _note(wrapped.__name__)
    return wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "warnings":
        patches.wrap(module, "_showwarnmsg", _warning)  # here: a wrapper of `warn` would be taken for its caller
        return
    for name in REPORTS[module.__name__]:
        *owners, function = name.split(".")
        owner: Any = getattr(module, owners[0], None) if owners else module
        if owner is not None and hasattr(owner, function):
            patches.wrap(owner, function, _report)


SEAM = Seam("trackers", ("warnings", *REPORTS), install)
