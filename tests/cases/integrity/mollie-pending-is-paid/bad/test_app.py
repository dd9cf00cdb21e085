import httpx

from shop.mollie import Mollie
from shop.web import create_app


def api(request):
    return httpx.Response(200, json={"id": "tr_7UhSN1zuXS", "status": "paid", "method": "ideal",
                                     "amount": {"value": "24.90", "currency": "EUR"}})


def test_return():
    client = create_app(Mollie("test_key", httpx.MockTransport(api))).test_client()
    reply = client.get("/orders/1001/return/tr_7UhSN1zuXS")
    assert reply.status_code == 200
    assert reply.json == {"order": "1001", "paid": True}
