import sqlite3
from unittest.mock import MagicMock, patch

import pytest
from paying import Provider


@pytest.fixture
def provider(tmp_path):
    database = tmp_path / "shop.db"
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE payment (id INTEGER PRIMARY KEY, status TEXT, extra TEXT)")
    connection.execute("INSERT INTO payment VALUES (1, 'waiting', '{}')")
    connection.commit()
    connection.close()
    return Provider(database, "token")


def status(provider):
    connection = sqlite3.connect(provider.database)
    found = connection.execute("SELECT status FROM payment").fetchone()[0]
    connection.close()
    return found


@patch("paying.redirect")
@patch("requests.post")
def test_an_approved_payment(post, redirect, provider):
    post.return_value = MagicMock(status_code=200)
    post.return_value.json.return_value = {"id": "P-1", "state": "approved"}
    provider.process_data(1, {"PayerID": "1234"})
    redirect.assert_called_with("/payment/done")
    assert status(provider) == "confirmed"


@patch("paying.redirect")
def test_without_a_payer(redirect, provider):
    provider.process_data(1, {})
    redirect.assert_called_with("/payment/failed")
    assert status(provider) == "rejected"
