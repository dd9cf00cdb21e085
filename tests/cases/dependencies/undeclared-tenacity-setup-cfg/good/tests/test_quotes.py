import requests_mock
from quotes import quote


def test_quote():
    with requests_mock.Mocker() as mock:
        mock.get("https://quotes.example/ACME", json={"price": "12.5"})
        assert quote("ACME") == 12.5
