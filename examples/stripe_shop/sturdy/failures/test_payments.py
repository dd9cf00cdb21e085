"""What the shop does on a bad day: how often did the customer pay, and what was the customer told?"""

import pytest

ADA = "ada@example.com"


def order(client):
    return client.post("/orders", json={"email": ADA, "product": 1, "quantity": 2})


def status(client):
    return client.get("/orders/1").get_json()["status"]


@pytest.mark.parametrize("failure", ["charged-then-timeout", "charged-then-reset", "charged-then-server-error"])
def test_an_answer_that_is_lost_costs_the_customer_nothing(client, stripe_account, failure):
    with stripe_account.fail(failure) as armed:
        response = order(client)
    assert armed.fired
    paid = stripe_account.paid(customer=ADA)
    assert paid == ((1, 5000) if response.status_code == 201 else (0, 0))


@pytest.mark.fault("http.read-timeout", target="127.0.0.1", at="POST payment_intents")
def test_a_slow_provider_is_paid_once(client, stripe_account):
    response = order(client)
    assert response.status_code == 201
    assert stripe_account.paid(customer=ADA) == (1, 5000)


def test_a_provider_that_stays_away(client, stripe_account, stock):
    with stripe_account.fail("unavailable", times=None):
        assert order(client).status_code == 503
    assert stripe_account.paid() == (0, 0)
    assert stock() == 10


@pytest.mark.parametrize("failure", ["declined", "insufficient-funds", "expired-card"])
def test_a_declined_card_takes_nothing_from_the_stock(client, stripe_account, stock, failure):
    with stripe_account.fail(failure):
        assert order(client).status_code == 402
    assert stripe_account.paid() == (0, 0)
    assert stock() == 10


@pytest.mark.parametrize("failure", ["processing", "requires-action", "amount-mismatch", "currency-mismatch"])
def test_what_is_not_paid_is_not_called_paid(client, stripe_account, failure):
    with stripe_account.fail(failure):
        response = order(client)
    assert response.get_json().get("status") != "paid"
    assert status(client) != "paid"


def test_a_refund_that_failed_is_not_called_made(client, stripe_account):
    order(client)
    with stripe_account.fail("unavailable", times=None, at="POST /v1/refunds"):
        assert client.post("/orders/1/cancel").status_code == 503
    assert status(client) == "paid"


@pytest.mark.parametrize("trick", ["unsigned", "forged", "tampered", "old"])
def test_a_webhook_of_somebody_else_changes_nothing(client, stripe_account, trick):
    order(client)
    hook = stripe_account.webhook("charge.refunded", {**vars_of(stripe_account), "refunded": True})
    bad = hook.tampered(description="x") if trick == "tampered" else getattr(hook, trick)()
    assert client.post("/webhooks/stripe", data=bad.body, headers=bad.headers).status_code == 400
    assert status(client) == "paid"


def test_a_webhook_that_comes_twice_does_its_work_once(client, stripe_account):
    with stripe_account.fail("processing"):
        order(client)
    assert status(client) == "pending"
    intent = {"object": "payment_intent", "id": stripe_account.charges[0].payment_intent, "status": "succeeded"}
    body, headers = stripe_account.webhook(
        "payment_intent.succeeded", {**intent, "amount_received": 5000, "currency": "eur"}
    )
    for _ in range(2):
        assert client.post("/webhooks/stripe", data=body, headers=headers).status_code == 200
        assert status(client) == "paid"


def vars_of(account):
    (charge,) = account.charges
    return {"object": "charge", "id": charge.id, "payment_intent": charge.payment_intent}
