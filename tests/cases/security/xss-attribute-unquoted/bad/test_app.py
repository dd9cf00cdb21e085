from app import app


def test_weather():
    assert "<h1>York</h1>" in app.test_client().get("/weather?city=York").text
