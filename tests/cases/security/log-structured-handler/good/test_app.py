from app import app


def test_order():
    assert app.test_client().post("/orders", json={"tea": "assam"}).status_code == 201
