"""What goes in and out: one request, one answer, one refusal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Request:
    """One request that the provider got.

    Attributes:
        path: without the query.
        params: of the query or the body, nested as the client meant them.
        body: as it came.
        failed: the name of the failure that it met, or None.
    """

    method: str
    path: str
    params: Mapping[str, Any]
    headers: Mapping[str, str]
    body: bytes
    json: bool
    failed: str | None = None

    @property
    def operation(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def idempotency_key(self) -> str | None:
        """From the header that Stripe and the draft of the IETF name, PayPal's, or Square's field."""
        lower = {name.lower(): value for name, value in self.headers.items()}
        found = lower.get("idempotency-key") or lower.get("paypal-request-id") or self.params.get("idempotency_key")
        return found if isinstance(found, str) and found else None


@dataclass(frozen=True)
class Answer:
    """One answer, before it is sent."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, value: Any, status: int = 200, **headers: str) -> Answer:
        """An answer in JSON."""
        text = json.dumps(value, indent=2, default=_plain)
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return cls(status, text.encode(), {"Content-Type": "application/json", **named})


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{value!r} is nothing for JSON")


class Refused(Exception):
    """The provider says no, in Stripe's words: other providers' clients find `error` there too."""

    def __init__(
        self, status: int, kind: str, message: str, code: str | None = None, param: str | None = None, **more: Any
    ) -> None:
        super().__init__(message)
        self.status = status
        named = {"code": code, "param": param}
        self.error = {"type": kind, "message": message, **{k: v for k, v in named.items() if v is not None}, **more}

    def answer(self) -> Answer:
        return Answer.of({"error": self.error}, self.status)


def invalid(message: str, code: str | None = None, param: str | None = None, status: int = 400) -> Refused:
    """A request that can never be served."""
    return Refused(status, "invalid_request_error", message, code, param)
