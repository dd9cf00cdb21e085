from shop.models import Author, Book


def test_raise(client, library):
    ann = Author.objects.get(name="Ann")
    Book.objects.create(title="Ann 3", isbn="13", author=ann, price=20)
    assert client.post("/raise", {"percent": 10, "email": "ann@books.example"}).json() == {"raised": 3}
    assert sorted(ann.books.values_list("price", flat=True)) == [11, 11, 22]
