import pytest
import requests_mock

from app import create_app


@pytest.fixture
def client():
    return create_app().test_client()


class TestBook:
    def test_known(self, client):
        with requests_mock.Mocker() as mock:
            mock.get("https://books.example/isbn/9780141439518", json={"title": "Emma", "pages": 474})
            response = client.get("/books/9780141439518")
        assert response.status_code == 200
        assert response.json == {"isbn": "9780141439518", "title": "Emma"}

    def test_unknown(self, client):
        with requests_mock.Mocker() as mock:
            mock.get("https://books.example/isbn/9780000000000", status_code=404)
            assert client.get("/books/9780000000000").status_code == 404
