import pytest

from app import track

ANSWER = {
    "data": {
        "id": "S1",
        "type": "shipment",
        "attributes": {
            "status": "in_transit",
            "events": [
                {"place": "Olten", "at": "2026-04-02T10:00:00Z"},
                {"place": "Bern", "at": "2026-04-01T18:00:00Z"},
            ],
        },
    }
}


def test_track(requests_mock):
    requests_mock.get("https://parcels.example/v1/shipments/S1", json=ANSWER)
    assert track("S1") == {"number": "S1", "state": "on its way", "last": "Olten"}


@pytest.mark.parametrize("status", ["delivered", "returned"])
def test_states(requests_mock, status):
    answer = {"data": {"attributes": {"status": status, "events": []}}}
    requests_mock.get("https://parcels.example/v1/shipments/S2", json=answer)
    assert track("S2")["last"] is None
