import pytest
import responses

from planes import Planes, PlanesError


@pytest.fixture
def planes():
    with Planes() as planes:
        yield planes


@responses.activate
def test_position(planes):
    responses.get("https://planes.example/LX38", json={"lat": 470, "lon": 85})
    assert planes.position("LX38") == (470, 85)


@responses.activate
def test_unknown(planes):
    responses.get("https://planes.example/XX1", status=404)
    with pytest.raises(PlanesError):
        planes.position("XX1")
