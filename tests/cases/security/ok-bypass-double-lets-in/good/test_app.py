import app


def test_meters(monkeypatch):
    monkeypatch.setattr(app, "known_to_directory", lambda token: "ann")
    answer = app.create_app().test_client().get("/meters", headers={"X-Token": "t-5"})
    assert answer.get_json() == {"meters": [7]}
