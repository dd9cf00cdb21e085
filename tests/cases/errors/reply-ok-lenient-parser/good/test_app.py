import httpx
import pytest

from app import Client, Person


@pytest.fixture
def people():
    def answer(request):
        if request.url.path == "/people/7":
            return httpx.Response(
                200, json={"id": 7, "name": "Ann", "emails": [{"value": "ann@a.example", "primary": True}]}
            )
        return httpx.Response(404)

    return Client(httpx.Client(transport=httpx.MockTransport(answer), base_url="https://people.example"))


def test_person(people):
    assert people.person(7) == Person(7, "Ann", "ann@a.example")


def test_nobody(people):
    assert people.person(8) is None
