import pytest

from library import create_app
from library.repository import Repository


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "library.db"
    Repository(path).create_tables()
    return path


class TestRepository:
    def test_empty(self, path):
        assert Repository(path).find(1) is None

    def test_add(self, path):
        repository = Repository(path)
        number = repository.add("Emma")
        assert repository.find(number) == "Emma"


class TestApi:
    @pytest.fixture
    def client(self, path):
        app = create_app(path)
        app.testing = True
        return app.test_client()

    def test_add_and_find(self, client):
        response = client.post("/books", data={"title": "Emma"})
        assert response.status_code == 201
        assert client.get("/books/1").json == {"id": 1, "title": "Emma"}

    def test_nothing(self, client):
        assert client.get("/books/1").status_code == 404
