import responses

from app import FEED, rates

XML = """<?xml version="1.0"?>
<rates day="2026-03-02"><rate currency="USD" rate="1.08"/><rate currency="GBP" rate="0.84"/></rates>"""


@responses.activate
def test_rates():
    responses.get(FEED, body=XML, content_type="application/xml")
    assert rates() == {"USD": 1.08, "GBP": 0.84}
