from models import Base, Note


def test_models():
    assert Note.__table__ in Base.metadata.sorted_tables
