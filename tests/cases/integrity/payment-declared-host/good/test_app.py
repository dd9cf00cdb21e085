import io
import sqlite3

import app
import pytest
from click.testing import CliRunner


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "club.db")
    conn.execute("CREATE TABLE members (id TEXT PRIMARY KEY, cents INTEGER, paid INTEGER)")
    conn.execute("INSERT INTO members VALUES ('ann', 6000, 0)")
    conn.commit()
    conn.close()
    return tmp_path / "club.db"


def test_dues(path, monkeypatch):
    monkeypatch.setattr(app, "urlopen", lambda request, timeout: io.BytesIO(b'{"state": "SETTLED", "cents": 6000}'))
    result = CliRunner().invoke(app.dues, [str(path)])
    assert result.exit_code == 0
    assert result.output == "ann has paid\n"
