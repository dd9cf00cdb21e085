import responses

from trips import Trip, create_app


@responses.activate
def test_book(tmp_path):
    responses.post("https://api.stripe.com/v1/payment_intents",
                   json={"id": "pi_3", "object": "payment_intent", "status": "succeeded", "amount": 4500, "currency": "eur"})
    app = create_app(f"sqlite:///{tmp_path}/trips.db")
    with app.office.sessions.begin() as session:
        session.add(Trip(id=1, seats=2, cents=4500))
    assert app.test_client().post("/trips/1/bookings", data={"card": "pm_card1"}).status_code == 201
    with app.office.sessions() as session:
        assert session.get(Trip, 1).seats == 1
