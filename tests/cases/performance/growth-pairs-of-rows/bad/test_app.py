import pytest

from app.db import SessionLocal
from app.models import Order


@pytest.mark.prodready_growth(sizes=(4, 16, 64))
def test_pairs(client, growth):
    def fill(size):
        with SessionLocal.begin() as session:
            session.query(Order).delete()
            session.add_all([Order(id=n + 1, customer_id=1, total=n) for n in range(size)])

    growth(lambda size: client.get("/pairs"), prepare=fill)
