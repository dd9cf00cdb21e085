def test_product_twice(client):
    first = client.get("/products/TEA-1")
    again = client.get("/products/TEA-1")
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json() == {"sku": "TEA-1", "name": "Tea", "price_cents": 450}


def test_missing(client):
    assert client.get("/products/NONE").status_code == 404
