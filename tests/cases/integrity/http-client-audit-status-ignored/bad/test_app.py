import pytest

from app import AuditTrail


@pytest.fixture
def trail(httpserver):
    httpserver.expect_request("/entries", method="POST").respond_with_json({"entry": 1}, status=201)
    return AuditTrail(httpserver.url_for("/"))


def test_record(trail, httpserver):
    assert trail.record("ann", "delete") is True
    assert httpserver.log[0][0].get_json() == {"actor": "ann", "action": "delete"}
