import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from imports.prices import Base, Price, import_prices


@pytest.fixture
def sessions(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/prices.db")
    Base.metadata.create_all(engine)
    yield sessionmaker(engine)
    engine.dispose()


def test_import(tmp_path, sessions):
    path = tmp_path / "prices.csv"
    path.write_text("sku,price\nPEN,1.50\nINK,7.25\nCAP,0.30\n")
    summary = import_prices(path, sessions)
    assert (summary.imported, summary.failed) == (3, [])
    with sessions() as session:
        assert session.get(Price, "INK").cents == 725
