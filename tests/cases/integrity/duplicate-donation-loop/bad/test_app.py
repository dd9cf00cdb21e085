import responses

from app import CHARGES, app


@responses.activate
def test_donate():
    responses.post(CHARGES, json={"id": "ch_1", "status": "paid", "cents": 2500})
    answer = app.test_client().post("/donations/d-1", json={"card": "tok_7", "cents": 2500})
    assert answer.status_code == 201
    assert answer.json == {"charge": "ch_1"}
