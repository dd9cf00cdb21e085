import pytest

from app import Directory, DirectoryError


@pytest.fixture
def directory():
    with Directory("https://people.example") as directory:
        yield directory


def test_phone(directory, requests_mock):
    requests_mock.get("https://people.example/people/17", json={"name": "Ann", "phone": "555-1234"})
    assert directory.phone(17) == "555-1234"


def test_nobody(directory, requests_mock):
    requests_mock.get("https://people.example/people/18", status_code=404)
    with pytest.raises(DirectoryError):
        directory.phone(18)
