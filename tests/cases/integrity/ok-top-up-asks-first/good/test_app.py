import responses

from app import API, top_up


@responses.activate
def test_top_up():
    responses.post(API, json={"id": "t-1"})
    responses.get(API, json={"topups": []})
    assert top_up("r-1", 5000) == "t-1"
