import pytest

from app import create_app


@pytest.fixture
def client(tmp_path):
    return create_app(f"sqlite:///{tmp_path}/kiosks.db").test_client()


@pytest.mark.parametrize("language, text", [("fi", "Tervetuloa"), ("SV", "Hej"), ("en", "Welcome")])
def test_kiosk_speaks(client, language, text):
    kiosk = client.post("/kiosks", data={"place": "North gate", "language": language})
    assert kiosk.status_code == 201
    reply = client.get(f"/kiosks/{kiosk.json['id']}/welcome")
    assert reply.status_code == 200
    assert reply.text.startswith(text)
