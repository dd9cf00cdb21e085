"""The ways in which a payment provider fails, by name."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from typing import Any

from .ledger import DECLINES, STATUSES
from .messages import Answer, Refused, invalid

ANSWER, HOLD, RESET, CUT = "answer", "hold", "reset", "cut"


@dataclass(frozen=True)
class Failure:
    """One way to fail.

    Attributes:
        done: whether the request is carried out.
        pays: it is about taking money: without `at`, it waits for a request that does.
        ending: how the payment comes out, to the ledger.
        reply: makes the answer; of the true one, where there is one.
        how: whether the answer is sent (`answer`), never comes (`hold`), or the connection breaks before it (`reset`) or
            in the midst of it (`cut`).
    """

    name: str
    summary: str
    done: bool
    pays: bool = False
    ending: str | None = None
    reply: Callable[[Answer], Answer] | None = None
    how: str = ANSWER


def _refusing(status: int, kind: str, message: str, code: str | None = None, **headers: str) -> Callable[[Any], Answer]:
    answer = Refused(status, kind, message, code).answer()
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return lambda true: replace(answer, headers={**answer.headers, **named})


def _page(status: int, title: str, **headers: str) -> Callable[[Any], Answer]:
    """What a proxy or a firewall in front of the provider says."""
    text = f"<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center><hr></body></html>\n"
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return lambda true: Answer(status, text.encode(), {"Content-Type": "text/html", **named})


def _changing(change: Callable[[dict[str, Any]], Any]) -> Callable[[Answer], Answer]:
    """An answer with a change in its JSON."""

    def reply(true: Answer) -> Answer:
        value = json.loads(true.body)
        return replace(true, body=json.dumps(change(value)).encode())

    return reply


def _without_status(value: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in value.items() if name != "status"}


_KEY_MESSAGE = (
    "Keys for idempotent requests can only be used with the same parameters they were first used with. "
    "Try using a key other than '{key}' if you meant to execute a different request."
)


def other_parameters(key: str) -> Refused:
    """The key is known, for another request."""
    return Refused(400, "idempotency_error", _KEY_MESSAGE.format(key=key))


CATALOGUE: tuple[Failure, ...] = (
    Failure("charged-then-timeout", "the money is taken, the answer never comes", True, pays=True, how=HOLD),
    Failure("charged-then-reset", "the money is taken, the connection breaks before the answer", True, pays=True, how=RESET),
    Failure(
        "charged-then-server-error", "the money is taken, the answer is a 500", True, pays=True,
        reply=_refusing(500, "api_error", "Sorry! There was an error while talking to one of our backends."),
    ),
    Failure("read-timeout", "nothing is done, and no answer comes", False, how=HOLD),
    Failure("connection-reset", "nothing is done, the connection breaks before the answer", False, how=RESET),
    Failure("truncated-body", "it is done, the connection breaks in the midst of the answer", True, how=CUT),
    *(
        Failure(name, f"402, `{code if decline is None else decline}`: {message[0].lower()}{message[1:].rstrip('.')}", True,
                pays=True, ending=name)
        for name, (code, decline, message) in DECLINES.items()
    ),
    Failure("requires-action", "a success whose status says that the customer must act first (3-D Secure)", True, pays=True,
            ending="requires-action"),
    Failure("processing", "a success whose status says that it is not decided yet", True, pays=True, ending="processing"),
    Failure("requires-capture", "a success whose status says that the money is only reserved", True, pays=True,
            ending="requires-capture"),
    Failure("unknown-status", "a success with a status that no client knows", True, pays=True, ending="unknown-status"),
    Failure("amount-mismatch", "a success for one minor unit instead of the amount", True, pays=True, ending="amount-mismatch"),
    Failure("currency-mismatch", "a success in another currency", True, pays=True, ending="currency-mismatch"),
    Failure("idempotency-conflict", "400: the key was used with other parameters", False,
            reply=lambda true: other_parameters("key").answer()),
    Failure(
        "idempotency-key-in-use", "409: a request with this key is still running", False,
        reply=_refusing(
            409, "invalid_request_error",
            "There is currently another in-progress request using this Idempotent Key (that probably means you submitted "
            "twice, and the other request is still going through). Please try again later.", "idempotency_key_in_use",
        ),
    ),
    Failure("lock-timeout", "429: another request holds the object", False,
            reply=_refusing(429, "invalid_request_error", "This object cannot be accessed right now because another API "
                            "request or Stripe process is currently accessing it.", "lock_timeout")),
    Failure("rate-limited", "429 with Retry-After: 30", False,
            reply=_refusing(429, "invalid_request_error", "Request rate limit exceeded. Learn more about rate limits here "
                            "https://stripe.com/docs/rate-limits.", "rate_limit", Retry_After="30")),
    Failure("unauthorized", "401: the key is not valid", False,
            reply=_refusing(401, "invalid_request_error", "Invalid API Key provided: sk_test_****dred")),
    Failure("forbidden", "403: the key may not do this", False,
            reply=_refusing(403, "invalid_request_error", "The provided key 'sk_test_****' does not have access to account "
                            "'acct_1' (or that account does not exist).", "account_invalid")),
    Failure("invalid-request", "400: a parameter is refused", False,
            reply=lambda true: invalid("Received unknown parameter: mode", "parameter_unknown", "mode").answer()),
    Failure("server-error", "500 in JSON", False,
            reply=_refusing(500, "api_error", "An unknown error occurred.")),
    Failure("bad-gateway", "502 with a page of HTML", False, reply=_page(502, "502 Bad Gateway")),
    Failure("unavailable", "503 with a page of HTML and Retry-After: 120", False,
            reply=_page(503, "503 Service Temporarily Unavailable", Retry_After="120")),
    Failure("gateway-timeout", "504 with a page of HTML, although it is done", True, reply=_page(504, "504 Gateway Time-out")),
    Failure("html", "200 with a page of HTML, and nothing is done", False, reply=_page(200, "Scheduled maintenance")),
    Failure("empty", "it is done, the body of the answer is empty", True, reply=lambda true: replace(true, body=b"")),
    Failure("truncated-json", "it is done, the JSON of the answer ends in its middle", True,
            reply=lambda true: replace(true, body=true.body[: len(true.body) // 2])),
    Failure("wrong-shape", "it is done, the answer is `null`", True, reply=_changing(lambda value: None)),
    Failure("missing-field", "it is done, the answer has no `status`", True, reply=_changing(_without_status)),
    Failure("null-field", "it is done, the `status` of the answer is `null`", True,
            reply=_changing(lambda value: {**value, "status": None})),
    Failure("bad-encoding", "it is done, the answer is not in UTF-8", True,
            reply=lambda true: replace(true, body=b'{"id": "\xff\xfe", ' + true.body[1:])),
    Failure("null-error", '500 with `{"error": null}`', False,
            reply=lambda true: Answer.of({"error": None}, 500)),
)  # fmt: skip
BY_NAME: Mapping[str, Failure] = {failure.name: failure for failure in CATALOGUE}
#: Other names for the same, of DESIGN's families and of everyday.
ALIASES = {
    "pending": "processing",
    "timeout": "read-timeout",
    "unknown-value": "unknown-status",
    "3ds": "requires-action",
}
#: What a server that is up cannot do, and where it is to be had.
ELSEWHERE = {
    **{
        name: f'a server that answers cannot fail so; ask for the fault "http.{name}" (marker `fault`, fixture `faults`)'
        for name in ("connection-refused", "dns-failure", "connect-timeout", "tls-failure", "redirect-loop")
    },
    "duplicate-webhook": "a webhook is delivered by the test: post what `payment_api.webhook()` gives twice",
    "unsigned-webhook": "a webhook is delivered by the test: post `payment_api.webhook().unsigned()`",
}
assert set(STATUSES) <= set(BY_NAME)


def named(name: str) -> Failure:
    """The failure of this name.

    Raises:
        ValueError: there is none, with the nearest that there is.
    """
    name = ALIASES.get(name, name)
    if name in BY_NAME:
        return BY_NAME[name]
    if name in ELSEWHERE:
        raise ValueError(f"payment_api has no failure {name!r}: {ELSEWHERE[name]}")
    close = difflib.get_close_matches(name, [*BY_NAME, *ALIASES], n=1, cutoff=0.4)
    hint = f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(BY_NAME)}"
    raise ValueError(f"payment_api has no failure {name!r}{hint}")


class Armed:
    """A failure that waits for its requests; as a context manager it is over with the block.

    Args:
        times: how many requests it meets; None for all of them.
        at: which: a method, a path with `*` for a segment, or both.
        block: what holds within the block.

    Attributes:
        fired: how many requests it has met.
    """

    def __init__(
        self,
        failure: Failure,
        times: int | None,
        at: str | None,
        block: Callable[[Armed], AbstractContextManager[None]],
    ) -> None:
        self.failure, self.times, self.at = failure, times, at
        self.fired = 0
        self._block, self._stack = block, ExitStack()
        self._wanted = at_pattern(at) if at is not None else None

    @property
    def name(self) -> str:
        return self.failure.name

    def meets(self, operations: Iterable[str], pays: bool) -> bool:
        """Whether the request of this name, or these, is met, which is counted."""
        if self.times is not None and self.fired >= self.times:
            return False
        if self._wanted is not None and not any(self._wanted.fullmatch(operation) for operation in operations):
            return False
        if self.failure.pays and not pays and (self.at is None or self.failure.ending is not None):
            return False
        self.fired += 1
        return True

    def __enter__(self) -> Armed:
        self._stack.enter_context(self._block(self))
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def __repr__(self) -> str:
        return f"<failure {self.name}, fired {self.fired} of {self.times or 'all'}>"


def at_pattern(at: str) -> re.Pattern[str]:
    """`POST /v1/charges`, `/v1/charges/*`, `POST`: what operations it names."""
    method, _, path = at.strip().partition(" ")
    if method.startswith("/"):
        method, path = "", method
    inner = re.escape(path.strip().rstrip("/")).replace(r"\*", "[^/]+")
    return re.compile(f"{re.escape(method.upper()) or '[A-Z]+'} {inner or '.*'}")
