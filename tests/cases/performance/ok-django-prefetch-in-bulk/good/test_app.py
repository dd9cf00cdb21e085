from shop.models import Book


def test_authors(client, library):
    assert client.get("/authors").json()["Cem"] == {"Cem 1": [3], "Cem 2": [3]}


def test_chosen(client, library):
    numbers = list(Book.objects.order_by("id").values_list("id", flat=True)[:4])
    assert client.get("/chosen", {"ids": ",".join(map(str, numbers))}).json() == ["Ann 1", "Ann 2", "Ben 1", "Ben 2"]
