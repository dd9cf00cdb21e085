"""smtplib: the connection is one call, and each message is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.utils import getaddresses
from types import ModuleType
from typing import Any

from ..trace import Call, normalise
from . import Patches, Seam, hub
from .http_client import seconds

originals: Originals


@dataclass(frozen=True)
class Originals:
    """The library's own class, as it was before anybody replaced it."""

    SMTP: Any


@dataclass
class Sending:
    """What a driver needs to fail it.

    Attributes:
        connection: the library's own; None for a stand-in, which has none.
        timeout: in seconds; None where it would wait for ever, or where that is not known.
    """

    connection: Any = None
    timeout: float | None = None
    recipients: tuple[str, ...] = ()


def connecting(host: str, timeout: Any) -> Call:
    """The call that `SMTP(host)` or `connect(host)` makes."""
    read = seconds(timeout)
    host = normalise(host.lower())
    return Call(
        seam="smtplib", family="mail", kind="connect", operation=f"connect {host}", target=host,
        timeout=read, waits_for_ever=read is None,
    )  # fmt: skip


def sending(host: str) -> Call:
    """The call that `send_message` or `sendmail` makes."""
    host = normalise(host.lower())
    return Call(
        seam="smtplib", family="mail", kind="send", operation=f"send by {host}", target=host, effect=True
    )  # fmt: skip


def recipients(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[str, ...]:
    """To whom `send_message` or `sendmail` sends."""
    names = ("msg", "from_addr", "to_addrs") if name == "send_message" else ("from_addr", "to_addrs")
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    told = given.get("to_addrs")
    if isinstance(told, str):
        return (told,)
    if isinstance(told, Iterable):
        return tuple(map(str, told))
    message = given.get("msg")
    try:
        fields = [str(value) for field in ("To", "Cc", "Bcc") for value in message.get_all(field, [])]  # type: ignore[union-attr]
    except (AttributeError, TypeError):  # a test's double of a message
        return ()
    return tuple(address for _, address in getaddresses(fields) if address)


def _connect(wrapped: Any, smtp: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return wrapped(*args, **kwargs)
    host = str(args[0] if args else kwargs.get("host", "localhost"))
    live = Sending(smtp, seconds(smtp.timeout))
    return hub.around(lambda: connecting(host, smtp.timeout), live, lambda: wrapped(*args, **kwargs))


def _send(name: str) -> Callable[..., Any]:
    def send(wrapped: Any, smtp: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if hub.trace is None or hub.inside:
            return wrapped(*args, **kwargs)
        live = Sending(smtp, seconds(smtp.timeout), recipients(name, args, kwargs))
        return hub.around(lambda: sending(str(smtp._host)), live, lambda: wrapped(*args, **kwargs))

    return send


def install(module: ModuleType, patches: Patches) -> None:
    global originals
    smtp: Any = module.SMTP
    originals = Originals(smtp)
    patches.wrap(smtp, "connect", _connect)
    for name in ("sendmail", "send_message"):
        patches.wrap(smtp, name, _send(name))


def canary(module: ModuleType) -> None:
    smtp: Any = module.SMTP(timeout=1)

    def no_socket(*args: Any) -> Any:
        raise ConnectionRefusedError

    smtp._get_socket = no_socket
    try:
        smtp.connect("canary.invalid", 25)
    except ConnectionRefusedError:
        return


SEAM = Seam("smtplib", ("smtplib",), install, canary)
