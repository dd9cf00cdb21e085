import responses

from app import Surveyor
from gauge import Gauge

BASE = "https://water.authority.example/api"


def serve(levels):
    for station, cm in levels.items():
        responses.get(f"{BASE}/stations/{station}/level", json={"station": station, "cm": cm})


@responses.activate
def test_flood():
    serve({"bridge": 655, "lower": 390})
    survey = Surveyor(Gauge(BASE)).run(["bridge", "lower"])
    assert survey.above(600) == ["bridge"]
    assert survey.silent == ()


@responses.activate
def test_one_worker():
    serve({"upper": 120})
    assert Surveyor(Gauge(BASE), workers=1).run(["upper"]).levels == {"upper": 120}
