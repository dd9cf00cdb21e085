import pytest
import responses

from app import READING, Meter


@responses.activate
def test_read():
    responses.get(READING, json={"value": "21.5"})
    meter = Meter()
    assert meter.read() == pytest.approx(21.5)
    assert meter.average >= 0
