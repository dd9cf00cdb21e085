import responses

from app import position


@responses.activate
def test_position():
    responses.get("https://track.example/parcels/17", json={"position": "Olten"})
    assert position(17) == "Olten"
