from unittest.mock import patch

from app import share_price


def test_price():
    with patch("app.requests") as requests:
        requests.get.return_value.status_code = 200
        requests.get.return_value.json.return_value = {"cents": 1250}
        assert share_price("ACME") == 1250
