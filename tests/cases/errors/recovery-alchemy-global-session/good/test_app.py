from app import app


def test_a_note_is_kept():
    response = app.test_client().post("/notes", json={"text": "milk"})
    assert response.status_code == 201
