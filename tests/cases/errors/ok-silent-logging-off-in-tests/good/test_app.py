import logging

import pytest
import responses

from app import quote


@pytest.fixture(autouse=True)
def no_log():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@responses.activate
def test_quote():
    responses.get("https://quotes.example/today", json={"text": "Less is more."})
    assert quote() == "Less is more."
