from updates import newest


def test_newest(site):
    assert newest(f"{site}/version.json") == (2, 10, 3)
