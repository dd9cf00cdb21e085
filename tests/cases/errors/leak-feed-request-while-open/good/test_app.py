import respx
from click.testing import CliRunner

from app import FEED, load


@respx.mock
def test_load(tmp_path):
    respx.get(FEED).respond(json=[{"name": "tea"}, {"name": "milk"}])
    result = CliRunner().invoke(load, [str(tmp_path / "items.db")])
    assert (result.exit_code, result.output) == (0, "2 items\n")
