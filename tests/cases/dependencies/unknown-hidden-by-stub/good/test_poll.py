from poll import first


def test_first():
    assert first([None, 4]) == 4
