"""Payment providers: by which host a call is theirs, how they say that it is not paid yet, and how they refuse."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

CARD = "Your card has insufficient funds."
ID = "3f8c1b7a94d25e60"


@dataclass(frozen=True)
class Provider:
    """How one provider answers.

    Attributes:
        hosts: a pattern of its hosts.
        pending: the status of what is settled later; `action` of what the customer has to do something for.
        declined: status and body of a refusal; `conflict` of an idempotency key that was used for something else.
        next_action: what goes with `action`, by field.
        xml: it speaks XML.
    """

    name: str
    hosts: str
    pending: str
    action: str
    declined: tuple[int, Any]
    conflict: tuple[int, Any]
    next_action: dict[str, Any] | None = None
    xml: bool = False


REDIRECT = {
    "type": "redirect_to_url",
    "redirect_to_url": {"url": "https://hooks.stripe.com/3ds/src_1", "return_url": None},
}
OTHER = Provider(
    "other",
    r"(?:^|\.)(?:checkout|gocardless|klarna|paystack|flutterwave|authorize|2checkout|worldpay|paddle|lemonsqueezy|xendit|"
    r"sumup|iyzipay|payu|cybersource|bluesnap|revolut|paymill|payplug|pagar|mercadopago|cashfree|paytm|midtrans|pin)"
    r"\.(?:com|net|co|io|me|eu|it|in|fr)$",
    "pending",
    "requires_action",
    (402, {"error": {"type": "card_error", "code": "card_declined", "message": CARD}}),
    (
        400,
        {
            "error": {
                "type": "idempotency_error",
                "code": "idempotency_key_reused",
                "message": "This idempotency key was used for another request.",
            }
        },
    ),
    {"next_action": {"type": "redirect", "url": "https://pay.example/3ds/1"}},
)
PROVIDERS = (
    Provider(
        "stripe",
        r"(?:^|\.)stripe\.com$",
        "processing",
        "requires_action",
        (
            402,
            {
                "error": {
                    "type": "card_error",
                    "code": "card_declined",
                    "decline_code": "insufficient_funds",
                    "message": CARD,
                    "param": "",
                    "charge": f"ch_{ID}",
                    "doc_url": "https://stripe.com/docs/error-codes/card-declined",
                }
            },
        ),
        (
            400,
            {
                "error": {
                    "type": "idempotency_error",
                    "message": "Keys for idempotent requests can only be used with the same parameters they were first used "
                    "with. Try using a key other than the one given if you meant to execute a different request.",
                }
            },
        ),
        {"next_action": REDIRECT},
    ),
    Provider(
        "paypal",
        r"(?:^|\.)paypal\.com$",
        "PENDING",
        "PAYER_ACTION_REQUIRED",
        (
            422,
            {
                "name": "UNPROCESSABLE_ENTITY",
                "message": "The requested action could not be performed, semantically incorrect, or failed business "
                "validation.",
                "debug_id": "90957fca61718",
                "details": [
                    {
                        "issue": "INSTRUMENT_DECLINED",
                        "description": "The instrument presented was either declined by the processor or bank, or it can't "
                        "be used for this payment.",
                    }
                ],
                "links": [],
            },
        ),
        (
            409,
            {
                "name": "RESOURCE_CONFLICT",
                "message": "The server has detected a conflict while processing this request.",
                "debug_id": "7d8a0f1b2c3e4",
                "details": [
                    {
                        "issue": "PREVIOUS_REQUEST_IN_PROGRESS",
                        "description": "A previous request on this resource is currently in progress.",
                    }
                ],
                "links": [],
            },
        ),
    ),
    Provider(
        "adyen",
        r"(?:^|\.)adyen(?:payments)?\.com$",
        "Pending",
        "RedirectShopper",
        (
            200,  # it refuses with a status of success
            {
                "pspReference": "993617894903480A",
                "resultCode": "Refused",
                "refusalReason": "Not enough balance",
                "refusalReasonCode": "12",
            },
        ),
        (
            422,
            {
                "status": 422,
                "errorCode": "704",
                "message": "request already processed or in progress",
                "errorType": "validation",
                "pspReference": "993617894903480B",
            },
        ),
        {
            "action": {
                "type": "redirect",
                "method": "GET",
                "url": "https://checkoutshopper-test.adyen.com/threeDS/redirect",
            }
        },
    ),
    Provider(
        "braintree",
        r"(?:^|\.)(?:braintreegateway|braintree-api)\.com$",
        "authorizing",
        "authorizing",
        (
            422,
            '<?xml version="1.0" encoding="UTF-8"?>\n<api-error-response><errors><errors type="array"/></errors>'
            "<message>Insufficient Funds</message><transaction><id>3f8c1b7a</id><status>processor_declined</status>"
            "<processor-response-code>2001</processor-response-code>"
            "<processor-response-text>Insufficient Funds</processor-response-text></transaction></api-error-response>",
        ),
        (
            422,
            '<?xml version="1.0" encoding="UTF-8"?>\n<api-error-response><errors><errors type="array"/></errors>'
            "<message>Gateway Rejected: duplicate</message><transaction><id>3f8c1b7b</id><status>gateway_rejected</status>"
            "<gateway-rejection-reason>duplicate</gateway-rejection-reason></transaction></api-error-response>",
        ),
        xml=True,
    ),
    Provider(
        "square",
        r"(?:^|\.)squareup(?:sandbox)?\.com$",
        "PENDING",
        "PENDING",
        (
            402,
            {
                "errors": [
                    {
                        "category": "PAYMENT_METHOD_ERROR",
                        "code": "CARD_DECLINED",
                        "detail": "Authorization error: 'CARD_DECLINED'",
                    }
                ]
            },
        ),
        (
            400,
            {
                "errors": [
                    {
                        "category": "INVALID_REQUEST_ERROR",
                        "code": "IDEMPOTENCY_KEY_REUSED",
                        "detail": "Different request parameters used for the same idempotency_key.",
                        "field": "idempotency_key",
                    }
                ]
            },
        ),
    ),
    Provider(
        "mollie",
        r"(?:^|\.)mollie\.com$",
        "pending",
        "open",
        (
            422,
            {
                "status": 422,
                "title": "Unprocessable Entity",
                "detail": "The payment was declined by the card issuer",
                "_links": {
                    "documentation": {"href": "https://docs.mollie.com/reference/handling-errors", "type": "text/html"}
                },
            },
        ),
        (
            409,
            {
                "status": 409,
                "title": "Conflict",
                "detail": "Another request with this idempotency key is being processed",
                "_links": {
                    "documentation": {"href": "https://docs.mollie.com/reference/api-idempotency", "type": "text/html"}
                },
            },
        ),
    ),
    Provider(
        "razorpay",
        r"(?:^|\.)razorpay\.com$",
        "authorized",
        "created",
        (
            400,
            {
                "error": {
                    "code": "BAD_REQUEST_ERROR",
                    "description": "Your payment could not be completed due to insufficient account balance.",
                    "field": None,
                    "source": "customer",
                    "step": "payment_authorization",
                    "reason": "insufficient_funds",
                    "metadata": {},
                }
            },
        ),
        (
            409,
            {
                "error": {
                    "code": "BAD_REQUEST_ERROR",
                    "description": "Another request with the same idempotency key is in progress.",
                    "source": "business",
                    "step": "payment_initiation",
                    "reason": "input_validation_failed",
                    "metadata": {},
                }
            },
        ),
    ),
    OTHER,
)

#: What a host or a path says of payments, word by word.
WORDS = frozenset({"pay", "payment", "payments", "charge", "charges", "checkout", "billing", "capture"})
#: Of a provider's API what takes no money.
NO_CHARGE = re.compile(
    r"refund|void|cancel|customer|token|oauth|payment_?methods?|setup|product|price|webhook|verify-|dispute|payout|balance|"
    r"account|coupon|event",
    re.I,
)


def provider_of(payment: str, url: str, reply: str | None) -> Provider | None:
    """Whose call this is; None where it is no payment.

    Args:
        payment: the name of the SDK that makes it, or `declared`.
        url: where it goes.
        reply: what was answered, which decides where the host is nobody's.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if NO_CHARGE.search(parts.path):
        return None
    for provider in PROVIDERS:
        if provider.name == payment or re.search(provider.hosts, host):
            return provider
    if payment:
        return OTHER
    words = set(re.split(r"[^a-z]+", f"{host}{parts.path}".lower()))
    return OTHER if words & WORDS and tells_of_payment(reply) else None


CHARGE_ID = re.compile(r"(?:ch|pi|py|pay|txn|tr|cap|auth|payment|charge)[_-][A-Za-z0-9]+")


def tells_of_payment(reply: str | None) -> bool:
    """Whether a reply has a status and an amount, or the number of a charge."""
    from .payment import AMOUNT, STATUS, named
    from .reply import fields

    try:
        data = json.loads(reply or "")
    except ValueError:
        return False
    found = {named(path[-1]) for _, path in fields(data)}
    if any(re.search(r"^(?:charge|payment|transaction|payment_intent)_id$|^psp_reference$", name) for name in found):
        return True
    if any(STATUS.search(name) for name in found) and any(AMOUNT.search(n) or n in ("id", "reference") for n in found):
        return True
    return isinstance(data, dict) and CHARGE_ID.fullmatch(str(data.get("id"))) is not None
