import zipfile

from takeout import create_app


def test_takeout(tmp_path):
    client = create_app({1: {"shopping": "- milk"}}, tmp_path).test_client()
    reply = client.post("/users/1/takeout")
    assert reply.status_code == 201
    with zipfile.ZipFile(tmp_path / "takeout-1.zip") as archive:
        assert archive.read("shopping.md") == b"- milk"
