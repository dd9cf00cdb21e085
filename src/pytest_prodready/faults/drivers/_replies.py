"""What the drivers of HTTP clients share: answers of a server in trouble, errors of an operating system."""

from __future__ import annotations

import errno
import json
import os
import socket
import ssl
import sys
from dataclasses import dataclass, fields, replace
from http.client import responses
from typing import NamedTuple

from ...seams import hub
from ...trace import Call
from .. import Fault, payment
from .._providers import OTHER, Provider, provider_of
from ..reply import Malformed, malform

#: Stands where the real message has deployment text that we would have to invent, and only there.
PLANTED = "prodready-planted.internal"
#: Seconds after which the operating system gives up a connection that nobody answers.
SYSTEM_CONNECT_TIMEOUT = 127.0
#: Seconds that a caller without time-out waits: more than any trial's budget.
FOR_EVER = 86400.0
#: Of a truncated body whose real length is not known.
RECEIVED, EXPECTED = 200, 1000

CONNECTING = frozenset({"http.connection-refused", "http.dns-failure", "http.connect-timeout", "http.tls-failure"})
ANSWERS = frozenset(
    {
        "http.server-error",
        "http.unavailable",
        "http.rate-limited",
        "http.unauthorized",
        "http.redirect-loop",
        "payment.declined",
        "payment.idempotency-conflict",
    }
)
#: Payment faults that a client cannot tell from another one.
FORMS = {"payment.charged-then-timeout": "http.read-timeout"}
STATUSES = {
    "http.server-error": 500,
    "http.unavailable": 503,
    "http.rate-limited": 429,
    "http.unauthorized": 401,
    "http.redirect-loop": 302,
}
WIRE = CONNECTING | ANSWERS | FORMS.keys() | {"http.connection-reset", "http.read-timeout", "http.truncated-body"}
REPLIES = payment.ODD | frozenset(
    {
        "reply.html",
        "reply.empty",
        "reply.truncated-json",
        "reply.wrong-shape",
        "reply.missing-field",
        "reply.null-field",
        "reply.wrong-type",
        "reply.unknown-value",
        "reply.extra-field",
        "reply.bad-encoding",
    }
)


#: A server in trouble keeps no connection.
CLOSES = ("Connection", "close")


class Answer(NamedTuple):
    """A complete answer of a server."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


def _page(status: int, reason: str, *headers: tuple[str, str]) -> Answer:
    title = f"{status} {reason}"
    body = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
    ).encode()
    fixed = (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))), CLOSES)
    return Answer(status, reason, (*fixed, *headers), body)


def _error(kind: str, text: str) -> bytes:
    """In the form of most providers: an SDK that looks into it must not stumble."""
    return json.dumps({"error": {"type": kind, "message": text}}).encode()


def _json(status: int, reason: str, body: bytes, *headers: tuple[str, str]) -> Answer:
    fixed = (("Content-Type", "application/json"), ("Content-Length", str(len(body))), CLOSES)
    return Answer(status, reason, (*fixed, *headers), body)


@dataclass(frozen=True)
class Refusal(Fault):
    """A fault that the provider of a payment answers in its own way."""

    by: Provider = OTHER


def in_form(fault: Fault, call: Call) -> Fault:
    """The fault as the drivers know it: by the name of the one that it looks like, or by whom it comes from."""
    if fault.name in FORMS:
        return replace(fault, name=FORMS[fault.name])
    if fault.family != "payment":
        return fault
    by = provider_of(call.payment or "declared", call.statement, None) or OTHER
    return Refusal(**{one.name: getattr(fault, one.name) for one in fields(fault)}, by=by)


def answer(by: Fault, url: str) -> Answer:
    """What the server sends under a fault of `ANSWERS`."""
    fault = by.name
    if isinstance(by, Refusal):
        status, kind, body = payment.refusal(fault, by.by)
        fixed = (("Content-Type", kind), ("Content-Length", str(len(body))), CLOSES)
        return Answer(status, responses.get(status, ""), fixed, body)
    if fault == "http.server-error":
        return _page(500, "Internal Server Error")
    if fault == "http.unavailable":
        return _page(503, "Service Unavailable", ("Retry-After", "120"))
    if fault == "http.rate-limited":
        return _json(429, "Too Many Requests", _error("rate_limit_error", "rate limit exceeded"), ("Retry-After", "30"))
    if fault == "http.unauthorized":
        return _json(
            401, "Unauthorized", _error("authentication_error", "invalid token"), ("WWW-Authenticate", "Bearer")
        )
    return Answer(302, "Found", (("Location", url), ("Content-Length", "0"), CLOSES), b"")


def odd(fault: Fault, variant: str, call: Call, text: str | None) -> Malformed | None:
    """What becomes of the reply `text` under a fault of `REPLIES`; None where there is nothing to change."""
    if text is None:
        return None
    if fault.name not in payment.ODD:
        return malform(fault.name, variant, text)
    found = payment.change(fault.name, provider_of(call.payment, call.statement, text) or OTHER, text)
    if found is None:
        return None
    call.injected = found.values
    return Malformed(found.body)


def refused() -> ConnectionRefusedError:
    return ConnectionRefusedError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))


def reset() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))


def unresolved() -> socket.gaierror:
    text = {
        "linux": "Name or service not known",
        "darwin": "nodename nor servname provided, or not known",
        "win32": "getaddrinfo failed",
    }.get(sys.platform, "Name or service not known")
    return socket.gaierror(socket.EAI_NONAME, text)


def timed_out(timeout: float | None) -> TimeoutError:
    """A socket's own error; without a time-out of the caller, that of the operating system."""
    return (
        TimeoutError("timed out")
        if timeout is not None
        else TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
    )


#: The line of CPython's `_ssl.c` that its messages name.
_SSL_LINE = {(3, 11): 1006, (3, 12): 1000, (3, 13): 1028, (3, 14): 1081}


def bad_certificate() -> ssl.SSLCertVerificationError:
    line = _SSL_LINE.get(sys.version_info[:2], 1081)
    why = "certificate has expired"
    exc = ssl.SSLCertVerificationError(
        1, f"[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: {why} (_ssl.c:{line})"
    )
    exc.library, exc.reason = "SSL", "CERTIFICATE_VERIFY_FAILED"
    exc.verify_code, exc.verify_message = 10, why
    return exc


def give_back(call: Call) -> None:
    """The fault had nothing to strike after all: the call is as if it had not been tried."""
    call.faulted = None
    call.effect_happened = False
    if hub.trace is not None and hub.trace.struck is call:
        hub.trace.struck = None


def tried_again(call: Call, exc: BaseException | None) -> None:
    """A client's own retry repeats the request: two calls, of which the first failed.

    Args:
        exc: what the first one ended with; None where it was answered, or the client does not tell.
    """
    if exc is not None:
        hub.failed(call, exc)
    elif call.faulted in ANSWERS:
        call.status = STATUSES.get(call.faulted)
    trace = hub.trace
    if trace is not None:
        second = replace(call, faulted=None, effect_happened=False, error=None, status=None, tries=0)
        second.number = len(trace.calls)
        trace.calls.append(second)
