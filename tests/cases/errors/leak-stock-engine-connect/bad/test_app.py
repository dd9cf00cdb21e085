import pytest
from sqlalchemy import text

from app import Stock


@pytest.fixture
def stock(tmp_path):
    stock = Stock(f"sqlite:///{tmp_path}/stock.db")
    yield stock
    stock.engine.dispose()


def test_put(stock):
    stock.put("tea", 12)
    with stock.engine.connect() as conn:
        assert conn.execute(text("SELECT pieces FROM stock")).scalar() == 12
