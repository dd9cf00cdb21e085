import app
import responses


@responses.activate
def test_fetch():
    responses.get("https://names.example/1", json={"name": "Ada"})
    responses.get("https://shop.example/status", json={})
    responses.get("https://weather.example/v1/bath", json={})
    assert app.fetch("https://names.example/1") == "Ada"
    assert app.status("shop.example") == 200
    assert app.weather("bath") == 200
