from shop.models import Author


def test_numbers(client, library):
    assert client.get("/numbers").json()["per_price"] == [[10, 8]]


def test_newest(client, library):
    assert client.get("/newest").json() == ["Dea 2", "Dea 1", "Cem 2"]


def test_of(client, library):
    assert client.get(f"/of/{Author.objects.get(name='Ben').pk}").json() == ["Ben 1", "Ben 2"]
