import responses

from app import CardVault


@responses.activate
def test_tokenize():
    responses.post("https://vault.example/tokens", json={"token": "tok_1"}, status=201)
    assert CardVault("https://vault.example/").tokenize("4242424242424242", "12/29") == "tok_1"
