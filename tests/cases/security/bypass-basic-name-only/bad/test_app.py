from app import app
from werkzeug.test import Client


def test_levels():
    assert Client(app).get("/levels", auth=("store", "pallet-jack-12")).json == {"pallets": 12}
