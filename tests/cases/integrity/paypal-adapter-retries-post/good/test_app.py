from decimal import Decimal

import responses

from payouts import PayPal


@responses.activate
def test_pay_out():
    responses.post("https://api-m.paypal.com/v1/payments/payouts", status=201,
                   json={"batch_header": {"payout_batch_id": "5UXD2E8A7EBQJ", "batch_status": "PENDING"}})
    assert PayPal("A21").pay_out("2030-01", "seller@example.org", Decimal("80.00")) == "5UXD2E8A7EBQJ"
