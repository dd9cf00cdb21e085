import sqlalchemy as sa
from count import count


def test_count():
    with sa.create_engine("sqlite://").connect() as conn:
        assert count(conn) == 2
