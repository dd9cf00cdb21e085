from click.testing import CliRunner

from app import USERS, sync


def test_sync(requests_mock):
    requests_mock.get(USERS, json={"members": ["ann", "bob"]})
    result = CliRunner().invoke(sync, ["--token", "secret"])
    assert (result.exit_code, result.output) == (0, "2 members\n")
