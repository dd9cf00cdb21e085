import pytest

from shop.models import Member


@pytest.fixture
def members(db):
    for number, name in enumerate(["Ann", "Ben", "Cem"]):
        Member.objects.create(name=name, email=f"{name.lower()}@x.example", team=number // 2)


def test_member(client, members):
    assert client.get("/member/ann@x.example").json() == {"name": "Ann", "team": 2}


def test_search(client, members):
    assert client.get("/search?q=B").json() == ["Ben"]


def test_newest(client, members):
    assert client.get("/newest").json() == ["Cem"]
