from unittest import mock

import pytest

import app as module


@pytest.fixture
def connection(monkeypatch):
    connection = mock.Mock()
    connection.getresponse.return_value.status = 200
    connection.getresponse.return_value.read.return_value = (
        b'{"number": 12, "total": {"cents": 4990, "currency": "CHF"}}'
    )
    kind = mock.Mock(return_value=connection)
    monkeypatch.setattr(module.http.client, "HTTPSConnection", kind)
    return connection


def test_show(connection):
    response = module.app.test_client().get("/invoices/12")
    assert response.status_code == 200
    assert response.json == {"number": 12, "cents": 4990}
    connection.request.assert_called_once_with("GET", "/v1/invoices/12", headers={"Accept": "application/json"})
    connection.close.assert_called_once_with()
