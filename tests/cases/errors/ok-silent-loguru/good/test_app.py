import responses

from app import quote


@responses.activate
def test_quote():
    responses.get("https://quotes.example/today", json={"text": "Less is more."})
    assert quote() == "Less is more."
