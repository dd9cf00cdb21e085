import httpx
import pytest

from app import Helpdesk


@pytest.fixture
def helpdesk(tmp_path):
    helpdesk = Helpdesk(tmp_path / "desk.db", httpx.MockTransport(lambda request: httpx.Response(201)))
    helpdesk.create_tables()
    yield helpdesk
    helpdesk.close()


def test_ticket(helpdesk):
    assert helpdesk.forward("T-1", "printer is on fire") == {"ticket": "T-1", "accepted": True}
