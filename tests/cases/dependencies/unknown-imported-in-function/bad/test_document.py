from document import render


def test_render():
    assert render(["a", "b"]) == "a\nb"
