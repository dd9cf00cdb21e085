import httpx
import pytest
import respx

from crm import Crm


@pytest.fixture
def api():
    with respx.mock(base_url="https://crm.example.com/api") as api:
        yield api


def test_contact(api):
    api.get("/contacts/5").mock(return_value=httpx.Response(200, json={"name": "Ada", "email": "ada@example.org", "id": 5}))
    assert Crm("t").contact(5) == {"name": "Ada", "email": "ada@example.org"}
