import pytest
from fastapi.testclient import TestClient

from app import app


@pytest.mark.parametrize(
    ("way", "text"), [("sandbox", "Hi {{ name }}"), ("dollar", "Hi $name"), ("fields", "Hi {name}"), ("own", "Hi Ada")]
)
def test_letter(way, text):
    answer = TestClient(app).post(f"/letters/{way}", json={"name": "Ada", "text": text})
    assert "Hi Ada" in answer.text
