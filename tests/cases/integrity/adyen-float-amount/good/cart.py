"""Cart totals and payment with Adyen."""
import logging
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from uuid import uuid4

import requests

logger = logging.getLogger("cart")
CENT = Decimal("0.01")


class PaymentError(Exception):
    pass


@dataclass(frozen=True)
class Line:
    sku: str
    price: Decimal
    quantity: int = 1


@dataclass
class Cart:
    lines: list[Line] = field(default_factory=list)
    discount: Decimal = Decimal("0")
    reference: str = field(default_factory=lambda: uuid4().hex)

    def total(self) -> Decimal:
        net = sum((line.price * line.quantity for line in self.lines), Decimal("0"))
        return (net * (1 - self.discount)).quantize(CENT, ROUND_HALF_UP)


class Adyen:
    URL = "https://checkout-test.adyen.com/v71/payments"

    def __init__(self, api_key: str, merchant: str):
        self.merchant = merchant
        self.session = requests.Session()
        self.session.headers["X-API-Key"] = api_key

    def pay(self, cart: Cart, token: str) -> str:
        minor = int(cart.total() * 100)
        payload = {
            "merchantAccount": self.merchant,
            "reference": cart.reference,
            "amount": {"value": minor, "currency": "EUR"},
            "paymentMethod": {"type": "scheme", "storedPaymentMethodId": token},
        }
        try:
            reply = self.session.post(self.URL, json=payload, headers={"Idempotency-Key": cart.reference}, timeout=15)
            reply.raise_for_status()
            body = reply.json()
            accepted = body["resultCode"] == "Authorised" and body["amount"] == {"value": minor, "currency": "EUR"}
            psp = body["pspReference"]
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            logger.error("payment of %s failed: %s", cart.reference, type(exc).__name__)
            raise PaymentError("the payment failed") from exc
        if not accepted:
            logger.error("payment of %s was not authorised", cart.reference)
            raise PaymentError("the payment was not authorised")
        return psp
