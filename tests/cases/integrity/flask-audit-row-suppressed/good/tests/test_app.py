import pytest

from wallet import create_app
from wallet.models import Account


@pytest.fixture
def app(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/wallet.db")
    with app.extensions["sessions"].begin() as session:
        session.add(Account(id=1, owner="ada", balance_cents=500))
    return app


def test_deposit(app):
    reply = app.test_client().post("/accounts/1/deposits", json={"cents": 250})
    assert reply.status_code == 201
    assert reply.json == {"account": 1, "balance_cents": 750}


def test_unknown(app):
    assert app.test_client().post("/accounts/2/deposits", json={"cents": 250}).status_code == 404
