import respx

from app import LABELS, app


@respx.mock
def test_create():
    respx.put(url__startswith=LABELS).respond(201)
    answer = app.test_client().post("/parcels", json={"address": "Mill Lane 3"})
    assert answer.status_code == 201
    assert len(answer.json["label"]) == 36
