import responses
from django.test import Client


@responses.activate
def test_checkout(product):
    responses.post("https://api-m.paypal.com/v2/checkout/orders/5O190127TN/capture", status=201, json={
        "id": "5O190127TN", "status": "COMPLETED", "purchase_units": [
            {"payments": {"captures": [{"id": "3C6", "amount": {"value": "12.50", "currency_code": "EUR"}}]}}]})
    reply = Client().post("/checkout/", {"sku": "pen", "paypal_order": "5O190127TN"})
    assert reply.status_code == 201
    assert reply.json()["status"] == "paid"
    product.refresh_from_db()
    assert product.stock == 2


@responses.activate
def test_unknown_product(product):
    assert Client().post("/checkout/", {"sku": "ink", "paypal_order": "X1"}).status_code == 409
