import unittest

from grid import create_app


class GridTest(unittest.TestCase):
    def setUp(self):
        self.client = create_app([((208, 54), 5)]).test_client()

    def test_risk_is_high_where_lightning_was(self):
        reply = self.client.get("/risk?lat=52.1&lon=13.6")
        self.assertEqual(reply.status_code, 200)
        self.assertEqual(reply.json, {"strikes": 5, "risk": "high"})

    def test_strike_is_counted(self):
        reply = self.client.post("/strikes", data={"lat": "-1.5", "lon": "30.0"})
        self.assertEqual(reply.status_code, 201)
        self.assertEqual(self.client.get("/risk?lat=-1.4&lon=30.1").json["strikes"], 1)

    def test_out_of_the_world(self):
        self.assertEqual(self.client.get("/risk?lat=91&lon=0").status_code, 400)
