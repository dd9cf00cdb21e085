import app  # noqa: F401
from django.core.management import call_command
from django.db import connection


def carts():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM carts ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_prune():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS carts (id, state, changed)")
        cursor.execute("DELETE FROM carts")
        cursor.execute("INSERT INTO carts VALUES (1, 'open', '2024-01-01'), (2, 'dropped', '2024-01-01')")
    call_command("prune", "dropped", before="2024-06-01")
    assert carts() == [1]
