"""The fixture `payment_api`: what a provider does, what it remembers, and every way in which it fails."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import stripe

from pytest_prodready.payment_api import PaymentAPI
from pytest_prodready.payment_api.failures import ALIASES, BY_NAME, CATALOGUE, ELSEWHERE
from pytest_prodready.payment_api.stripe import decode

from .conftest import Project

DOCS = Path(__file__).parents[2] / "docs"
CARD: dict[str, Any] = {"payment_method": "pm_card_visa", "confirm": True}
ORDER = {"amount": 2500, "currency": "EUR", "customer": "ada", "reference": "order-7"}


@pytest.fixture
def sdk(payment_api: PaymentAPI, monkeypatch: pytest.MonkeyPatch) -> PaymentAPI:
    """The stripe SDK talks to it, and does not try again by itself."""
    monkeypatch.setattr(stripe, "max_network_retries", 0)
    return payment_api.use()


def pay(**params: Any) -> Any:
    return stripe.PaymentIntent.create(**{"amount": 2500, "currency": "eur", **CARD, **params})


def charge(api: PaymentAPI, key: str | None = None, **params: Any) -> requests.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return requests.post(f"{api.url}/charges", json={**ORDER, **params}, headers=headers, timeout=30)


# ------------------------------------------------------------------------------------------------------------ Stripe
def test_a_payment(sdk: PaymentAPI) -> None:
    customer = stripe.Customer.create(email="ada@example.com", name="Ada")
    intent = pay(customer=customer.id, metadata={"order": "7"}, expand=["latest_charge", "customer"])
    assert (intent.status, intent.amount_received, intent.currency) == ("succeeded", 2500, "eur")
    assert intent.latest_charge.paid
    assert intent.customer.email == "ada@example.com"
    assert stripe.PaymentIntent.retrieve(intent.id).metadata["order"] == "7"
    assert sdk.paid(customer="ada@example.com") == sdk.paid(customer=customer.id) == (1, 2500)
    assert sdk.paid(reference="7") == (1, 2500)
    assert sdk.paid(customer="bob@example.com") == (0, 0)


def test_a_payment_in_steps(sdk: PaymentAPI) -> None:
    intent = stripe.PaymentIntent.create(amount=900, currency="usd")
    assert intent.status == "requires_payment_method"
    intent = stripe.PaymentIntent.modify(intent.id, amount=1000, payment_method="pm_card_visa", metadata={"a": "b"})
    intent = stripe.PaymentIntent.confirm(intent.id)
    assert (intent.status, intent.amount) == ("succeeded", 1000)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe.PaymentIntent.confirm(intent.id)
    assert refused.value.code == "payment_intent_unexpected_state"


def test_reserved_and_captured(sdk: PaymentAPI) -> None:
    intent = pay(capture_method="manual", receipt_email="ada@example.com")
    assert (intent.status, intent.amount_capturable) == ("requires_capture", 2500)
    assert [c.status for c in sdk.charges] == ["authorized"]
    assert sdk.paid() == (0, 0)
    intent = stripe.PaymentIntent.capture(intent.id, amount_to_capture=2000)
    assert (intent.status, intent.amount_received) == ("succeeded", 2000)
    assert sdk.paid("ada@example.com") == (1, 2000)


def test_cancelled(sdk: PaymentAPI) -> None:
    intent = pay(capture_method="manual")
    assert stripe.PaymentIntent.cancel(intent.id).status == "canceled"
    assert [c.status for c in sdk.charges] == ["canceled"]
    with pytest.raises(stripe.InvalidRequestError, match="status of succeeded"):
        stripe.PaymentIntent.cancel(pay().id)


def test_charges_and_refunds(sdk: PaymentAPI) -> None:
    made = stripe.Charge.create(amount=2500, currency="EUR", source="tok_visa", description="order 7")
    assert (made.status, made.currency) == ("succeeded", "eur")
    refund = stripe.Refund.create(charge=made.id, amount=500)
    assert (refund.status, refund.amount) == ("succeeded", 500)
    assert sdk.paid(reference="order 7") == (1, 2000)
    stripe.Refund.create(charge=made.id)
    assert sdk.paid(reference="order 7") == (0, 0)
    assert sdk.charges[0].refunded == 2500
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe.Refund.create(charge=made.id)
    assert refused.value.code == "charge_already_refunded"
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        stripe.Refund.create(payment_intent=pay().id, amount=2501)


def test_lists_and_searches(sdk: PaymentAPI) -> None:
    made = [pay(amount=n, metadata={"order": str(n)}).id for n in range(1, 13)]
    page = stripe.PaymentIntent.list(limit=5)
    assert [intent.id for intent in page.data] == made[:-6:-1]
    assert page.has_more
    assert [intent.id for intent in page.auto_paging_iter()] == made[::-1]
    assert stripe.Charge.list(payment_intent=made[3]).data[0].amount == 4
    assert stripe.Event.list(type="payment_intent.succeeded", limit=1).data[0].data.object.id == made[-1]
    found = stripe.PaymentIntent.search(query="metadata['order']:'7' AND status:'succeeded'")
    assert [intent.id for intent in found.data] == [made[6]]
    with pytest.raises(stripe.InvalidRequestError, match="unable to parse"):
        stripe.PaymentIntent.search(query="amount>100")


def test_customers(sdk: PaymentAPI) -> None:
    made = stripe.Customer.create(email="ada@example.com")
    stripe.Customer.modify(made.id, name="Ada", metadata={"k": "v"})
    assert stripe.Customer.retrieve(made.id).name == "Ada"
    assert [c.id for c in stripe.Customer.list(email="ada@example.com").data] == [made.id]
    assert stripe.Customer.delete(made.id).deleted
    with pytest.raises(stripe.InvalidRequestError, match="No such customer"):
        pay(customer=made.id)


@pytest.mark.parametrize(
    ("params", "code", "param"),
    [
        ({"amount": 19.99}, "parameter_invalid_integer", "amount"),
        ({"amount": 0}, "parameter_invalid_integer", "amount"),
        ({"amount": ""}, "parameter_missing", "amount"),
        ({"currency": "euro"}, "parameter_invalid", "currency"),
        ({"payment_method": ""}, "payment_intent_unexpected_state", None),
    ],
)
def test_what_stripe_refuses(sdk: PaymentAPI, params: dict[str, Any], code: str, param: str | None) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        pay(**params)
    assert (refused.value.code, refused.value.param) == (code, param)
    assert sdk.charges == []


def test_no_such_thing(sdk: PaymentAPI) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe.PaymentIntent.retrieve("pi_none")
    assert (refused.value.code, refused.value.http_status) == ("resource_missing", 404)
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        stripe.Product.list()


def test_a_key_is_needed_and_any_will_do(sdk: PaymentAPI) -> None:
    assert requests.get(f"{sdk.url}/v1/charges", timeout=30).status_code == 401
    client = stripe.StripeClient("sk_test_other", base_addresses={"api": sdk.url})
    assert client.v1.charges.list().data == []


@pytest.mark.parametrize(
    ("card", "decline"),
    [
        ("pm_card_chargeDeclined", "generic_decline"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds"),
    ],
)
def test_test_cards_of_stripe(sdk: PaymentAPI, card: str, decline: str) -> None:
    with pytest.raises(stripe.CardError) as declined:
        pay(payment_method=card)
    assert declined.value.error.decline_code == decline
    assert declined.value.error.payment_intent.status == "requires_payment_method"
    assert pay(payment_method="pm_card_authenticationRequired").next_action.type == "use_stripe_sdk"


def test_brackets_in_forms() -> None:
    form = "metadata[order]=7&items[0][price]=p1&items[0][quantity]=2&items[1][price]=p2&expand[]=a&expand[]=b&x=1"
    assert decode(form) == {
        "metadata": {"order": "7"},
        "items": [{"price": "p1", "quantity": "2"}, {"price": "p2"}],
        "expand": ["a", "b"],
        "x": "1",
    }


def test_the_sdk_is_as_before_afterwards(project: Project) -> None:
    project.write(
        {
            "test_app.py": """
import stripe

stripe.api_key = "sk_mine"


def test_inside(payment_api):
    payment_api.use()
    assert (stripe.api_base, stripe.api_key) == (payment_api.url, payment_api.api_key)


def test_after():
    assert (stripe.api_base, stripe.api_key) == ("https://api.stripe.com", "sk_mine")
"""
        }
    )
    assert project.pytest().parseoutcomes() == {"passed": 2}


# -------------------------------------------------------------------------------------------------- idempotency keys
def test_the_same_key_is_the_same_payment(sdk: PaymentAPI) -> None:
    first, second = (pay(idempotency_key="k1") for _ in range(2))
    assert first.id == second.id
    assert second.last_response.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert sdk.paid() == (1, 2500)
    assert [c.idempotency_key for c in sdk.charges] == ["k1"]


def test_another_request_under_the_same_key(sdk: PaymentAPI) -> None:
    pay(idempotency_key="k1")
    with pytest.raises(stripe.IdempotencyError, match="Try using a key other than 'k1'") as refused:
        pay(amount=2501, idempotency_key="k1")
    assert refused.value.http_status == 400
    assert sdk.paid() == (1, 2500)


def test_a_declined_card_stays_declined_under_its_key(sdk: PaymentAPI) -> None:
    with sdk.fail("declined"), pytest.raises(stripe.CardError):
        pay(idempotency_key="k1")
    with pytest.raises(stripe.CardError):
        pay(idempotency_key="k1")
    assert pay(idempotency_key="k2").status == "succeeded"


def test_what_never_happened_may_be_asked_again_under_its_key(sdk: PaymentAPI) -> None:
    with sdk.fail("unavailable"), pytest.raises(stripe.APIError):
        pay(idempotency_key="k1")
    assert pay(idempotency_key="k1").status == "succeeded"


@pytest.mark.parametrize("header", ["Idempotency-Key", "PayPal-Request-Id"])
def test_keys_of_other_providers(payment_api: PaymentAPI, header: str) -> None:
    for _ in range(2):
        requests.post(f"{payment_api.url}/charges", json=ORDER, headers={header: "k"}, timeout=30)
    assert payment_api.paid() == (1, 2500)
    for _ in range(2):
        charge(payment_api, idempotency_key="in the body")
    assert payment_api.paid() == (2, 5000)


# --------------------------------------------------------------------------------------------- clients that speak JSON
@pytest.mark.parametrize("base", ["", "/v1"])
def test_a_charge_in_json(payment_api: PaymentAPI, base: str) -> None:
    reply = requests.post(f"{payment_api.url}{base}/charges", json=ORDER, timeout=30)
    assert reply.status_code == 201
    body = reply.json()
    assert {name: body[name] for name in (*ORDER, "status", "refunded")} == {
        **ORDER,
        "status": "succeeded",
        "refunded": 0,
    }
    assert httpx.get(f"{payment_api.url}/charges/{body['id']}").json() == body
    assert payment_api.paid(customer="ada") == payment_api.paid(reference="order-7") == (1, 2500)
    (record,) = payment_api.charges
    assert (record.amount, record.currency, record.customer, record.status) == (2500, "EUR", "ada", "succeeded")


def test_refunds_in_json(payment_api: PaymentAPI) -> None:
    first, second = charge(payment_api).json()["id"], charge(payment_api, reference="order-8").json()["id"]
    refund = requests.post(f"{payment_api.url}/refunds", json={"charge": first, "amount": 1000}, timeout=30).json()
    assert (refund["status"], refund["charge"], refund["amount"]) == ("succeeded", first, 1000)
    requests.post(f"{payment_api.url}/refunds", json={"reference": "order-8"}, timeout=30)
    requests.post(f"{payment_api.url}/charges/{first}/refunds", json={}, timeout=30)
    assert payment_api.paid() == (0, 0)
    assert requests.post(f"{payment_api.url}/refunds", json={"charge": second}, timeout=30).status_code == 400
    assert requests.post(f"{payment_api.url}/refunds", json={"charge": "none"}, timeout=30).status_code == 404


def test_the_charges_of_a_reference(payment_api: PaymentAPI) -> None:
    charge(payment_api)
    charge(payment_api, reference="order-8")
    found = requests.get(f"{payment_api.url}/charges", params={"reference": "order-8"}, timeout=30).json()
    assert [one["reference"] for one in found["data"]] == ["order-8"]


def test_decimal_amounts(payment_api: PaymentAPI) -> None:
    assert charge(payment_api, amount="19.99").json()["amount"] == "19.99"
    assert charge(payment_api, amount=0.1).json()["amount"] == 0.1
    assert payment_api.paid() == (2, Decimal("20.09"))


@pytest.mark.parametrize("amount", [None, 0, -5, "much", True, "NaN"])
def test_amounts_that_are_none(payment_api: PaymentAPI, amount: Any) -> None:
    assert charge(payment_api, amount=amount).status_code == 400
    assert payment_api.charges == []


def test_several_currencies_have_no_sum(payment_api: PaymentAPI) -> None:
    charge(payment_api)
    charge(payment_api, currency="USD")
    with pytest.raises(ValueError, match="paid in eur and usd"):
        payment_api.paid()
    assert payment_api.paid(currency="usd") == (1, 2500)


def test_what_came_in_is_kept(payment_api: PaymentAPI) -> None:
    with payment_api.fail("unavailable"):
        charge(payment_api, key="k")
    (request,) = payment_api.requests
    assert (request.operation, request.idempotency_key, request.failed) == ("POST /charges", "k", "unavailable")
    assert request.params["amount"] == 2500


# ---------------------------------------------------------------------------------------------------------- failures
WAYS = {
    # name: (status or error of the stripe SDK, of requests, charges that stand)
    "charged-then-timeout": (stripe.APIConnectionError, requests.ReadTimeout, 1),
    "charged-then-reset": (stripe.APIConnectionError, requests.ConnectionError, 1),
    "charged-then-server-error": (stripe.APIError, 500, 1),
    "read-timeout": (stripe.APIConnectionError, requests.ReadTimeout, 0),
    "connection-reset": (stripe.APIConnectionError, requests.ConnectionError, 0),
    "truncated-body": (stripe.APIConnectionError, requests.exceptions.ChunkedEncodingError, 1),
    "declined": (stripe.CardError, 402, 0),
    "insufficient-funds": (stripe.CardError, 402, 0),
    "expired-card": (stripe.CardError, 402, 0),
    "incorrect-cvc": (stripe.CardError, 402, 0),
    "processing-error": (stripe.CardError, 402, 0),
    "authentication-required": (stripe.CardError, 402, 0),
    "requires-action": ("requires_action", 201, 0),
    "processing": ("processing", 201, 0),
    "requires-capture": ("requires_capture", 201, 0),
    "unknown-status": ("in_review", 201, 0),
    "amount-mismatch": ("succeeded", 201, 1),
    "currency-mismatch": ("succeeded", 201, 1),
    "idempotency-conflict": (stripe.IdempotencyError, 400, 0),
    "idempotency-key-in-use": (stripe.APIError, 409, 0),
    "lock-timeout": (stripe.RateLimitError, 429, 0),
    "rate-limited": (stripe.RateLimitError, 429, 0),
    "unauthorized": (stripe.AuthenticationError, 401, 0),
    "forbidden": (stripe.PermissionError, 403, 0),
    "invalid-request": (stripe.InvalidRequestError, 400, 0),
    "server-error": (stripe.APIError, 500, 0),
    "bad-gateway": (stripe.APIError, 502, 0),
    "unavailable": (stripe.APIError, 503, 0),
    "gateway-timeout": (stripe.APIError, 504, 1),
    "html": (stripe.APIError, 200, 0),
    "empty": (stripe.APIError, 201, 1),
    "truncated-json": (stripe.APIError, 201, 1),
    "wrong-shape": (None, 201, 1),
    "missing-field": (AttributeError, 201, 1),
    "null-field": (None, 201, 1),
    "bad-encoding": (UnicodeDecodeError, 201, 1),
    "null-error": (AttributeError, 500, 0),
}


def test_every_way_to_fail_is_tried_here_and_documented() -> None:
    assert set(WAYS) == set(BY_NAME)
    page = (DOCS / "reference" / "payment_api.md").read_text().split("## How it fails")[1]
    assert set(re.findall(r"^\| `([\w-]+)` \|", page, re.M)) == set(BY_NAME)
    for failure in CATALOGUE:
        assert failure.summary in page
    assert set(ALIASES.values()) <= set(BY_NAME)


@pytest.mark.parametrize("name", WAYS)
def test_how_stripe_fails(sdk: PaymentAPI, name: str) -> None:
    wanted, _, standing = WAYS[name]
    with sdk.fail(name) as failure:
        if isinstance(wanted, type):
            with pytest.raises(wanted):
                _ = pay().status
        else:
            intent = pay()
            assert (intent if name == "wrong-shape" else intent.status) == wanted
    assert failure.fired == 1
    assert sdk.paid().times == standing
    assert pay().status == "succeeded"
    assert sdk.paid(currency="eur").times == standing + 1 - (name == "currency-mismatch")


@pytest.mark.parametrize("name", WAYS)
def test_how_a_provider_with_json_fails(payment_api: PaymentAPI, name: str) -> None:
    _, wanted, standing = WAYS[name]
    with payment_api.fail(name) as failure:
        if isinstance(wanted, int):
            assert charge(payment_api).status_code == wanted
        else:
            with pytest.raises(wanted):
                charge(payment_api)
    assert failure.fired == 1
    assert payment_api.paid().times == standing
    assert charge(payment_api).status_code == 201


@pytest.mark.parametrize(
    ("name", "amount", "currency"), [("amount-mismatch", 1, "eur"), ("currency-mismatch", 2500, "usd")]
)
def test_other_money_than_asked_for(sdk: PaymentAPI, name: str, amount: int, currency: str) -> None:
    with sdk.fail(name):
        intent = pay()
    assert (intent.amount_received, intent.currency) == (amount, currency)
    assert [(c.amount, c.currency) for c in sdk.charges] == [(amount, currency)]


@pytest.mark.parametrize(("amount", "taken"), [("19.99", "0.01"), ("0.01", "0.02"), (1, 2), (0.5, 1)])
def test_another_amount_is_another(payment_api: PaymentAPI, amount: Any, taken: Any) -> None:
    with payment_api.fail("amount-mismatch"):
        assert charge(payment_api, amount=amount).json()["amount"] == taken


def test_headers_of_refusals(payment_api: PaymentAPI) -> None:
    with payment_api.fail("rate-limited"):
        assert charge(payment_api).headers["Retry-After"] == "30"
    with payment_api.fail("unavailable"):
        reply = charge(payment_api)
    assert (reply.headers["Retry-After"], reply.headers["Content-Type"]) == ("120", "text/html")


def test_a_plain_call_holds_until_it_has_struck(payment_api: PaymentAPI) -> None:
    failure = payment_api.fail("unavailable", times=2)
    assert [charge(payment_api).status_code for _ in range(3)] == [503, 503, 201]
    assert failure.fired == 2


def test_a_block_ends_what_is_left(payment_api: PaymentAPI) -> None:
    with payment_api.fail("unavailable", times=None) as failure:
        assert [charge(payment_api).status_code for _ in range(4)] == [503] * 4
    assert charge(payment_api).status_code == 201
    assert failure.fired == 4


def test_failures_come_in_their_order(payment_api: PaymentAPI) -> None:
    payment_api.fail("unavailable")
    payment_api.fail("declined")
    assert [charge(payment_api).status_code for _ in range(3)] == [503, 402, 201]


def test_a_failure_of_payments_waits_for_a_payment(sdk: PaymentAPI) -> None:
    with sdk.fail("declined") as failure:
        customer = stripe.Customer.create()
        intent = stripe.PaymentIntent.create(
            amount=1, currency="eur", customer=customer.id, payment_method="pm_card_visa"
        )
        assert failure.fired == 0
        with pytest.raises(stripe.CardError):
            stripe.PaymentIntent.confirm(intent.id)
    assert failure.fired == 1


@pytest.mark.parametrize("at", ["POST /v1/refunds", "/v1/refunds", "POST /v1/refunds/"])
def test_only_some_requests(sdk: PaymentAPI, at: str) -> None:
    with sdk.fail("server-error", at=at):
        intent = pay()
        with pytest.raises(stripe.APIError):
            stripe.Refund.create(payment_intent=intent.id)
    assert sdk.paid() == (1, 2500)


def test_a_refund_whose_answer_is_lost(sdk: PaymentAPI) -> None:
    intent = pay()
    with sdk.fail("charged-then-timeout", at="POST /v1/refunds"), pytest.raises(stripe.APIConnectionError):
        stripe.Refund.create(payment_intent=intent.id)
    assert sdk.paid() == (0, 0)


@pytest.mark.parametrize("at", ["POST /charges", "POST /v1/charges"])
def test_json_below_v1_has_both_names(payment_api: PaymentAPI, at: str) -> None:
    with payment_api.fail("html", at=at) as failure:
        requests.post(f"{payment_api.url}/v1/charges", json=ORDER, timeout=30)
    assert failure.fired == 1
    assert payment_api.requests[0].operation == "POST /v1/charges"


def test_the_asynchronous_sdk(sdk: PaymentAPI) -> None:
    async def pay_async() -> Any:
        client = stripe.StripeClient("sk_test_1", base_addresses={"api": sdk.url}, http_client=stripe.HTTPXClient())
        return await client.v1.payment_intents.create_async({"amount": 2500, "currency": "eur", **CARD})

    assert asyncio.run(pay_async()).status == "succeeded"
    with sdk.fail("declined"), pytest.raises(stripe.CardError):
        asyncio.run(pay_async())
    assert sdk.paid() == (1, 2500)


def test_any_segment(sdk: PaymentAPI) -> None:
    intent = pay(confirm=False)
    with sdk.fail("html", at="/v1/payment_intents/*/confirm"), pytest.raises(stripe.APIError):
        stripe.PaymentIntent.confirm(intent.id)
    assert sdk.paid() == (0, 0)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("charged-than-timeout", "did you mean 'charged-then-timeout'?"),
        ("decline", "did you mean 'declined'?"),
        ("dns-failure", 'ask for the fault "http.dns-failure"'),
        ("unsigned-webhook", "webhook().unsigned()"),
        ("zzz", "there are charged-then-timeout, "),
    ],
)
def test_a_failure_that_is_none(payment_api: PaymentAPI, name: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        payment_api.fail(name)
    assert not set(ELSEWHERE) & set(BY_NAME)


def test_a_request_that_is_none(payment_api: PaymentAPI) -> None:
    with pytest.raises(ValueError, match="names no request; did you mean 'POST /v1/payment_intents'"):
        payment_api.fail("html", at="POST /v1/payment_intent")
    with pytest.raises(ValueError, match="times=0 must be at least 1"):
        payment_api.fail("html", times=0)


def test_pending_is_another_name(payment_api: PaymentAPI) -> None:
    with payment_api.fail("pending"):
        assert charge(payment_api).json()["status"] == "pending"
    assert [c.status for c in payment_api.charges] == ["pending"]


# -------------------------------------------------------------------------------------------------------------- time
@pytest.fixture
def quick() -> Iterator[None]:
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < 20  # and no client waits less than half a minute


@pytest.mark.usefixtures("quick")
def test_the_retries_of_the_sdk_use_one_key(payment_api: PaymentAPI) -> None:
    payment_api.use()
    before = time.monotonic()
    with (
        payment_api.fail("charged-then-timeout", times=3),
        pytest.raises(stripe.APIConnectionError, match="ReadTimeout"),
    ):
        pay()
    assert time.monotonic() - before < 20  # its time-out of 80 s and its back-off took no time
    assert len(payment_api.requests) == 3
    assert payment_api.paid() == (1, 2500)


@pytest.mark.usefixtures("quick")
def test_two_calls_are_two_payments(payment_api: PaymentAPI) -> None:
    payment_api.use()
    with payment_api.fail("charged-then-timeout", times=3), pytest.raises(stripe.APIConnectionError):
        pay()
    pay()
    assert payment_api.paid() == (2, 5000)


@pytest.mark.usefixtures("quick")
def test_blocks_within_blocks(payment_api: PaymentAPI) -> None:
    with payment_api.fail("unavailable"):
        with payment_api.fail("declined"):
            assert [charge(payment_api).status_code for _ in range(3)] == [503, 402, 201]
        with payment_api.fail("html"):
            time.sleep(60)
            assert charge(payment_api).status_code == 200
        time.sleep(60)
    assert charge(payment_api).status_code == 201


@pytest.mark.usefixtures("quick")
def test_in_a_block_nothing_sleeps(payment_api: PaymentAPI) -> None:
    with payment_api.fail("read-timeout"):
        before = time.monotonic()
        time.sleep(60)
        with pytest.raises(requests.ReadTimeout):
            charge(payment_api)
        assert 90 <= time.monotonic() - before < 110
    assert time.monotonic() - before < 20


def post(url: str, timeout: float | None) -> Any:
    request = urllib.request.Request(url, b'{"amount": 1, "currency": "EUR"}', {"Content-Type": "application/json"})
    return urllib.request.urlopen(request, timeout=timeout)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("timeout", [600, 0.05])
def test_each_client_has_its_own_time_out(payment_api: PaymentAPI, timeout: float) -> None:
    url = f"{payment_api.url}/charges"
    with payment_api.fail("charged-then-timeout", times=3):
        with pytest.raises(requests.ReadTimeout):
            requests.post(url, json=ORDER, timeout=timeout)
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(url, json=ORDER, timeout=timeout)
        with pytest.raises(TimeoutError, match="timed out"):
            post(url, timeout)
    assert payment_api.paid().times == 3


@pytest.mark.usefixtures("quick")
def test_who_waits_otherwise_loses_the_connection(payment_api: PaymentAPI) -> None:
    async def send(timeout: float) -> None:
        async with httpx.AsyncClient(timeout=timeout) as client:
            await client.post(f"{payment_api.url}/charges", json=ORDER)

    payment_api.fail("charged-then-timeout", times=3)
    with pytest.raises(httpx.ReadTimeout):
        asyncio.run(send(0.05))
    with pytest.raises(httpx.ReadError):
        asyncio.run(send(600))
    with pytest.raises(ConnectionError):
        post(f"{payment_api.url}/charges", None)  # no time-out at all
    assert payment_api.paid().times == 3


def test_reads_of_others_are_left_alone(payment_api: PaymentAPI) -> None:
    ours = {name: vars(socket.socket).get(name) for name in ("recv", "recv_into")}
    payment_api.fail("read-timeout")
    assert {name: vars(socket.socket).get(name) for name in ours} != ours
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), 5) as client:
        server.accept()[0].sendall(b"hello")
        assert client.recv(5) == b"hello"
    payment_api.close()
    assert {name: vars(socket.socket).get(name) for name in ours} == ours
    with pytest.raises(requests.ConnectionError):
        charge(payment_api)


def test_several_clients_at_once(payment_api: PaymentAPI) -> None:
    threads = [threading.Thread(target=charge, args=(payment_api, "one key")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert payment_api.paid() == (1, 2500)
    assert len(payment_api.requests) == 8


# ---------------------------------------------------------------------------------------------------------- webhooks
def construct(hook: Any, api: PaymentAPI) -> Any:
    return stripe.Webhook.construct_event(hook.body, hook.headers.get("Stripe-Signature"), api.webhook_secret)


def test_a_webhook_is_signed(sdk: PaymentAPI) -> None:
    intent = pay()
    for about in (None, intent, intent.id, {"object": "payment_intent", "id": intent.id}):
        hook = sdk.webhook("payment_intent.succeeded", about)
        event = construct(hook, sdk)
        assert (event.type, event.data.object.id) == ("payment_intent.succeeded", intent.id)
    assert stripe.Event.retrieve(event.id).type == "payment_intent.succeeded"
    body, headers = hook
    assert headers["Content-Type"].startswith("application/json")
    assert sdk.sign(body, timestamp=1) == stripe.WebhookSignature.generate_signature_header(
        body.decode(), sdk.webhook_secret, timestamp=1
    )


@pytest.mark.parametrize("trick", ["unsigned", "forged", "old"])
def test_webhooks_to_be_refused(sdk: PaymentAPI, trick: str) -> None:
    pay()
    hook = sdk.webhook("charge.succeeded")
    with pytest.raises(stripe.SignatureVerificationError):
        construct(getattr(hook, trick)(), sdk)
    assert getattr(hook, trick)().body == hook.body


def test_a_tampered_webhook(sdk: PaymentAPI) -> None:
    pay()
    hook = sdk.webhook("charge.succeeded").tampered(amount=1)
    assert hook.event["data"]["object"]["amount"] == 1
    with pytest.raises(stripe.SignatureVerificationError):
        construct(hook, sdk)


def test_a_webhook_about_nothing(payment_api: PaymentAPI) -> None:
    with pytest.raises(LookupError, match=r"nothing that 'charge\.succeeded' could be about"):
        payment_api.webhook("charge.succeeded")
    with pytest.raises(LookupError, match="no object has the id 'ch_1'"):
        payment_api.webhook("charge.succeeded", "ch_1")


# ---------------------------------------------------------------------------------------------------- with the plugin
APP = """
import requests
from flask import Flask

app = Flask(__name__)


@app.post("/orders")
def order():
    {pay}
    return {{"status": "paid"}}, 201
"""
TEST = """
import pytest

import app


@pytest.fixture
def client(payment_api):
    app.app.config["PAY"] = payment_api.url
    return app.app.test_client()


def test_order(client, payment_api):
    assert client.post("/orders").status_code == 201
    assert payment_api.paid().times == 1
"""
SWALLOWED = """try:
        requests.post(app.config["PAY"] + "/charges", json={"amount": 1, "currency": "EUR"}, timeout=5)
    except requests.RequestException:
        pass"""


def test_a_sweep_reaches_it(project: Project) -> None:
    project.write({"app.py": APP.format(pay=SWALLOWED), "test_app.py": TEST})
    result, report = project.sweep()
    assert result.ret == 1
    assert [f["check"] for f in report["findings"] if f["level"] == "error"] == ["false-success"]
    assert {t["verdict"] for t in report["trials"]} <= {"handled", "failed"}
    assert report["internal_errors"] == []


def test_a_test_that_makes_it_fail_is_not_swept(project: Project) -> None:
    failing = """

def test_failing(client, payment_api):
    with payment_api.fail("declined"):
        client.post("/orders")


def test_refused(client, payment_api):
    with pytest.raises(ValueError):
        payment_api.fail("nonsense")
    client.post("/orders")
"""
    project.write({"app.py": APP.format(pay=SWALLOWED), "test_app.py": TEST + failing})
    _, report = project.sweep()
    assert {trial["test"] for trial in report["trials"]} == {"test_app.py::test_order"}


def test_under_a_marker_time_is_already_virtual(project: Project) -> None:
    test = """
import time

import pytest
import requests


@pytest.mark.fault("db.timeout")
def test_marker(payment_api):
    before = time.monotonic()
    with payment_api.fail("read-timeout"):
        time.sleep(1000)
        with pytest.raises(requests.ReadTimeout):
            requests.get(payment_api.url + "/charges", timeout=30)
    assert time.monotonic() - before > 1000
    raise SystemError("so far")
"""
    project.write({"test_app.py": test})
    result = project.pytest()
    assert result.parseoutcomes() == {"failed": 1}
    result.stdout.fnmatch_lines(["*SystemError: so far*"])


def test_nothing_of_it_is_imported_before_it_is_asked_for(project: Project) -> None:
    test = """
import sys


def ours():
    return sorted(name for name in sys.modules if name.startswith("pytest_prodready"))


def test_before():
    assert ours() == ["pytest_prodready", "pytest_prodready.plugin"]


def test_with(payment_api):
    assert "pytest_prodready.payment_api" in ours()
    assert "pytest_prodready.session" not in ours()
"""
    project.write({"test_app.py": test})
    assert project.pytest().parseoutcomes() == {"passed": 2}


def test_a_fixture_of_the_user_wins(project: Project) -> None:
    conftest = "import pytest\n\n\n@pytest.fixture\ndef payment_api():\n    return 'mine'\n"
    project.write(
        {"conftest.py": conftest, "test_app.py": "def test_it(payment_api):\n    assert payment_api == 'mine'\n"}
    )
    result = project.pytest("--prodready")
    assert result.parseoutcomes() == {"passed": 1}
    result.stdout.fnmatch_lines(["*your own fixture 'payment_api' in conftest takes the place of the plugin's*"])
