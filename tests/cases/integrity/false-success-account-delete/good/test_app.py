import pytest

from app import delete_account


class Reply:
    def __init__(self, status_code):
        self.status_code = status_code


@pytest.mark.parametrize("status", [204, 404])
def test_delete(mocker, status):
    delete = mocker.patch("app.requests.delete", return_value=Reply(status))
    assert delete_account("u-77") is True
    delete.assert_called_once_with("https://crm.example/people/u-77", timeout=10)


def test_odd_id():
    with pytest.raises(ValueError):
        delete_account("../all")
