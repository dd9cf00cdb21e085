import django
import pytest
from django.conf import settings

settings.configure(ROOT_URLCONF="app", ALLOWED_HOSTS=["*"], SECRET_KEY="for tests", DATABASES={})
django.setup()

from django.test import Client  # noqa: E402
from sqlalchemy import create_engine, text  # noqa: E402

import app  # noqa: E402


@pytest.fixture
def archive(tmp_path, monkeypatch):
    engine = create_engine(f"sqlite:///{tmp_path}/archive.db")
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE letters (year INT, title TEXT)"))
        conn.execute(text("INSERT INTO letters VALUES (1911, 'To Ann')"))
    monkeypatch.setattr(app, "engine", engine)
    yield
    engine.dispose()


def test_archived(archive):
    assert Client().get("/archive/1911").json() == {"letters": ["To Ann"]}
