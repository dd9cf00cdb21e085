import httpx
import pytest
import respx
from fastapi.testclient import TestClient

from leads import CRM, create_app


@pytest.fixture
def client(tmp_path):
    with TestClient(create_app(f"sqlite:///{tmp_path}/leads.db")) as client:
        yield client


@respx.mock
def test_lead(client):
    route = respx.post(CRM).mock(return_value=httpx.Response(204))
    reply = client.post("/leads", json={"email": "ada@example.org"})
    assert reply.status_code == 201
    assert route.called
