from table import rows


def test_rows():
    assert rows("a,1\nb,2\n") == [["a", "1"], ["b", "2"]]
