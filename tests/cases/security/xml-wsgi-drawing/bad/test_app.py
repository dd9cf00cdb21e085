from werkzeug.test import Client

from app import application


def test_caption():
    form = {"svg": "<svg><title>A house</title></svg>"}
    assert Client(application).post("/caption", data=form).text == "A house"
