import app
import pytest
from freezegun import freeze_time


class Christmas(app.date):
    @classmethod
    def today(cls):
        return cls(2030, 12, 25)


def test_greeting(monkeypatch):
    monkeypatch.setattr(app, "date", Christmas)
    assert app.greeting("Ann") == "Happy Christmas, Ann!"


@freeze_time("2031-01-01 12:00")
def test_new_year():
    assert app.is_season()
    assert app.greeting("Bob") == "Happy New Year, Bob!"


@pytest.fixture
def eve():
    with freeze_time("2030-12-31 08:00"):
        yield


def test_eve(eve):
    assert app.greeting("Cy") == "Happy New Year's Eve, Cy!"
