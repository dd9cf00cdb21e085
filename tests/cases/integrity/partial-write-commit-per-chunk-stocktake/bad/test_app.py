import pytest
from sqlalchemy import create_engine, insert

from stocktake import PostingError, Stocktake, metadata, stock


@pytest.fixture
def stocktake(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/stock.db")
    metadata.create_all(engine)
    with engine.begin() as conn:
        conn.execute(insert(stock), [{"sku": sku, "pieces": 100} for sku in ("bolt", "nut", "rivet", "screw")])
    yield Stocktake(engine)
    engine.dispose()


def test_post(stocktake):
    assert stocktake.post(1, {"bolt": -3, "nut": 5, "rivet": 1}) == 3
    assert (stocktake.pieces("bolt"), stocktake.pieces("rivet")) == (97, 101)


def test_once(stocktake):
    stocktake.post(1, {"screw": 2})
    with pytest.raises(PostingError):
        stocktake.post(1, {"screw": 2})
    assert stocktake.pieces("screw") == 102
