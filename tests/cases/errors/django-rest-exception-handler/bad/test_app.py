from rest_framework.test import APITestCase

from library.models import Book


class BookTests(APITestCase):
    @classmethod
    def setUpTestData(cls):
        cls.book = Book.objects.create(title="Emma", copies=1)

    def test_list(self):
        assert self.client.get("/api/books/").json() == [{"id": self.book.pk, "title": "Emma", "copies": 1}]

    def test_create(self):
        response = self.client.post("/api/books/", {"title": "Persuasion", "copies": 2}, format="json")
        assert response.status_code == 201
        assert Book.objects.count() == 2

    def test_lend(self):
        assert self.client.post(f"/api/books/{self.book.pk}/lend/").json()["copies"] == 0
        assert self.client.post(f"/api/books/{self.book.pk}/lend/").status_code == 400

    def test_missing(self):
        assert self.client.get("/api/books/999/").status_code == 404
