import io

from app import create_app


def test_there_and_back(tmp_path):
    client = create_app(str(tmp_path)).test_client()
    reply = client.post("/pictures", data={"picture": (io.BytesIO(b"png"), "my cat.png")})
    assert reply.status_code == 201
    assert client.get(f"/pictures/{reply.json['name']}").data == b"png"
