from unittest.mock import Mock

import pytest
import urllib3

import app


@pytest.fixture
def answer(monkeypatch):
    answer = Mock(spec=urllib3.HTTPResponse, status=200, data=b'{"flags": {"new_cart": true}}')
    monkeypatch.setattr(app.http, "request", Mock(return_value=answer))
    return answer


def test_enabled(answer):
    assert app.enabled("new_cart") is True


def test_unknown_flag(answer):
    assert app.enabled("beta") is False
