import responses

from app import load_config


@responses.activate
def test_load():
    responses.get("https://config.example/shop", json={"currency": "EUR", "country": "CH"})
    assert load_config("shop") == {"currency": "EUR", "country": "CH"}
