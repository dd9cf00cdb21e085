"""What a test holds of the provider: its address, its books, and the ways to make it fail."""

from __future__ import annotations

import difflib
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from ..seams import hub
from ..sweep.clock import VirtualClock
from . import failures, webhooks
from .ledger import Charge, Ledger
from .messages import Answer, Refused, Request, invalid
from .plain import Plain
from .server import Server
from .stripe import Stripe


class Paid(NamedTuple):
    """What somebody paid: how often, and how much in sum. What was given back is out of both."""

    times: int
    amount: int | Decimal


class PaymentAPI:
    """A payment provider on loopback.

    Args:
        is_source: tells the user's files, whose own names of `sleep` are virtual too while a failure is armed.

    Attributes:
        url: where it listens: Stripe's API below `/v1`, and `/charges` and `/refunds` for JSON.
        api_key: one to send; any is taken.
        webhook_secret: what webhooks are signed with.
        requests: all that came in, the oldest first.
    """

    api_key = "sk_test_prodready"
    webhook_secret = "whsec_prodready"

    def __init__(self, is_source: Callable[[str], bool]) -> None:
        self.requests: list[Request] = []
        self._ledger = Ledger()
        self._stripe, self._plain = Stripe(self._ledger), Plain(self._ledger)
        self._armed: list[failures.Armed] = []
        self._answers: dict[str, tuple[str, Answer]] = {}  # by idempotency key: digest of the request, answer
        self._lock = threading.Lock()
        self._undo: list[Callable[[], None]] = []
        self._clock = VirtualClock(is_source)
        self._virtual = False
        self._server = Server(self._serve, self._pass)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop, and put back what `use` has changed."""
        self._server.stop()
        while self._undo:
            self._undo.pop()()

    def use(self) -> PaymentAPI:
        """Point the stripe SDK here, until the test is over: `stripe.api_base` and `stripe.api_key`.

        A `StripeClient` has its own addresses: `StripeClient(key, base_addresses={"api": payment_api.url})`.
        """
        import stripe

        bases = ("api_base", "connect_api_base", "upload_api_base", "meter_events_api_base")
        for name, value in {**dict.fromkeys(bases, self.url), "api_key": self.api_key}.items():
            if hasattr(stripe, name):
                self._undo.append(partial(setattr, stripe, name, getattr(stripe, name)))
                setattr(stripe, name, value)
        return self

    # ----------------------------------------------------------------------------------------------------- the books
    @property
    def charges(self) -> list[Charge]:
        """All charges, the oldest first, those too that were declined or are not decided."""
        with self._lock:
            return list(self._ledger.charges())

    def paid(self, customer: str | None = None, reference: str | None = None, currency: str | None = None) -> Paid:
        """How often and how much was paid: all charges that succeeded and were not wholly given back.

        Args:
            customer: only of this one: an id or an address (`receipt_email` and that of the customer count too).
            reference: only for this: `reference`, a value of `metadata`, or `description`.
            currency: only in this one, in any case.

        Raises:
            ValueError: there are several currencies, and none was named.
        """
        found = [
            charge
            for charge in self.charges
            if charge.status == "succeeded"
            and charge.refunded < charge.amount
            and (customer is None or customer in charge.customers)
            and (reference is None or reference in charge.references)
            and (currency is None or currency.lower() == charge.currency.lower())
        ]
        currencies = sorted({charge.currency.lower() for charge in found})
        if len(currencies) > 1:
            raise ValueError(f"paid in {' and '.join(currencies)}, which have no sum: name one with currency=")
        return Paid(len(found), sum(charge.amount - charge.refunded for charge in found))

    # ------------------------------------------------------------------------------------------------------ failures
    def fail(self, name: str, times: int | None = 1, at: str | None = None) -> failures.Armed:
        """Fail from now on; in a `with` statement only within its block, in which time is virtual.

        Args:
            name: such as `charged-then-timeout` or `declined`; see the catalogue in the documentation.
            times: how many requests fail; None for all.
            at: which ones: `POST /v1/payment_intents`, `/charges/*`, `GET`. By default those that take money for failures of
                payments, and any for others.

        Returns:
            the failure; its `fired` counts the requests that it met.

        Raises:
            ValueError: there is no such failure, or no such request, with the nearest that there is.
        """
        if times is not None and times < 1:
            raise ValueError(f"times={times!r} must be at least 1, or None for every request")
        failure = failures.named(name)
        if at is not None:
            self._check(at)
        if failure.how == failures.HOLD:
            self._server.waiting.install()
        if hub.trace is not None:  # as with the fixture `faults`: a second failure on top would be nobody's
            hub.trace.unswept = "the test makes its payment provider fail"
        armed = failures.Armed(failure, times, at, self._during)
        with self._lock:
            self._armed.append(armed)
        return armed

    @contextmanager
    def _during(self, armed: failures.Armed) -> Iterator[None]:
        try:
            with self._virtual_time():
                yield
        finally:
            with self._lock:
                self._armed.remove(armed)

    @contextmanager
    def _virtual_time(self) -> Iterator[None]:
        """Unless somebody's clock runs already: that of a trial, a fault, or an outer block."""
        if hub.run or hub.striker is not None or self._virtual:
            yield
            return
        self._virtual = True
        try:
            with self._clock.running():
                yield
        finally:
            self._virtual = False

    def _pass(self, seconds: float) -> None:
        """A client would have waited."""
        if self._virtual:
            self._clock.pass_by(seconds)

    def _check(self, at: str) -> None:
        pattern = failures.at_pattern(at)
        known = [f"{method} {path}" for dialect in (self._stripe, self._plain) for method, path in dialect.routes]
        if not any(pattern.fullmatch(operation.replace("*", "x")) for operation in known):
            close = difflib.get_close_matches(at, known, n=1, cutoff=0.4)
            raise ValueError(f"at={at!r} names no request" + (f"; did you mean {close[0]!r}?" if close else ""))

    # ------------------------------------------------------------------------------------------------------ webhooks
    def webhook(self, kind: str, about: Any = None, timestamp: int | None = None) -> webhooks.Webhook:
        """A signed webhook, to be delivered by the test: (body, headers), and forms that must be refused.

        Args:
            kind: such as `payment_intent.succeeded`.
            about: the object, or its id; by default the newest of its kind.
            timestamp: of the signature; by default now.

        Raises:
            LookupError: no object of that kind is there.
        """
        with self._lock:
            event = self._ledger.event(kind, self._about(kind, about))
        return webhooks.Webhook.of(self._stripe.shown(event), self.webhook_secret, timestamp)

    def _about(self, kind: str, about: Any) -> Any:
        if about is None:
            found = self._ledger.all(kind.split(".")[0])
            if not found:
                raise LookupError(f"nothing that {kind!r} could be about: give the object")
            return found[0]
        if isinstance(about, str):
            if about not in self._ledger.objects:
                raise LookupError(f"no object has the id {about!r}")
            return self._ledger.objects[about]
        to_dict = getattr(about, "to_dict", None)  # of the SDK's objects
        return to_dict() if to_dict is not None else dict(about)

    def sign(self, body: bytes | str, timestamp: int | None = None) -> str:
        """The value of `Stripe-Signature` for a body of your own."""
        return webhooks.signature(body, self.webhook_secret, timestamp)

    # ------------------------------------------------------------------------------------------------------- serving
    def _serve(self, request: Request) -> tuple[Answer, str]:
        with self._lock:
            dialect, asked = self._dialect(request), request
            if isinstance(dialect, Plain):
                request = replace(request, path=request.path.removeprefix("/v1"))
            pays, operations = dialect.pays(request), (asked.operation, request.operation)
            failure = next((one.failure for one in self._armed if one.meets(operations, pays)), None)
            self.requests.append(replace(asked, failed=failure.name if failure else None))
            if failure is None:
                return self._answer(dialect, request, None), failures.ANSWER
            answer = self._answer(dialect, request, failure.ending) if failure.done else Answer(200, b"")
            return failure.reply(answer) if failure.reply else answer, failure.how

    def _dialect(self, request: Request) -> Stripe | Plain:
        return self._stripe if request.path.startswith("/v1/") and not request.json else self._plain

    def _answer(self, dialect: Stripe | Plain, request: Request, ending: str | None) -> Answer:
        """Carry out, or say again what was said to this idempotency key."""
        key = request.idempotency_key if request.method == "POST" else None
        named = {"Request-Id": f"req_{len(self.requests):014d}", **({"Idempotency-Key": key} if key else {})}
        digest = hashlib.sha256(f"{request.operation}\n{_canonical(request)}".encode()).hexdigest()
        if key in self._answers:
            before, answer = self._answers[key]
            if before != digest:
                answer = failures.other_parameters(str(key)).answer()
            else:
                named["Idempotent-Replayed"] = "true"
            return replace(answer, headers={**answer.headers, **named})
        answer, keep = self._carry_out(dialect, request, ending)
        if key is not None and keep:
            self._answers[key] = digest, answer
        return replace(answer, headers={**answer.headers, **named})

    def _carry_out(self, dialect: Stripe | Plain, request: Request, ending: str | None) -> tuple[Answer, bool]:
        """(answer, whether it is kept for the key): what was refused before anything happened is not."""
        try:
            status, value = dialect.serve(self._route(dialect, request), request, ending)
        except Refused as refused:
            return refused.answer(), refused.status == 402
        except Exception as exc:  # a bug of ours must be seen, not time out
            return Answer.of({"error": {"type": "api_error", "message": f"payment_api failed: {exc!r}"}}, 500), False
        return Answer.of(value, status), True

    @staticmethod
    def _route(dialect: Stripe | Plain, request: Request) -> Callable[..., Any]:
        segments = request.path.split("/")
        for (method, path), serve in dialect.routes.items():
            wanted = path.split("/")
            if (method, len(wanted)) == (request.method, len(segments)) and all(
                want in ("*", have) for have, want in zip(segments, wanted, strict=True)
            ):
                return serve
        raise invalid(f"Unrecognized request URL ({request.method}: {request.path}).", status=404)


def _canonical(request: Request) -> str:
    return json.dumps(request.params, sort_keys=True, default=str)


def start(config: Any) -> PaymentAPI:
    """For the fixture: source is what a session of ours takes for it, else what lies below the root and is not installed."""
    session = config.pluginmanager.get_plugin("prodready-session")
    if session is not None:
        return PaymentAPI(lambda file: session.sources.classify(file)[0] == "source")
    root = str(config.rootpath)
    return PaymentAPI(lambda file: file.startswith(root) and "site-packages" not in file)
