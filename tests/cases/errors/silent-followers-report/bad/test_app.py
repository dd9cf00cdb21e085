from click.testing import CliRunner

from app import ACCOUNTS, report


def test_report(requests_mock):
    for account in ACCOUNTS:
        requests_mock.get(f"https://social.example/{account}", json={"followers": 5})
    result = CliRunner().invoke(report)
    assert (result.exit_code, result.stdout) == (0, "15 followers\n")
