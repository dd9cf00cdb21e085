import httpx
import pytest

from app import Search


@pytest.fixture
def search():
    search = Search()
    yield search
    search.close()


def test_find(search, respx_mock):
    route = respx_mock.get("https://search.example/find", params={"q": "tea"})
    route.mock(return_value=httpx.Response(200, json={"hits": [{"title": "Tea pot"}, {"title": "Tea"}], "total": 2}))
    assert search.find("tea") == ["Tea pot", "Tea"]
    assert route.call_count == 1
