from pictures import name


def test_name():
    assert name("a/b.png") == "b.png"
