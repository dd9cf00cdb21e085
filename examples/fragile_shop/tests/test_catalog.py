def test_lists_products(client):
    response = client.get("/products")
    assert response.status_code == 200
    assert [product["name"] for product in response.get_json()] == ["Teapot", "Cup", "Strainer"]


def test_shows_a_product(client):
    response = client.get("/products/1")
    assert response.status_code == 200
    assert response.get_json() == {"id": 1, "name": "Teapot", "price": 2500, "weight": 900, "stock": 10}


def test_unknown_product(client):
    assert client.get("/products/99").status_code == 404


def test_restocks(client):
    response = client.put("/products/3/stock", json={"stock": 25})
    assert response.status_code == 200
    assert client.get("/products/3").get_json()["stock"] == 25
