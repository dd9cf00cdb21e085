"""Stand-ins for smtplib: what a double of `SMTP` was asked for."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..trace import Call
from . import hub, smtp
from .http_client import seconds

CLASSES = frozenset({"SMTP", "SMTP_SSL", "LMTP"})
SENDING = frozenset({"send_message", "sendmail"})
NOT_GIVEN: Any = socket._GLOBAL_DEFAULT_TIMEOUT  # type: ignore[attr-defined]
#: The methods of a test's own class that stand for something.
METHODS = SENDING | {"__init__", "connect"}


def is_constructor(steps: tuple[str, ...]) -> bool:
    return len(steps) == 1 and steps[0] in CLASSES


def report(
    double: Any, steps: tuple[str, ...], args: tuple[Any, ...], kwargs: dict[str, Any], do: Callable[[], Any]
) -> Any:
    """A double is called: report it, if it stands for something that is an interaction."""
    made = double.made
    name = steps[-1] if len(steps) == 3 and steps[0] in CLASSES and steps[1] == "()" else ""
    if args and isinstance(args[0], smtp.originals.SMTP) and name:  # an autospecced method
        double, args = replace(double, owner=args[0]), args[1:]
    if isinstance(double.owner, smtp.originals.SMTP):  # a method of a real one, or of a class made of it
        made["timeout"] = getattr(double.owner, "timeout", NOT_GIVEN)
    if is_constructor(steps) or name in ("__init__", "connect"):
        given = {**dict(zip(("host", "port"), args, strict=False)), **kwargs}
        if name != "connect":
            made.clear()
            made["timeout"] = given.get("timeout", NOT_GIVEN)
        host = given.get("host", "localhost" if name == "connect" else "")
        if not host:  # `SMTP()` connects later
            return do()
        made["host"] = str(host)
        return hub.around(lambda: _connecting(made), smtp.Sending(None, seconds(made.get("timeout"))), do)
    if name not in SENDING:
        return do()
    live = smtp.Sending(None, seconds(made.get("timeout")), smtp.recipients(name, args, kwargs))
    return hub.around(lambda: smtp.sending(made.get("host", "")), live, do)


def _connecting(made: dict[str, Any]) -> Call:
    call = smtp.connecting(made["host"], made.get("timeout"))
    if "timeout" not in made:
        call.waits_for_ever = None  # its constructor was not seen
    return call
