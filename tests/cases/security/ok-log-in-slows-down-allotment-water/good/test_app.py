import pytest

from app import add_tenant, create_app


@pytest.fixture
def client(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/water.db")
    add_tenant(app.extensions["engine"], "B12", "rhubarb and custard")
    return app.test_client()


def test_tenant_logs_in(client):
    reply = client.post("/log-in", data={"plot": "B12", "password": "rhubarb and custard"})
    assert reply.status_code == 200
    plot = client.get("/plot", headers={"Authorization": f"Bearer {reply.json['token']}"})
    assert plot.json == {"plot": "B12"}


def test_wrong_password(client):
    assert client.post("/log-in", data={"plot": "B12", "password": "leeks"}).status_code == 401
