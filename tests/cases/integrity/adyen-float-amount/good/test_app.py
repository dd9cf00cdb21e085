from decimal import Decimal

import pytest

from cart import Adyen, Cart, Line


@pytest.fixture
def cart():
    return Cart([Line("pen", Decimal("1.50"), 2), Line("ink", Decimal("7.00"))])


def test_total(cart):
    assert cart.total() == Decimal("10.00")


def test_pay(cart, requests_mock):
    requests_mock.post(Adyen.URL, json={"resultCode": "Authorised", "pspReference": "P1",
                                        "amount": {"value": 1000, "currency": "EUR"}})
    assert Adyen("key", "Shop").pay(cart, "tok_1") == "P1"
