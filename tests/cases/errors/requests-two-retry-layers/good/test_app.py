import responses

from geo.zones import zone_of


@responses.activate
def test_zone():
    responses.get("https://zones.example.org/v1/zone", json={"zone": "Europe/Berlin", "dst": True})
    assert zone_of("Berlin") == "Europe/Berlin"
