import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from app import Base, Member, engine, joined


@pytest.fixture(autouse=True)
def club(tmp_path, monkeypatch):
    monkeypatch.setenv("CLUB_DB", f"sqlite:///{tmp_path / 'club.db'}")
    Base.metadata.create_all(engine())
    with Session(engine()) as session:
        session.add_all([Member(name="Ada", month=3), Member(name="Bob", month=3), Member(name="Cy", month=4)])
        session.commit()


def test_joined():
    result = CliRunner().invoke(joined, ["3"])
    assert result.exit_code == 0
    assert result.output == "2 joined: Ada, Bob\n"


def test_no_such_month():
    assert CliRunner().invoke(joined, ["13"]).exit_code == 2
