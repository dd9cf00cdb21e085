import responses

from app import app


@responses.activate
def test_preview():
    responses.get("https://news.example/today", body="Spring is here")
    reply = app.test_client().post("/preview", data={"url": "https://news.example/today"})
    assert reply.get_json() == {"text": "Spring is here"}
