import httpx
import pytest

from rental import Rentals


def supplier(request):
    assert request.method in ("PUT", "DELETE")
    return httpx.Response(200, json={"state": "held"})


@pytest.fixture
def rentals(tmp_path):
    rentals = Rentals(tmp_path / "rentals.db", transport=httpx.MockTransport(supplier))
    rentals.create_tables()
    yield rentals
    rentals.close()


def test_rent(rentals):
    key = rentals.rent("van", 3)
    assert rentals.state(key) == "confirmed"


def test_unknown(rentals):
    assert rentals.state("nothing") is None
