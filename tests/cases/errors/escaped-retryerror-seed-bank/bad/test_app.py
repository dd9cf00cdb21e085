import httpx
import pytest
import respx
from click.testing import CliRunner

from seedbank import cli


@pytest.fixture
def catalogue():
    with respx.mock(base_url="https://seeds.example/api") as mock:
        yield mock


def test_rate(catalogue):
    tests = [{"sown": 50, "sprouted": 48}, {"sown": 50, "sprouted": 42}]
    catalogue.get("/accessions/TRI-77").mock(return_value=httpx.Response(200, json={"tests": tests}))
    result = CliRunner().invoke(cli, ["rate", "TRI-77"])
    assert (result.exit_code, result.output) == (0, "TRI-77: 90 %\n")


def test_low_rate(catalogue):
    tests = [{"sown": 20, "sprouted": 10}]
    catalogue.get("/accessions/HOR-5").mock(return_value=httpx.Response(200, json={"tests": tests}))
    assert "regenerate" in CliRunner().invoke(cli, ["rate", "HOR-5"]).output


def test_unknown(catalogue):
    catalogue.get("/accessions/HOR-6").mock(return_value=httpx.Response(404))
    assert CliRunner().invoke(cli, ["rate", "HOR-6"]).exit_code == 1
