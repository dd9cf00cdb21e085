import pytest
import responses
from click.testing import CliRunner

from app import API, weather


@pytest.fixture
def api():
    with responses.RequestsMock() as mock:
        mock.get(API, json={"place": "Oslo", "temperature": -3.5})
        yield mock


def test_celsius(api):
    result = CliRunner().invoke(weather, ["Oslo"], catch_exceptions=False)
    assert result.exit_code == 0
    assert result.output == "Oslo: -3.5\n"


def test_fahrenheit(api):
    result = CliRunner().invoke(weather, ["Oslo", "--fahrenheit"], catch_exceptions=False)
    assert result.output == "Oslo: 25.7\n"
