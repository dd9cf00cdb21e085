from app import find, put


def test_find(tmp_path):
    path = tmp_path / "shelves.db"
    put(path, "herbs", {"latin": "salvia", "grams": 20})
    put(path, "herbs", {"latin": "mentha", "grams": 35})
    assert find(path, "herbs", "latin", "mentha") == [("mentha", 35)]
