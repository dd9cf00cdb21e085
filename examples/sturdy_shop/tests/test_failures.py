"""What the shop does when something fails. Each failure is asked for by its name; no flag is needed."""

import pytest

ORDER = {"email": "ada@example.com", "items": [{"product": 1, "quantity": 2}]}
PAYMENTS = "api.payments.example"


@pytest.mark.fault("http.read-timeout", target=f"{PAYMENTS}/v1/charges")
def test_a_charge_of_which_nobody_knows_is_given_back(client, payments, trace):
    assert client.post("/orders", json=ORDER).status_code == 503
    assert len(trace.requests_to(f"{PAYMENTS}/v1/refunds")) == 1
    assert client.get("/products/1").get_json()["stock"] == 10


@pytest.mark.fault("db.disk-full", at="INSERT orders")
@pytest.mark.fault("db.connection-refused")
def test_what_cannot_be_written_down_is_not_charged(client, payments, trace):
    assert client.post("/orders", json=ORDER).status_code == 503
    assert trace.requests == []


@pytest.mark.fault("db.locked", at="commit", occurrence=2)
def test_what_cannot_be_saved_as_paid_is_given_back(client, payments, trace):
    assert client.post("/orders", json=ORDER).status_code == 503
    assert [request.method for request in trace.requests_to(f"{PAYMENTS}/v1/refunds")] == ["POST"]


@pytest.mark.parametrize("field", ["status", "amount", "currency"])
def test_a_charge_that_says_too_little_is_none(client, payments, faults, field):
    with faults.inject("reply.missing-field", target=PAYMENTS, field=field) as fault:
        assert client.post("/orders", json=ORDER).status_code == 503
    assert fault.fired


def test_a_mail_service_that_is_down_does_not_stop_the_sale(client, payments, faults):
    with faults.inject("http.connection-refused", target="api.notify.example"):
        response = client.post("/orders", json=ORDER)
    assert response.status_code == 201
    assert response.get_json()["confirmation"] == "queued"


def test_cancelling_can_be_repeated(client, order, payments, faults):
    with faults.inject("db.locked", at="UPDATE orders"):
        assert client.post(f"/orders/{order}/cancel").status_code == 503
    assert client.post(f"/orders/{order}/cancel").status_code == 200


def test_a_longer_order_takes_no_more_statements(client, payments, trace):
    with trace.part() as short:
        client.post("/orders", json=ORDER)
    with trace.part() as long:
        client.post("/orders", json={**ORDER, "items": [{"product": n, "quantity": 1} for n in (1, 2)]})
    assert len(long.queries) == len(short.queries)
    assert len(long.connects) == 1
