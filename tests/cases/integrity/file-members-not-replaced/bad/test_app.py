import json

from app import Store


def test_save(tmp_path):
    path = tmp_path / "members.json"
    assert Store(str(path)).save(["ann", "bob"]) == 2
    assert json.loads(path.read_text()) == ["ann", "bob"]
