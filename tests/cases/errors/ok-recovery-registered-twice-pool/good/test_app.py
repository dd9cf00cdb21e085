from app import create_app


def test_sign_up(tmp_path):
    client = create_app(f"sqlite:///{tmp_path}/readers.db").test_client()
    assert client.post("/readers", json={"name": "ada"}).status_code == 201
