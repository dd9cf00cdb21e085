import pytest

from members import Members
from members.models import Base


@pytest.fixture
def members(tmp_path):
    members = Members(f"sqlite:///{tmp_path}/members.db")
    Base.metadata.create_all(members.engine)
    yield members
    members.close()


@pytest.mark.parametrize("name", ["Ann", "Bob"])
def test_join(members, name):
    assert members.join(name) == {"name": name, "welcome": True}
    assert members.knows(name)


def test_stranger(members):
    assert not members.knows("Eve")
