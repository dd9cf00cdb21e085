import pytest

from app.db import SessionLocal
from app.models import Customer, Order


@pytest.mark.prodready_growth(sizes=(4, 16, 64))
def test_page(client, growth):
    def fill(size):
        with SessionLocal.begin() as session:
            session.query(Order).delete()
            session.query(Customer).delete()
            session.add_all([Customer(id=n + 1, name=str(n), orders=[Order(total=n)]) for n in range(size)])

    slopes = growth(lambda size: client.get("/page"), prepare=fill)
    assert slopes.queries == 0
