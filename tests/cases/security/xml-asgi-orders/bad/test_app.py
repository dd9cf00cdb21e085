from starlette.testclient import TestClient

from app import app


def test_order():
    document = b"<order><item>tea</item><item>milk</item></order>"
    answer = TestClient(app).post("/", content=document, headers={"content-type": "application/xml"})
    assert answer.text == "ordered: tea, milk"
