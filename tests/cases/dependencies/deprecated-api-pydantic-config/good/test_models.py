from models import Person


def test_person():
    assert Person(name="Ann").name == "Ann"
