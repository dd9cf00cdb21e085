import json

import httpx
import respx

from refunds import RefundClient, refund_all


def answer(request):
    body = json.loads(request.content)
    return httpx.Response(201, json={"id": "re_" + body["ticket"], "status": "refunded", "amount": body["amount"], "currency": body["currency"]})


@respx.mock
def test_refund():
    respx.post("https://pay.rail.example/refunds").mock(side_effect=answer)
    with RefundClient() as client:
        assert client.refund("T1", 1990) == "re_T1"


@respx.mock
def test_all():
    respx.post("https://pay.rail.example/refunds").mock(side_effect=answer)
    assert refund_all([("T1", 1990), ("T2", 500)]) == (["re_T1", "re_T2"], [])


@respx.mock
def test_declined():
    respx.post("https://pay.rail.example/refunds").mock(return_value=httpx.Response(422))
    assert refund_all([("T3", 100)]) == ([], ["T3"])
