import requests_mock

from app import ROOMS, book


def test_book():
    with requests_mock.Mocker() as mock:
        mock.post(ROOMS, json={"booking": "h-4"}, status_code=201)
        assert book("Ann", 2) == "h-4"
