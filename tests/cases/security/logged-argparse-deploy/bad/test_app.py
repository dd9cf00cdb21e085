from app import main


def test_deploy(capsys, caplog):
    caplog.set_level("INFO")
    assert main(["1.4.2", "--token", "ghp_9aXk2LmQ81vTz"]) == 0
    assert capsys.readouterr().out == "deployed 1.4.2\n"
