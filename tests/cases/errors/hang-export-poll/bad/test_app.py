import responses

from app import app


@responses.activate
def test_export():
    responses.get("https://reports.example/jobs/41", json={"state": "done", "file": "r41.csv"})
    response = app.test_client().get("/exports/41")
    assert response.status_code == 200
    assert response.json == {"job": 41, "file": "r41.csv"}


@responses.activate
def test_failed_export():
    responses.get("https://reports.example/jobs/42", json={"state": "failed", "file": None})
    assert app.test_client().get("/exports/42").status_code == 502
