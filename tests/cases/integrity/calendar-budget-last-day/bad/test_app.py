import pytest
from sqlalchemy.orm import Session

from app import Expense, left_per_day, open_book


@pytest.fixture
def engine(tmp_path):
    engine = open_book(f"sqlite:///{tmp_path / 'book.db'}")
    with Session(engine) as session, session.begin():
        session.add(Expense(what="tea", cents=300))
    yield engine
    engine.dispose()


def test_left_per_day(engine):
    assert 0 < left_per_day(engine, 100_000) <= 99_700
