from app import app


def test_order(tmp_path):
    app.config["ORDERS"] = tmp_path
    answer = app.test_client().post("/orders", json={"number": 5, "item": "tea"})
    assert answer.get_json() == {"accepted": True}
    assert (tmp_path / "5.json").exists()
