import io

from app import create_app


def test_mean():
    data = {"file": (io.BytesIO(b"a,1.5\nb,2.5\n"), "day.csv")}
    assert create_app().test_client().post("/measurements", data=data).get_json() == {"mean": 2.0}
