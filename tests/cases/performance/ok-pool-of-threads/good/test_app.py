import responses

from app import app


@responses.activate
def test_prices():
    for number in range(1, 6):
        responses.get(f"https://prices.example/articles/{number}", json={"price": number})
    assert app.test_client().get("/prices?articles=1,2,3,4,5").get_json() == [1, 2, 3, 4, 5]
