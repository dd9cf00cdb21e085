from starlette.testclient import TestClient

from app import app

client = TestClient(app)


def test_download():
    assert "report.txt" in client.get("/download", params={"name": "my report.txt"}).headers["content-disposition"]


def test_language():
    assert client.get("/language", params={"language": "de"}).headers["content-language"] == "de"
