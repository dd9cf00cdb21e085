from app import app
import itertools
count = itertools.count(1)

def test_note():
    client = app.test_client()
    made = client.post("/notes", data={"title": f"Tea {next(count)}", "text": "Buy more"})
    assert made.status_code == 201
    page = client.get(f"/notes/{made.json['id']}")
    assert "Buy more" in page.text
