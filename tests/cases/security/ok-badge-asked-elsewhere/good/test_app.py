import responses

from app import BADGES, app


@responses.activate
def test_locker():
    responses.get(BADGES, json={"owner": "Ada"})
    reply = app.test_client().get("/locker", headers={"X-Badge": "b7-4412-99f0-a8c31d07e5"})
    assert reply.json == {"owner": "Ada", "locker": 17}


def test_nobody():
    assert app.test_client().get("/locker").status_code == 401
