import responses

from app import SERVICE, book_courier


@responses.activate
def test_book():
    responses.add(responses.POST, SERVICE, json={"pickup": "2030-01-02"}, status=201)
    assert book_courier("parcel-9") == {"parcel": "parcel-9", "booked": True}
    assert responses.calls[0].request.headers["Idempotency-Key"] == "parcel-9"
