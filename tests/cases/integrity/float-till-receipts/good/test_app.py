from app import open_till


def test_sell(tmp_path):
    till = open_till(tmp_path / "till.db")
    assert till.sell({"bun": 3, "loaf": 1}) == "5.25"
