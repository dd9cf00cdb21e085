import responses
from click.testing import CliRunner

from app import count


@responses.activate
def test_count():
    responses.get("https://blog.example/feed.json", json={"entries": [{"id": 1}, {"id": 2}]})
    result = CliRunner().invoke(count, ["https://blog.example/feed.json"])
    assert result.exit_code == 0
    assert result.output == "2 entries\n"
