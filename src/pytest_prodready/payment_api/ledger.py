"""What the provider remembers: customers, payment intents, charges, refunds and events, in the shape of Stripe."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from .messages import Refused, invalid

Object = dict[str, Any]

#: Why a card is declined: (code, decline_code, message), from docs.stripe.com/declines/codes.
DECLINES: dict[str, tuple[str, str | None, str]] = {
    "declined": ("card_declined", "generic_decline", "Your card was declined."),
    "insufficient-funds": ("card_declined", "insufficient_funds", "Your card has insufficient funds."),
    "expired-card": ("expired_card", None, "Your card has expired."),
    "incorrect-cvc": ("incorrect_cvc", None, "Your card's security code is incorrect."),
    "processing-error": (
        "processing_error",
        None,
        "An error occurred while processing your card. Try again in a little bit.",
    ),
    "authentication-required": (
        "authentication_required",
        "authentication_required",
        "Your card was declined. This transaction requires authentication.",
    ),
}
#: Stripe's own test cards that do not simply pay.
CARDS = {
    "pm_card_chargeDeclined": "declined",
    "pm_card_visa_chargeDeclined": "declined",
    "pm_card_visa_chargeDeclinedInsufficientFunds": "insufficient-funds",
    "pm_card_visa_chargeDeclinedExpiredCard": "expired-card",
    "pm_card_chargeDeclinedExpiredCard": "expired-card",
    "pm_card_chargeDeclinedIncorrectCvc": "incorrect-cvc",
    "pm_card_chargeDeclinedProcessingError": "processing-error",
    "pm_card_authenticationRequired": "requires-action",
    "pm_card_threeDSecure2Required": "requires-action",
    "tok_chargeDeclined": "declined",
    "tok_chargeDeclinedInsufficientFunds": "insufficient-funds",
    "tok_chargeDeclinedExpiredCard": "expired-card",
}
#: How else a payment may end, by the status of its intent.
STATUSES = {"requires-action": "requires_action", "processing": "processing", "unknown-status": "in_review"}


@dataclass(frozen=True)
class Charge:
    """What a test reads of one charge.

    Attributes:
        amount: what was taken: in minor units for Stripe, else as the client counts.
        currency: as the client wrote it.
        customer: id or address of who paid.
        status: `succeeded`, `pending`, `authorized`, `failed` or `canceled`.
        refunded: how much was given back.
        idempotency_key: of the request that made it, or None.
        reference: what the client calls it: `reference`, a value of `metadata`, or `description`.
        customers, references: all names by which it can be asked for.
    """

    id: str
    amount: int | Decimal
    currency: str
    customer: str | None
    status: str
    refunded: int | Decimal
    idempotency_key: str | None
    reference: str | None
    payment_intent: str | None
    metadata: Mapping[str, Any]
    customers: frozenset[str] = field(repr=False)
    references: frozenset[str] = field(repr=False)


class Ledger:
    """All objects by id, and what may be done with them. Not safe for threads: the server serves one at a time."""

    def __init__(self) -> None:
        self.objects: dict[str, Object] = {}
        self._numbers: dict[str, int] = {}

    # ---------------------------------------------------------------------------------------------------- objects
    def make(self, prefix: str, kind: str, **fields: Any) -> Object:
        self._numbers[prefix] = number = self._numbers.get(prefix, 0) + 1
        found = {"id": f"{prefix}_{number:024d}", "object": kind, "created": int(time.time()), "livemode": False}
        made: Object = {**found, **fields}
        self.objects[made["id"]] = made
        return made

    def get(self, kind: str, identity: Any, param: str = "id") -> Object:
        found = self.objects.get(identity) if isinstance(identity, str) else None
        if found is None or found["object"] != kind:
            raise invalid(f"No such {kind}: '{identity}'", "resource_missing", param, 404)
        return found

    def all(self, kind: str) -> list[Object]:
        """The newest first, as Stripe lists them."""
        return [one for one in reversed(self.objects.values()) if one["object"] == kind]

    def event(self, kind: str, about: Object) -> Object:
        return self.make("evt", "event", type=kind, data={"object": dict(about)}, pending_webhooks=1, request=None)

    # ---------------------------------------------------------------------------------------------------- payments
    def intent(self, params: Mapping[str, Any]) -> Object:
        method = params.get("payment_method") or params.get("source")
        amount = whole(params, "amount")
        intent = self.make(
            "pi",
            "payment_intent",
            amount=amount,
            amount_capturable=0,
            amount_received=0,
            canceled_at=None,
            cancellation_reason=None,
            capture_method=params.get("capture_method", "automatic"),
            confirmation_method=params.get("confirmation_method", "automatic"),
            currency=currency_of(params),
            customer=self._customer(params),
            description=params.get("description"),
            last_payment_error=None,
            latest_charge=None,
            metadata=dict(params.get("metadata") or {}),
            next_action=None,
            payment_method=method,
            payment_method_types=params.get("payment_method_types") or ["card"],
            receipt_email=params.get("receipt_email"),
            status="requires_confirmation" if method else "requires_payment_method",
        )
        intent["client_secret"] = f"{intent['id']}_secret_{self._numbers['pi']:08d}"
        self.event("payment_intent.created", intent)
        return intent

    def confirm(self, intent: Object, params: Mapping[str, Any], key: str | None, ending: str | None) -> Object:
        """Take the money of an intent, or not: `ending` says how it comes out, None for well.

        Raises:
            Refused: the card was declined, or there is nothing to confirm.
        """
        self._in_state(intent, "confirm", "requires_payment_method", "requires_confirmation", "requires_action")
        method = params.get("payment_method") or intent["payment_method"]
        if not method:
            raise invalid(
                "You cannot confirm this PaymentIntent because it's missing a payment method.",
                "payment_intent_unexpected_state",
            )
        intent["payment_method"] = method
        ending = ending or CARDS.get(method)
        if ending == "requires-action" and as_bool(params.get("error_on_requires_action")):
            ending = "authentication-required"
        if ending == "requires-action":
            intent["status"] = STATUSES[ending]
            intent["next_action"] = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect"}}
            self.event("payment_intent.requires_action", intent)
            return intent
        return self._pay(intent, key, ending)

    def _pay(self, intent: Object, key: str | None, ending: str | None) -> Object:
        taken, currency = other_money(intent["amount"], intent["currency"], ending)
        manual = intent["capture_method"] == "manual" or ending == "requires-capture"
        charge = self._charge(intent, taken, currency, key, not manual, payment_intent=intent["id"])
        intent["latest_charge"], intent["next_action"] = charge["id"], None
        if ending in DECLINES:
            self._decline(charge, ending)
            intent.update(status="requires_payment_method", payment_method=None)
            intent["last_payment_error"] = card_error(ending, charge["id"])
            self.event("payment_intent.payment_failed", intent)
            raise declined(ending, charge["id"], payment_intent=dict(intent))
        intent.update(amount=taken, currency=currency)
        if ending in STATUSES:
            charge.update(status="pending", paid=False)
            intent["status"] = STATUSES[ending]
            if ending == "processing":
                self.event("payment_intent.processing", intent)
        elif manual:
            intent.update(status="requires_capture", amount_capturable=taken)
            self.event("payment_intent.amount_capturable_updated", intent)
        else:
            intent.update(status="succeeded", amount_received=taken)
            self.event("charge.succeeded", charge)
            self.event("payment_intent.succeeded", intent)
        return intent

    def capture(self, intent: Object, amount: Any = None) -> Object:
        """Take what was only authorised; or less, and the rest is let go."""
        self._in_state(intent, "capture", "requires_capture")
        taken = self._capture(self.objects[intent["latest_charge"]], amount)
        intent.update(status="succeeded", amount_received=taken, amount_capturable=0)
        self.event("payment_intent.succeeded", intent)
        return intent

    def _capture(self, charge: Object, amount: Any) -> int:
        if charge["captured"] or charge["status"] != "succeeded":
            raise invalid(f"Charge {charge['id']} has already been captured.", "charge_already_captured")
        taken: int = charge["amount"] if amount is None else whole({"amount": amount}, "amount")
        if taken > charge["amount"]:
            raise invalid("You cannot capture more than was authorized.", "amount_too_large", "amount_to_capture")
        charge.update(captured=True, paid=True, amount_captured=taken)
        self.event("charge.captured", charge)
        return taken

    def capture_charge(self, charge: Object, amount: Any = None) -> Object:
        self._capture(charge, amount)
        return charge

    def cancel(self, intent: Object, reason: Any = None) -> Object:
        self._in_state(
            intent, "cancel", "requires_payment_method", "requires_confirmation", "requires_action", "requires_capture",
            "processing",
        )  # fmt: skip
        charge = self.objects.get(intent["latest_charge"] or "")
        if charge is not None and charge["status"] != "failed":
            charge.update(status="canceled", paid=False)
        intent.update(
            status="canceled", canceled_at=int(time.time()), cancellation_reason=reason, amount_capturable=0, next_action=None
        )  # fmt: skip
        self.event("payment_intent.canceled", intent)
        return intent

    def _in_state(self, intent: Object, verb: str, *states: str) -> None:
        if intent["status"] not in states:
            raise Refused(
                400,
                "invalid_request_error",
                f"You cannot {verb} this PaymentIntent because it has a status of {intent['status']}. Only a "
                f"PaymentIntent with one of the following statuses may be {verb}ed: {', '.join(states)}.",
                "payment_intent_unexpected_state",
                payment_intent=dict(intent),
            )

    def charge(self, params: Mapping[str, Any], key: str | None, ending: str | None) -> Object:
        """A charge without an intent: Stripe's older way, and that of other providers.

        Raises:
            Refused: the card was declined.
        """
        ending = ending or CARDS.get(str(params.get("source") or params.get("payment_method")))
        taken, currency = other_money(amount_of(params), currency_of(params), ending)
        captured = as_bool(params.get("capture", True)) and ending != "requires-capture"
        about = {
            "customer": self._customer(params),
            "description": params.get("description"),
            "metadata": dict(params.get("metadata") or {}),
            "payment_method": params.get("source") or params.get("payment_method"),
            "receipt_email": params.get("receipt_email") or params.get("email"),
            "reference": params.get("reference"),
        }
        charge = self._charge(about, taken, currency, key, captured)
        if ending in DECLINES:
            self._decline(charge, ending)
            raise declined(ending, charge["id"])
        if ending in STATUSES:
            charge.update(status="in_review" if ending == "unknown-status" else "pending", paid=False)
            charge["needs_action"] = ending == "requires-action"
        else:
            self.event("charge.succeeded", charge)
        return charge

    def _charge(
        self, about: Mapping[str, Any], amount: Any, currency: str, key: str | None, captured: bool, **more: Any
    ) -> Object:
        return self.make(
            "ch",
            "charge",
            amount=amount,
            amount_captured=amount if captured else 0,
            amount_refunded=0,
            balance_transaction=None,
            captured=captured,
            currency=currency,
            disputed=False,
            failure_code=None,
            failure_message=None,
            idempotency_key=key,
            outcome={"network_status": "approved_by_network", "type": "authorized"},
            paid=True,
            refunded=False,
            status="succeeded",
            **{
                name: about.get(name)
                for name in ("customer", "description", "metadata", "payment_method", "receipt_email", "reference")
            },
            **{"payment_intent": None, **more},
        )

    def _decline(self, charge: Object, ending: str) -> None:
        code, decline_code, message = DECLINES[ending]
        charge.update(
            status="failed", paid=False, captured=False, amount_captured=0, failure_code=decline_code or code,
            failure_message=message, outcome={"network_status": "declined_by_network", "type": "issuer_declined"},
        )  # fmt: skip
        self.event("charge.failed", charge)

    def refund(self, params: Mapping[str, Any]) -> Object:
        """Give back a charge, wholly or in part.

        Raises:
            Refused: there is no such charge, or not so much left of it.
        """
        charge = self._refundable(params)
        left = number(charge["amount_captured"]) - number(charge["amount_refunded"])
        if not charge["paid"] or left <= 0:
            raise invalid(f"Charge {charge['id']} has already been refunded.", "charge_already_refunded")
        amount = charge["amount"] if number(charge["amount"]) == left else left
        if params.get("amount") is not None:
            amount = amount_of(params)
        if number(amount) > left:
            raise invalid(
                f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", None, "amount"
            )
        charge["amount_refunded"] = number(charge["amount_refunded"]) + number(amount)
        charge["refunded"] = charge["amount_refunded"] == number(charge["amount_captured"])
        refund = self.make(
            "re", "refund", amount=amount, currency=charge["currency"], charge=charge["id"],
            payment_intent=charge["payment_intent"], metadata=dict(params.get("metadata") or {}),
            reason=params.get("reason"), status="succeeded",
        )  # fmt: skip
        self.event("charge.refunded", charge)
        return refund

    def _refundable(self, params: Mapping[str, Any]) -> Object:
        if params.get("payment_intent"):
            intent = self.get("payment_intent", params["payment_intent"], "payment_intent")
            return self.get("charge", intent["latest_charge"], "payment_intent")
        if params.get("reference") and not params.get("charge"):
            named = (one for one in self.all("charge") if one["reference"] == params["reference"] and one["paid"])
            found = next(named, None)
            if found is None:
                raise invalid(f"No such charge: '{params['reference']}'", "resource_missing", "reference", 404)
            return found
        if not params.get("charge"):
            raise invalid("One of the following params should be provided: charge, payment_intent.")
        return self.get("charge", params["charge"], "charge")

    def customer(self, params: Mapping[str, Any]) -> Object:
        customer = self.make(
            "cus", "customer", description=params.get("description"), email=params.get("email"),
            metadata=dict(params.get("metadata") or {}), name=params.get("name"), phone=params.get("phone"),
        )  # fmt: skip
        self.event("customer.created", customer)
        return customer

    def _customer(self, params: Mapping[str, Any]) -> Any:
        customer = params.get("customer")
        if isinstance(customer, str) and customer.startswith("cus_0"):  # one of ours: others need not be made first
            self.get("customer", customer, "customer")
        return customer

    # -------------------------------------------------------------------------------------------------- for the test
    def charges(self) -> Iterator[Charge]:
        """All charges, the oldest first."""
        for one in self.objects.values():
            if one["object"] == "charge":
                yield self._record(one)

    def _record(self, charge: Object) -> Charge:
        metadata = charge["metadata"] or {}
        references = [charge["reference"], *metadata.values(), charge["description"]]
        known = self.objects.get(charge["customer"] or "", {})
        customers = [charge["customer"], charge["receipt_email"], known.get("email")]
        status = charge["status"]
        if status == "succeeded" and not charge["captured"]:
            status = "authorized"
        return Charge(
            charge["id"],
            number(charge["amount_captured"] if status == "succeeded" else charge["amount"]),
            charge["currency"],
            next((one for one in customers if one), None),
            "pending" if status == "in_review" else status,
            number(charge["amount_refunded"]),
            charge["idempotency_key"],
            next((str(one) for one in references if one), None),
            charge["payment_intent"],
            metadata,
            frozenset(str(one) for one in customers if one),
            frozenset(str(one) for one in references if one),
        )


def declined(ending: str, charge: str, **more: Any) -> Refused:
    error = card_error(ending, charge)
    kind, message, code = (error.pop(name) for name in ("type", "message", "code"))
    return Refused(402, kind, message, code, **error, **more)


def card_error(ending: str, charge: str) -> Object:
    code, decline_code, message = DECLINES[ending]
    url = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"
    found = {"type": "card_error", "code": code, "message": message, "charge": charge, "doc_url": url}
    return found if decline_code is None else {**found, "decline_code": decline_code}


def other_money(amount: Any, currency: str, ending: str | None) -> tuple[Any, str]:
    """What is taken instead, where a payment ends with another amount or currency."""
    if ending == "amount-mismatch":
        least, other_least = ("0.01", "0.02") if isinstance(amount, str) else (1, 2)
        amount = other_least if number(amount) == number(least) else least
    if ending == "currency-mismatch":
        other = "usd" if currency.lower() == "eur" else "eur"
        currency = other.upper() if currency.isupper() else other
    return amount, currency


def whole(params: Mapping[str, Any], name: str) -> int:
    """An amount of Stripe's: a positive number of minor units.

    Raises:
        Refused: it is missing, or has a fraction.
    """
    value = params.get(name)
    if value is None or value == "":
        raise invalid(f"Missing required param: {name}.", "parameter_missing", name)
    if isinstance(value, bool) or not str(value).lstrip("-").isdigit():
        raise invalid(f"Invalid integer: {value}", "parameter_invalid_integer", name)
    if int(value) < 1:
        raise invalid("This value must be greater than or equal to 1.", "parameter_invalid_integer", name)
    return int(value)


def amount_of(params: Mapping[str, Any]) -> Any:
    """An amount of any provider's: whole, a decimal number or the text of one, as the client counts."""
    value = params.get("amount")
    if value is None or value == "":
        raise invalid("Missing required param: amount.", "parameter_missing", "amount")
    try:
        positive = not isinstance(value, bool) and number(value) > 0
    except (InvalidOperation, TypeError, ValueError):
        positive = False
    if not positive:
        raise invalid(f"Invalid amount: {value}", "parameter_invalid", "amount")
    return value


def currency_of(params: Mapping[str, Any]) -> str:
    value = params.get("currency")
    if not value:
        raise invalid("Missing required param: currency.", "parameter_missing", "currency")
    if not isinstance(value, str) or len(value) != 3 or not value.isalpha():
        raise invalid(f"Invalid currency: {value}.", "parameter_invalid", "currency")
    return value


def number(value: Any) -> Any:
    """The number that an amount is, exactly."""
    return value if isinstance(value, (int, Decimal)) else Decimal(value)


def as_bool(value: Any) -> bool:
    return value is True or str(value).lower() == "true"
