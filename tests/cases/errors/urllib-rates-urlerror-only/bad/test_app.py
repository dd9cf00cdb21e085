import json

import pytest

from app import convert


class Response:
    status = 200

    def __init__(self, body):
        self.body = body

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return False

    def read(self):
        return json.dumps(self.body).encode()


@pytest.fixture
def rates(monkeypatch):
    asked = []

    def urlopen(request, timeout=None):
        asked.append(request.full_url)
        return Response({"base": "EUR", "rates": {"CHF": 0.95, "USD": 1.1}})

    monkeypatch.setattr("app.urlopen", urlopen)
    return asked


def test_convert(rates):
    assert convert(1000, "EUR", "USD") == 1100
    assert rates == ["https://rates.example/v2/latest?base=EUR"]


def test_other_currency(rates):
    assert convert(1000, "EUR", "CHF") == 950
