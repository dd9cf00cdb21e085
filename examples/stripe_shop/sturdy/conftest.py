import sqlite3
from contextlib import closing

import pytest

from shop import create_app
from shop.db import init_db


@pytest.fixture
def database(tmp_path):
    path = str(tmp_path / "shop.db")
    init_db(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.executemany(
            "INSERT INTO products (id, name, price, stock) VALUES (?, ?, ?, ?)",
            [(1, "Teapot", 2500, 10), (2, "Cup", 600, 40)],
        )
        connection.commit()
    return path


@pytest.fixture
def stripe_account(payment_api):
    """A payment provider on this machine, which the stripe SDK takes for Stripe."""
    return payment_api.use()


@pytest.fixture
def client(database, stripe_account):
    config = {
        "TESTING": True,
        "DATABASE": database,
        "STRIPE_API_KEY": stripe_account.api_key,
        "STRIPE_WEBHOOK_SECRET": stripe_account.webhook_secret,
    }
    return create_app(config).test_client()


@pytest.fixture
def stock(database):
    """How many teapots there are."""

    def read():
        with closing(sqlite3.connect(database)) as connection:
            return connection.execute("SELECT stock FROM products WHERE id = 1").fetchone()[0]

    return read
