from app import create_app

client = create_app().test_client()


def test_term():
    assert client.get("/term", query_string={"term": "2*(3+4)"}).json == {"value": 14}


def test_list():
    assert client.post("/list", data="[1, 2, 'three']", content_type="text/plain").json == {"total": 3}


def test_call():
    assert client.get("/call/sqrt/16").json == {"value": 4.0}
