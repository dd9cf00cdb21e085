from django.test import Client


def start(**changes):
    form = {"plate": "HH PK 207", "return_url": "https://mall.example/basket?step=3"}
    return Client().post("/stays", form | changes)


def test_driver_goes_back():
    stay = start()
    assert stay.status_code == 201
    reply = Client().get(f"/stays/{stay.json()['id']}/finish")
    assert reply.status_code == 302
    assert reply["Location"] == "https://mall.example/basket?step=3"


def test_plate_is_checked():
    assert start(plate="?").json() == {"fields": ["plate"]}
