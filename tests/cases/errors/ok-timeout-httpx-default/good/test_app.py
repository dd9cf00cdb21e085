import httpx
import pytest

from app import create_app


@pytest.fixture
def client():
    return create_app().test_client()


def test_word(client, mocker):
    get = mocker.patch("httpx.get")
    get.return_value = httpx.Response(
        200, json={"word": "tea", "meaning": "a drink"}, request=httpx.Request("GET", "https://words.example/tea")
    )
    assert client.get("/words/tea").json == {"word": "tea", "meaning": "a drink"}
    get.assert_called_once_with("https://words.example/tea")
