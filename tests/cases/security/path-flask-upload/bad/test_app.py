import io

from app import app


def test_picture_is_stored(tmp_path):
    app.config["UPLOADS"] = str(tmp_path)
    picture = (io.BytesIO(b"picture"), "me.png")
    reply = app.test_client().post("/avatar", data={"picture": picture})
    assert reply.status_code == 201
    assert (tmp_path / "me.png").read_bytes() == b"picture"
