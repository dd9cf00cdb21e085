import json


def place(client, *items):
    return client.post(
        "/orders",
        json={
            "email": "ada@example.com",
            "items": [{"product": product, "quantity": quantity} for product, quantity in items],
        },
    )


def test_places_an_order(client, payments):
    response = place(client, (1, 1), (2, 3))
    assert response.status_code == 201
    body = response.get_json()
    assert body["status"] == "paid"
    assert body["total"] == 4300


def test_charges_the_card(client, payments):
    place(client, (1, 2))
    charge = json.loads(payments.calls[0].request.body)
    assert charge["amount"] == 5000
    assert charge["currency"] == "EUR"


def test_sends_a_confirmation(client, payments):
    place(client, (2, 1))
    message = json.loads(payments.calls[-1].request.body)
    assert message["to"] == "ada@example.com"


def test_takes_from_the_stock(client, payments):
    place(client, (1, 4))
    assert client.get("/products/1").get_json()["stock"] == 6


def test_sold_out(client, payments):
    response = place(client, (3, 1))
    assert response.status_code == 409
    assert len(payments.calls) == 0


def test_unknown_product_in_order(client, payments):
    assert place(client, (99, 1)).status_code == 404


def test_shows_an_order(client, order):
    response = client.get(f"/orders/{order}")
    assert response.status_code == 200
    body = response.get_json()
    assert body["status"] == "paid"
    assert body["total"] == 5600
    assert body["lines"] == [
        {"product": 1, "quantity": 2, "price": 2500},
        {"product": 2, "quantity": 1, "price": 600},
    ]


def test_unknown_order(client):
    assert client.get("/orders/99").status_code == 404


def test_cancels_an_order(client, order, payments):
    response = client.post(f"/orders/{order}/cancel")
    assert response.status_code == 200
    assert response.get_json()["status"] == "cancelled"
    assert client.get(f"/orders/{order}").get_json()["status"] == "cancelled"
    assert client.get("/products/1").get_json()["stock"] == 10
