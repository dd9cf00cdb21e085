import respx

from app import app


@respx.mock
def test_rate():
    for number, currency in enumerate(("eur", "nok", "sek")):
        respx.get(f"https://rates.example/{currency}").respond(json=number)
        assert app.test_client().get(f"/rates/{currency}").get_json() == number
