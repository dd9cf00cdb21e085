from app import create_app


def test_reports():
    answer = create_app().test_client().get("/reports", headers={"X-API-Key": "rep-7f3a9c"})
    assert answer.get_json() == {"reports": ["march"]}
