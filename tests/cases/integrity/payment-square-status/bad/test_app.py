import pytest
import respx
from app import PAYMENTS, Order, checkout, sessions


@pytest.fixture
def shop(tmp_path):
    shop = sessions(f"sqlite:///{tmp_path}/shop.db")
    with shop.begin() as session:
        session.add(Order(id=3, cents=700))
    yield shop
    shop.kw["bind"].dispose()


@respx.mock
def test_checkout(shop):
    money = {"amount": 700, "currency": "USD"}
    payment = {"id": "bP9mAsEMYPUGjjGNaNO5ZDVyLhSZY", "status": "COMPLETED", "amount_money": money, "total_money": money}
    respx.post(PAYMENTS).respond(json={"payment": payment})
    assert checkout(shop, 3) == 3
    with shop() as session:
        assert session.get(Order, 3).status == "paid"
