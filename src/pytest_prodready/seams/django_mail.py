"""Django's mail: each `send_messages` of a back-end is one call, whichever the tests use in place of SMTP."""

from __future__ import annotations

from smtplib import SMTPException
from types import ModuleType
from typing import Any

from ..trace import Call
from . import Patches, Seam, hub
from .smtp import Sending

BACKENDS = ("smtp", "locmem", "console", "dummy")


def _send_messages(wrapped: Any, backend: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    messages = args[0] if args else kwargs.get("email_messages")
    if hub.trace is None or hub.inside or not messages:
        return wrapped(*args, **kwargs)
    messages = list(messages)

    def describe() -> Call:
        return Call(
            seam="django-mail", family="mail", kind="deliver", operation="send mail", target="mail", effect=True
        )

    to = tuple(str(address) for message in messages for address in message.recipients())
    timeout = getattr(backend, "timeout", None)
    try:
        return hub.around(describe, Sending(None, timeout, to), lambda: wrapped(messages))
    except (OSError, SMTPException):
        if not getattr(backend, "fail_silently", False):
            raise
        return 0  # as the back-end for SMTP does, which says so of no mail


def install(module: ModuleType, patches: Patches) -> None:
    patches.wrap(module.EmailBackend, "send_messages", _send_messages)


SEAM = Seam("django-mail", tuple(f"django.core.mail.backends.{name}" for name in BACKENDS), install)
