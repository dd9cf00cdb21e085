from app import app


def test_cart_is_kept():
    client = app.test_client()
    client.post("/cart", data={"item": "tea"})
    assert client.get("/cart").get_json() == {"items": ["tea"]}
