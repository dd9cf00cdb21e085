import pytest

from app import Author, Base, Book, Session, app, engine


@pytest.fixture
def client():
    Base.metadata.create_all(engine)
    with Session.begin() as session:
        for number, name in enumerate(["Ann", "Ben"], 1):
            session.add(Author(id=number, name=name))
            session.add(Book(id=number, title=f"Book {number}", author_id=number))
    yield app.test_client()
    Base.metadata.drop_all(engine)


def test_books(client):
    reply = client.get("/books")
    assert "Ann" in reply.text
    assert "Ben" in reply.text
