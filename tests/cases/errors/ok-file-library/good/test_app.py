import pytest

from app import load, save


def test_round(tmp_path):
    save(tmp_path / "points.ini", {"ann": "3"})
    assert load(tmp_path / "points.ini") == {"ann": "3"}


def test_odd(tmp_path):
    (tmp_path / "odd.ini").write_text("ann")
    with pytest.raises(ValueError):
        load(tmp_path / "odd.ini")
