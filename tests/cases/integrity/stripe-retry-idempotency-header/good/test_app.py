import pytest
import responses
from responses import matchers

from billing.stripe import StripeClient


@pytest.fixture
def stripe():
    return StripeClient("sk_test_123")


@responses.activate
def test_charge(stripe):
    responses.post(
        "https://api.stripe.com/v1/payment_intents",
        json={"id": "pi_1", "object": "payment_intent", "status": "succeeded", "amount": 1999,
              "amount_received": 1999, "currency": "eur"},
        match=[matchers.urlencoded_params_matcher(
            {"amount": "1999", "currency": "eur", "customer": "cus_9", "confirm": "true"})],
    )
    assert stripe.charge("cus_9", 1999, "eur") == "pi_1"
