from app import main


def test_badge(capsys):
    assert main(["258"]) == 0
    assert capsys.readouterr().out.startswith("0102")


def test_too_large(capsys):
    assert main(["70000"]) == 2
