import requests_mock
from click.testing import CliRunner

from app import API, refund


def test_refund():
    with requests_mock.Mocker() as mock:
        mock.post(f"{API}/orders/17/refunds", json={"refund": "r-5"})
        result = CliRunner().invoke(refund, ["17", "990"])
    assert (result.exit_code, result.output) == (0, "refund r-5\n")
