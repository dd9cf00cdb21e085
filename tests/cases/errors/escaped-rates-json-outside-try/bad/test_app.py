import pytest
import requests

from app import convert


class FakeReply:
    status_code = 200
    ok = True

    def raise_for_status(self):
        return None

    def json(self):
        return {"base": "EUR", "permille": {"USD": 1100, "CHF": 950}}


@pytest.fixture
def rates(monkeypatch):
    def fake_get(url, params=None, timeout=None):
        assert params == {"base": "EUR"}
        return FakeReply()

    monkeypatch.setattr(requests, "get", fake_get)


@pytest.mark.parametrize(
    ("cents", "currency", "expected"),
    [(1000, "USD", 1100), (1000, "CHF", 950), (0, "USD", 0)],
)
def test_convert(rates, cents, currency, expected):
    assert convert(cents, currency) == expected
