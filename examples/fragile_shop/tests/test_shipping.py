import json

import httpx
import respx

from .conftest import SHIPPING


def test_quotes_a_price(client, respx_mock):
    respx_mock.get(f"{SHIPPING}/quote").respond(json={"price": 490, "currency": "EUR", "days": 3})
    response = client.get("/shipping?country=DE&weight=1800")
    assert response.status_code == 200
    assert response.get_json() == {"price": 490, "days": 3}


def test_ships_an_order(client, order, respx_mock):
    parcels = respx_mock.post(f"{SHIPPING}/parcels")
    parcels.respond(201, json={"id": "pc_1", "tracking": "TR123456", "status": "created"})
    response = client.post(f"/orders/{order}/ship", json={"country": "DE"})
    assert response.status_code == 201
    assert response.get_json()["tracking"] == "TR123456"
    assert json.loads(parcels.calls.last.request.content)["weight"] == 2000
    assert client.get(f"/orders/{order}").get_json()["status"] == "shipped"


@respx.mock(assert_all_called=False)
def test_a_cancelled_order_is_not_shipped(client, order):
    parcels = respx.post(f"{SHIPPING}/parcels").mock(return_value=httpx.Response(201, json={}))
    client.post(f"/orders/{order}/cancel")
    response = client.post(f"/orders/{order}/ship", json={"country": "DE"})
    assert response.status_code == 409
    assert not parcels.called
