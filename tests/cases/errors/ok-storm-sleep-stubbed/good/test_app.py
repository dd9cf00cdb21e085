import httpx
import pytest

import app


@pytest.fixture(autouse=True)
def no_sleep(monkeypatch):
    monkeypatch.setattr(app, "sleep", lambda seconds: None)


def test_forecast():
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"sky": "clear"}))
    with httpx.Client(base_url="https://sky.example", transport=transport, timeout=5) as client:
        assert app.forecast("bern", client) == "clear"
