from jobs import version


def test_version():
    assert version().startswith("2.")
