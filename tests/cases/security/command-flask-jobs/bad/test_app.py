from app import create_app


def test_jobs():
    client = create_app().test_client()
    assert client.post("/jobs", data={"title": "holiday film"}).status_code == 202
    assert client.post("/jobs/run").json["done"] >= 1
