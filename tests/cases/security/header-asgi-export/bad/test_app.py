from fastapi.testclient import TestClient

from export import app

client = TestClient(app)


def test_export():
    reply = client.get("/levels.csv")
    assert reply.text.splitlines()[:2] == ["day,cm", "2030-01-01,212"]
    assert reply.headers["content-disposition"] == 'attachment; filename="levels.csv"'


def test_name():
    assert 'filename="January.csv"' in client.get("/levels.csv", params={"name": "January"}).headers["content-disposition"]


def test_other():
    assert client.get("/secret").status_code == 404
