"""What the shop does on a good day."""

import stripe

ADA = "ada@example.com"


def order(client, quantity=1, product=1):
    return client.post("/orders", json={"email": ADA, "product": product, "quantity": quantity})


def test_an_order_is_paid(client, stripe_account):
    response = order(client, quantity=2)
    assert response.status_code == 201
    assert response.get_json() == {"id": 1, "status": "paid", "total": 5000}
    assert stripe_account.paid(customer=ADA) == (1, 5000)


def test_an_order_takes_from_the_stock(client, stock):
    order(client, quantity=3)
    assert stock() == 7


def test_two_orders_are_two_payments(client, stripe_account):
    order(client)
    order(client)
    assert stripe_account.paid(customer=ADA) == (2, 5000)


def test_an_order_is_shown(client):
    order(client)
    assert client.get("/orders/1").get_json() == {"id": 1, "status": "paid", "total": 2500}


def test_a_paid_order_has_an_invoice(client):
    order(client)
    assert client.get("/orders/1/invoice").get_json() == {"id": 1, "total": 2500}


def test_unknown_product(client, stripe_account):
    assert order(client, product=99).status_code == 404
    assert stripe_account.charges == []


def test_sold_out(client, stripe_account):
    assert order(client, quantity=11).status_code == 409
    assert stripe_account.charges == []


def test_a_cancelled_order_is_refunded(client, stripe_account):
    order(client)
    response = client.post("/orders/1/cancel")
    assert response.status_code == 200
    assert client.get("/orders/1").get_json()["status"] == "cancelled"
    assert stripe_account.paid(customer=ADA) == (0, 0)


def test_a_webhook_tells_of_a_refund(client, stripe_account):
    order(client)
    stripe.Refund.create(charge=stripe_account.charges[0].id)
    body, headers = stripe_account.webhook("charge.refunded")
    assert client.post("/webhooks/stripe", data=body, headers=headers).status_code == 200
    assert client.get("/orders/1").get_json()["status"] == "refunded"
