import sqlite3
from contextlib import closing

import pytest
import responses
from click.testing import CliRunner

from quotes import SCHEMA, refresh


@pytest.fixture
def path(tmp_path, monkeypatch):
    with closing(sqlite3.connect(tmp_path / "auction.db")) as conn:
        conn.execute(SCHEMA)
    monkeypatch.setenv("AUCTION_DB", str(tmp_path / "auction.db"))
    return tmp_path / "auction.db"


@responses.activate
def test_refresh(path):
    responses.get("https://auction.example/quotes/cod", json={"price": 4.35, "kilos": 420})
    result = CliRunner().invoke(refresh, ["cod"])
    assert (result.exit_code, result.output) == (0, "cod: 420 kg\n")
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT round(price_cents), kilos FROM quotes WHERE kind = 'cod'").fetchone() == (435, 420)


@responses.activate
def test_new_quote(path):
    responses.get("https://auction.example/quotes/plaice", json={"price": 4.5, "kilos": 80})
    assert CliRunner().invoke(refresh, ["plaice"]).exit_code == 0
