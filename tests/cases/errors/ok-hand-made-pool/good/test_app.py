import json
import sqlite3
from wsgiref.util import setup_testing_defaults

import pytest

from app import SCHEMA, Names


@pytest.fixture
def call(tmp_path):
    conn = sqlite3.connect(tmp_path / "votes.db")
    conn.execute(SCHEMA)
    conn.close()
    app = Names(tmp_path / "votes.db")

    def call(method, path):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path}
        setup_testing_defaults(environ)
        seen = []
        body = b"".join(app(environ, lambda status, headers: seen.append(status)))
        return seen[0], json.loads(body)

    yield call
    app.close()


def test_vote(call):
    for name in ("Momo", "Kira", "Momo"):
        assert call("POST", f"/votes/panda/{name}")[0] == "201 Created"
    assert call("GET", "/votes/panda")[1]["ranking"] == [["Momo", 2], ["Kira", 1]]


def test_nothing(call):
    assert call("GET", "/votes/yak")[1] == {"animal": "yak", "ranking": []}
    assert call("GET", "/etc")[0] == "404 Not Found"
