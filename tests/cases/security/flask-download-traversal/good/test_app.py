from docs_app import create_app


def test_download(tmp_path):
    (tmp_path / "2030").mkdir()
    (tmp_path / "2030" / "invoice.txt").write_text("thank you")
    reply = create_app(tmp_path).test_client().get("/documents", query_string={"name": "2030/invoice.txt"})
    assert reply.status_code == 200
    assert reply.data == b"thank you"
