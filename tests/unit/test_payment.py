"""What payment faults make of a reply and of a webhook, by provider."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from pytest_prodready.faults import built_in_faults
from pytest_prodready.faults._providers import OTHER, PROVIDERS, provider_of
from pytest_prodready.faults._webhooks import BARE, MISSING, WRONG, forged, proofs, unproven
from pytest_prodready.faults.payment import change, refusal
from pytest_prodready.observation import Sighting
from pytest_prodready.trace import Point, Request, Site, http_operation

BY_NAME = {provider.name: provider for provider in PROVIDERS}
FAULTS = {fault.name: fault for fault in built_in_faults()}
STRIPE = "https://api.stripe.com/v1/payment_intents"


def changed(fault: str, provider: str, reply: Any) -> Any:
    found = change(f"payment.{fault}", BY_NAME[provider], reply if isinstance(reply, str) else json.dumps(reply))
    return None if found is None else found.body.decode() if isinstance(reply, str) else json.loads(found.body)


@pytest.mark.parametrize(
    ("provider", "reply", "pending"),
    [
        ("stripe", {"status": "succeeded", "amount_received": 5}, {"status": "processing", "amount_received": 0}),
        ("stripe", {"object": "charge", "status": "succeeded", "paid": True}, {"object": "charge", "status": "pending", "paid": False}),
        ("stripe", {"status": "complete", "payment_status": "paid"}, {"status": "complete", "payment_status": "unpaid"}),
        ("adyen", {"resultCode": "Authorised"}, {"resultCode": "Pending"}),
        ("square", {"payment": {"status": "COMPLETED"}}, {"payment": {"status": "PENDING"}}),
        ("mollie", {"id": "tr_1", "status": "paid"}, {"id": "tr_1", "status": "pending"}),
        ("razorpay", {"status": "captured", "captured": True}, {"status": "authorized", "captured": False}),
        ("paypal", {"status": "COMPLETED", "units": [{"status": "COMPLETED"}]}, {"status": "PENDING", "units": [{"status": "PENDING"}]}),
        ("other", {"state": "SETTLED"}, {"state": "PENDING"}),
        ("other", {"paymentStatus": "Paid"}, {"paymentStatus": "Pending"}),
        ("other", {"status": "success", "data": {"status": "successful"}}, {"status": "success", "data": {"status": "pending"}}),
        ("other", {"approved": True}, {"approved": False}),
        ("other", {"status": "declined"}, None),
        ("other", {"status": 200}, None),
        ("other", [], None),
        ("other", "no JSON", None),
        ("braintree", "<transaction><status>authorized</status></transaction>", "<transaction><status>authorizing</status></transaction>"),
    ],
)  # fmt: skip
def test_pending(provider: str, reply: Any, pending: Any) -> None:
    assert changed("pending", provider, reply) == pending


def test_requires_action() -> None:
    intent = changed("requires-action", "stripe", {"status": "succeeded", "next_action": None})
    assert intent["status"] == "requires_action"
    assert intent["next_action"]["type"] == "redirect_to_url"
    adyen = changed("requires-action", "adyen", {"resultCode": "Authorised"})
    assert (adyen["resultCode"], adyen["action"]["type"]) == ("RedirectShopper", "redirect")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"amount": 1999, "amount_received": 1999}, {"amount": 999, "amount_received": 999}),
        ({"amount": {"value": "49.90", "currency": "EUR"}}, {"amount": {"value": "24.95", "currency": "EUR"}}),
        ({"amount_money": {"amount": 700}}, {"amount_money": {"amount": 350}}),
        ({"amount": 19.99}, {"amount": 9.99}),
        ({"total": "7"}, {"total": "3"}),
        ({"amount": "0.01"}, None),
        ({"amount": 1}, None),
        ({"amount": True, "id": 7}, None),
    ],
)
def test_less(before: Any, after: Any) -> None:
    found = changed("amount-mismatch", "other", {"status": "paid", **before})
    assert found == (None if after is None else {"status": "paid", **after})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"currency": "EUR"}, {"currency": "USD"}),
        ({"currency": "usd"}, {"currency": "eur"}),
        ({"amount": {"currency_code": "GBP"}}, {"amount": {"currency_code": "USD"}}),
        ({"currency": 978}, None),
    ],
)
def test_another_currency(before: Any, after: Any) -> None:
    found = changed("currency-mismatch", "other", {"status": "paid", **before})
    assert found == (None if after is None else {"status": "paid", **after})


def test_braintree_speaks_xml() -> None:
    sale = (
        '<transaction><status>settling</status><amount type="decimal">9.00</amount>'
        "<currency-iso-code>EUR</currency-iso-code></transaction>"
    )
    assert '<amount type="decimal">4.50</amount>' in changed("amount-mismatch", "braintree", sale)
    assert "<currency-iso-code>USD</currency-iso-code>" in changed("currency-mismatch", "braintree", sale)
    assert refusal("payment.declined", BY_NAME["braintree"])[1].startswith("application/xml")


@pytest.mark.parametrize("fault", ["payment.declined", "payment.idempotency-conflict"])
def test_every_provider_refuses(fault: str) -> None:
    for provider in PROVIDERS:
        status, kind, body = refusal(fault, provider)
        assert status >= 400 or (provider.name, status, b"Refused" in body) == ("adyen", 200, True)
        assert provider.xml or json.loads(body), kind
    assert refusal("payment.declined", BY_NAME["stripe"])[0] == refusal("payment.declined", OTHER)[0] == 402


@pytest.mark.parametrize(
    ("payment", "url", "reply", "name"),
    [
        ("", STRIPE, None, "stripe"),
        ("stripe", "http://127.0.0.1:5/v1/charges", None, "stripe"),
        ("declared", "https://till.example/collect", None, "other"),
        ("declared", "https://api.mollie.com/v2/payments", None, "mollie"),
        ("", "https://api-m.sandbox.paypal.com/v2/checkout/orders/1/capture", None, "paypal"),
        ("", "https://checkout-test.adyen.com/v71/payments", None, "adyen"),
        ("", "https://connect.squareupsandbox.com/v2/payments", None, "square"),
        ("", "https://pay.example/v1", {"id": "x", "status": "paid"}, "other"),
        ("", "https://api.example/charges", {"id": "ch_1"}, "other"),
        ("", "https://api.example/charges", {"ok": 1}, None),
        ("", "https://api.example/charges", None, None),
        ("", "https://api.example/rates", {"id": "x", "status": "paid", "amount": 1}, None),
        ("", "https://notstripe.com/v1", None, None),
        ("", "https://api.stripe.com/v1/refunds", None, None),
        ("", "https://api-m.paypal.com/v1/oauth2/token", None, None),
        ("", "https://api.stripe.com/v1/customers", None, None),
    ],
)
def test_whose_call_it_is(payment: str, url: str, reply: Any, name: str | None) -> None:
    found = provider_of(payment, url, None if reply is None else json.dumps(reply))
    assert (found.name if found else None) == name


def sighting(url: str, method: str = "POST", reply: Any = None) -> Sighting:
    operation, host = http_operation(method, url)
    point = Point(Site("app.py", 1, "charge"), operation, "entry")
    text = None if reply is None else json.dumps(reply)
    return Sighting(point, "test", "requests", "http", "request", host, method == "POST", "route", url, reply=text)


def test_where_they_apply() -> None:
    paid = {"id": "pi_1", "status": "succeeded", "amount": 5, "currency": "eur"}

    def names(seen: Sighting) -> set[str]:
        return {
            f.name.partition(".")[2]
            for f in FAULTS.values()
            if f.family == "payment" and "request" in f.kinds and f.variants(seen, lambda word: True)
        }

    odd = {"pending", "requires-action", "amount-mismatch", "currency-mismatch"}
    refused = {"declined", "charged-then-timeout"}
    assert names(sighting(STRIPE, reply=paid)) == odd | refused | {"idempotency-conflict"}
    assert names(sighting(STRIPE, "GET", paid)) == odd
    assert names(sighting(STRIPE, reply={**paid, "status": "requires_payment_method"})) == refused | {
        "idempotency-conflict"
    }
    assert names(sighting(STRIPE, "PUT")) == refused
    assert names(sighting("https://api.example/orders", reply=paid)) == set()
    assert FAULTS["payment.charged-then-timeout"].stands_for == "http.read-timeout"


# ---------------------------------------------------------------------- webhooks
EVENT = {"type": "payment.succeeded", "amount": 5}


def arrived(path: str = "/webhooks/pay", headers: Any = (), body: Any = EVENT, query: str = "") -> dict[str, Any]:
    text = body if isinstance(body, str) else json.dumps(body)
    return {"method": "POST", "path": path, "query": query, "headers": [list(h) for h in headers], "body": text}


@pytest.mark.parametrize(
    ("request_", "known", "found"),
    [
        (arrived(headers=[("stripe-signature", "t=1,v1=ab")]), [], [MISSING, WRONG]),
        (arrived("/anything", [("x-razorpay-signature", "ab")]), [], [MISSING, WRONG]),
        (arrived(headers=[("authorization", "Bearer x")]), [], [MISSING, WRONG]),
        (arrived(query="token=x"), [], [MISSING, WRONG]),
        (arrived(body={**EVENT, "signature": "x"}), [], [MISSING, WRONG]),
        (arrived(body="bt_signature=a%7Cb&bt_payload=pay"), [], [MISSING, WRONG]),
        (arrived(), [], [BARE]),
        (arrived(), ["compare_digest"], []),
        (arrived(body="id=tr_7"), [], []),
        (arrived("/orders"), [], []),
        (arrived(headers=[("cookie", "session=1")]), [], []),
        (arrived("/hooks/pay/9f8a7c6b5d4e3f2a1b0c"), [], []),
        (arrived("/github/webhook", body={"action": "opened", "issue": 1}), [], []),
        (arrived("/users", [("authorization", "Bearer x")]), [], []),
    ],
)
def test_what_proves_a_webhook(request_: dict[str, Any], known: list[str], found: list[str]) -> None:
    words: Callable[[str], bool] = known.__contains__
    assert proofs(request_, "view", words) == found


def test_without_proof() -> None:
    request = Request(
        "POST", "/w", "token=xyz&x=1", (("x-signature", "ab" * 16), ("accept", "*/*")), b'{"signature": "zz", "a": 1}'
    )
    bare = unproven(request, MISSING)
    assert (bare.headers, bare.query, json.loads(bare.body)) == ((("accept", "*/*"),), "x=1", {"a": 1})
    wrong = unproven(request, WRONG)
    assert wrong.headers == (("x-signature", "54" * 16), ("accept", "*/*"))
    assert (wrong.query, json.loads(wrong.body)) == ("token=yza&x=1", {"signature": "aa", "a": 1})
    assert unproven(request, BARE) is request


def test_a_body_without_proof_is_left_as_it_is() -> None:
    request = Request("POST", "/w", "", (("x-signature", "abcd"),), b'{"a":   1}')
    assert unproven(request, MISSING).body == b'{"a":   1}'
    form = Request("POST", "/w", "", (), b"bt_signature=key%7Cabc&bt_payload=xyz")
    assert unproven(form, MISSING).body == b"bt_payload=xyz"


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("0123456789abcdef", "fedcba9876543210"),
        ("0123456789ABCDEF", "FEDCBA9876543210"),
        ("t=1700000000,v1=00000000000000ff", "t=1700000000,v1=ffffffffffffff00"),
        ("sha256=00ff", "sha256=ff00"),
        ("Bearer s3cret-Z", "Bearer t4dsfu-A"),
        ("c2VjcmV0c2lnbmF0dXJl/+==", "d3WkdnW1d3mocnG1eYKm/+=="),
    ],
)
def test_forged(value: str, wrong: str) -> None:
    assert forged(value) == wrong


def test_forged_password() -> None:
    header = "Basic " + base64.b64encode(b"adyen:pw1").decode()
    assert base64.b64decode(forged(header).split()[1]) == b"adyen:qx2"
