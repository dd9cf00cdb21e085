def test_rate(client, rates_api):
    rates_api.get("https://rates.example.org/v2/latest", json={"base": "EUR", "rates": {"USD": 1.0825}})
    reply = client.get("/rates/EUR/USD")
    assert reply.status_code == 200
    assert reply.get_json() == {"base": "EUR", "quote": "USD", "rate": "1.0825", "stale": False}


def test_unknown_currency(client):
    assert client.get("/rates/EUR/XXX").status_code == 404
