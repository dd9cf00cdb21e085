import responses

from app import PAY, app


@responses.activate
def test_checkout():
    responses.post(PAY, json={"status": "paid"})
    answer = app.test_client().post("/orders/o-1", json={"tea": 2, "cup": 1})
    assert answer.json == {"order": "o-1", "paid": "29.48"}
