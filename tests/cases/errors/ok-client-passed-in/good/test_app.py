import httpx
import pytest

from pages import page_size


@pytest.fixture
def client():
    def site(request):
        return httpx.Response(200, text="x" * 120)

    with httpx.Client(transport=httpx.MockTransport(site), base_url="https://site.example") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/about"])
def test_size(client, path):
    assert page_size(client, path) == 120
