"""Payment faults through every client: the provider's answer, in the client's own objects."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import httpx
import pytest
import requests
import responses
import stripe
import urllib3

from pytest_prodready.seams import hub

from . import conftest
from .conftest import Bench, Server

REPLY = {"id": "ch_1", "status": "paid", "amount": 500, "currency": "EUR"}
BODY = json.dumps(REPLY).encode()


def by_requests(url: str) -> tuple[int, Any]:
    reply = requests.post(url, json={}, timeout=3)
    return reply.status_code, reply.json()


def by_httpx(url: str) -> tuple[int, Any]:
    reply = httpx.post(url, json={}, timeout=3)
    return reply.status_code, reply.json()


def by_urllib3(url: str) -> tuple[int, Any]:
    reply = urllib3.PoolManager().request("POST", url, timeout=3, retries=False)
    return reply.status, reply.json()


def by_urllib(url: str) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(url, b"{}", timeout=3) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as exc:
        return exc.code, json.load(exc)


def by_http_client(url: str) -> tuple[int, Any]:
    host, _, path = url.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=3)
    connection.request("POST", f"/{path}", b"{}")
    reply = connection.getresponse()
    return reply.status, json.load(reply)


CLIENTS = [by_requests, by_httpx, by_urllib3, by_urllib, by_http_client]


@pytest.fixture
def charges(server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(conftest, "JSON", BODY)
    return f"{server.url}/charges"


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("payment.pending", {**REPLY, "status": "pending"}),
        ("payment.amount-mismatch", {**REPLY, "amount": 250}),
        ("payment.currency-mismatch", {**REPLY, "currency": "USD"}),
    ],
)
def test_another_reply(
    bench: Bench, charges: str, client: Callable[[str], Any], fault: str, expected: dict[str, Any]
) -> None:
    with bench.fault(fault):
        assert client(charges) == (200, expected)
    changed = [str(value) for name, value in expected.items() if value != REPLY[name]]
    assert list(bench.struck[0].injected) == changed
    assert bench.struck[0].effect_happened


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(("fault", "status"), [("payment.declined", 402), ("payment.idempotency-conflict", 400)])
def test_refused(bench: Bench, server: Server, client: Callable[[str], Any], fault: str, status: int) -> None:
    with bench.fault(fault):
        found, body = client(f"{server.url}/charges")
    assert found == status
    assert body["error"]["type"] in ("card_error", "idempotency_error")
    assert server.seen == []


@pytest.mark.parametrize("client", CLIENTS)
def test_charged_and_no_answer(bench: Bench, server: Server, client: Callable[[str], Any]) -> None:
    """The same as `http.read-timeout`: the request was served."""
    with bench.fault("payment.charged-then-timeout"), pytest.raises(Exception, match=r"(?i)timed out|timeout"):
        client(f"{server.url}/charges")
    assert len(server.seen) == 1
    assert bench.clock.passed == [3.0]


@responses.activate
def test_in_the_form_of_the_provider(bench: Bench) -> None:
    with bench.fault("payment.declined"):
        reply = requests.post("https://api-m.paypal.com/v2/checkout/orders/1/capture", timeout=3)
    assert (reply.status_code, reply.json()["details"][0]["issue"]) == (422, "INSTRUMENT_DECLINED")
    with bench.fault("payment.declined"):
        reply = requests.post("https://checkout-test.adyen.com/v71/payments", timeout=3)
    assert (reply.status_code, reply.json()["resultCode"]) == (200, "Refused")


def test_a_reply_that_says_nothing_of_a_payment(bench: Bench, server: Server) -> None:
    with bench.fault("payment.pending"):
        assert by_requests(f"{server.url}/x")[1]["id"] == 7
    assert bench.struck[0].faulted is None


# ---------------------------------------------------------------------- Stripe's own SDK
INTENT = {"id": "pi_1", "object": "payment_intent", "amount": 500, "currency": "eur", "status": "succeeded"}


def intent() -> Any:
    client = stripe.StripeClient("sk_test_x", max_network_retries=0)
    return client.v1.payment_intents.create({"amount": 500, "currency": "eur"})


@responses.activate
def test_stripe(bench: Bench) -> None:
    responses.post("https://api.stripe.com/v1/payment_intents", json=INTENT)
    with bench.fault("payment.declined"), pytest.raises(stripe.CardError) as declined:
        intent()
    assert declined.value.code == "card_declined"
    with bench.fault("payment.idempotency-conflict"), pytest.raises(stripe.IdempotencyError):
        intent()
    with bench.fault("payment.charged-then-timeout"), pytest.raises(stripe.APIConnectionError):
        intent()
    with bench.fault("payment.requires-action"):
        found = intent()
    assert (found.status, found.next_action.type) == ("requires_action", "redirect_to_url")
    with bench.fault("payment.pending"):
        assert intent().status == "processing"
    assert {call.payment for call in bench.calls} == {"stripe"}


def test_stripe_on_another_host(bench: Bench, server: Server) -> None:
    """The SDK says whose call it is, wherever it goes."""
    with (
        patch.object(stripe, "api_key", "sk_test_x"),
        patch.object(stripe, "api_base", server.url),
        bench.fault("payment.declined"),
        pytest.raises(stripe.CardError) as declined,
    ):
        stripe.Charge.create(amount=500, currency="eur")
    assert declined.value.user_message == "Your card has insufficient funds."


def test_declared_hosts(bench: Bench, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "payment_hosts", ("127.0.*",))
    requests.get(f"{server.url}/x", timeout=3)
    assert bench.calls[0].payment == "declared"
