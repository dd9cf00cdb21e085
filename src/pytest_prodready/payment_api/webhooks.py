"""Webhooks as Stripe signs them: `Stripe-Signature: t=…,v1=…`, an HMAC-SHA256 over time and body."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any, NamedTuple

HEADER = "Stripe-Signature"
TOLERANCE = 300  # seconds that Stripe's libraries accept a signature for


def signature(body: bytes | str, secret: str, timestamp: int | None = None) -> str:
    """The value of the header."""
    timestamp = int(time.time()) if timestamp is None else timestamp
    raw = body.encode() if isinstance(body, str) else body
    digest = hmac.new(secret.encode(), b"%d." % timestamp + raw, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


class _Delivery(NamedTuple):
    body: bytes
    headers: dict[str, str]


class Webhook(_Delivery):
    """One webhook to deliver, (body, headers): `client.post(path, data=hook.body, headers=hook.headers)`, twice for a duplicate.

    The methods give it as it must be refused.
    """

    _secret: str

    def __new__(cls, body: bytes, headers: dict[str, str], secret: str) -> Webhook:
        made = super().__new__(cls, body, headers)
        made._secret = secret
        return made

    @classmethod
    def of(cls, event: Any, secret: str, timestamp: int | None = None) -> Webhook:
        body = json.dumps(event, indent=2).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", HEADER: signature(body, secret, timestamp)}
        return cls(body, headers, secret)

    @property
    def event(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    def unsigned(self) -> Webhook:
        """Without a signature."""
        headers = {name: value for name, value in self.headers.items() if name != HEADER}
        return Webhook(self.body, headers, self._secret)

    def forged(self) -> Webhook:
        """Signed with another secret."""
        return self._signed(signature(self.body, "whsec_of_somebody_else"))

    def tampered(self, **fields: Any) -> Webhook:
        """With other fields in its object, under the signature of the true body."""
        event = self.event
        event["data"]["object"].update(fields)
        return Webhook(json.dumps(event, indent=2).encode(), self.headers, self._secret)

    def old(self, seconds: int = TOLERANCE + 60) -> Webhook:
        """Signed well, and too long ago: one that somebody wrote down and sends again."""
        return self._signed(signature(self.body, self._secret, int(time.time()) - seconds))

    def _signed(self, value: str) -> Webhook:
        return Webhook(self.body, {**self.headers, HEADER: value}, self._secret)
