import pytest

from app import Ledger


@pytest.fixture
def ledger(httpserver):
    ledger = Ledger(httpserver.host, httpserver.port)
    yield ledger
    ledger.close()


def test_two_balances_over_one_connection(ledger, httpserver):
    httpserver.expect_request("/accounts/a").respond_with_json({"cents": 100})
    httpserver.expect_request("/accounts/b").respond_with_json({"cents": 250})
    assert ledger.balance("a") == 100
    assert ledger.balance("b") == 250
