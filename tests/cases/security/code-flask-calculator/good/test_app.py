from app import app


def test_sum():
    assert app.test_client().post("/calculate", json={"formula": "2+3*4"}).get_json() == {"result": 14}
