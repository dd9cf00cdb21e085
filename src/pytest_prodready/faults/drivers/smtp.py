"""smtplib's own errors, with the state of connection that each leaves."""

from __future__ import annotations

import smtplib
import socket
from typing import Any

from ...seams import hub
from ...seams.smtp import Sending
from ...trace import Call
from .. import Clock, Fault, Strike


class MailDriver:
    """Failures of a mail server. Django's back-end lets the errors of smtplib through as they are."""

    seams = frozenset({"smtplib", "django-mail"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return fault.name if fault.family == "mail" else None

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        sending: Sending = live

        def perform(_: Any) -> Any:
            exc = error(fault, call, sending)
            if fault.name == "mail.timeout":
                clock.advance(sending.timeout or socket.getdefaulttimeout() or 0.0)
                if call.kind == "send" and sending.connection is not None:
                    sending.connection.close()
            hub.raise_injected(exc)

        return Strike(perform)


def error(fault: Fault, call: Call, sending: Sending) -> OSError:
    """The exception as smtplib makes it."""
    if fault.name == "mail.connection-refused":
        return ConnectionRefusedError(111, "Connection refused")
    if fault.name == "mail.timeout":
        if call.kind == "connect":
            return TimeoutError("timed out")
        lost = smtplib.SMTPServerDisconnected("Connection unexpectedly closed: timed out")
        lost.__context__ = TimeoutError("timed out")
        return lost
    unknown = b"5.1.1 Recipient address rejected: User unknown in local recipient table"
    return smtplib.SMTPRecipientsRefused(dict.fromkeys(sending.recipients, (550, unknown)))


DRIVER = MailDriver()
