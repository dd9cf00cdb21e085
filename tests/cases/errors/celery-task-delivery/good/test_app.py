import responses

from shipping.db import Parcel, Session
from shipping.tasks import book_parcel


@responses.activate
def test_book(parcel):
    responses.post("https://api.carrier.example/v1/labels", json={"label": "L-42", "price": "4.20"})
    book_parcel.delay(parcel)
    with Session() as session:
        row = session.get(Parcel, parcel)
        assert (row.status, row.label) == ("booked", "L-42")


def test_unknown_parcel(parcel):
    book_parcel.delay(99)
