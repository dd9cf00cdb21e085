import httpx
import respx

from frames import main


@respx.mock
def test_brightest(capsys):
    respx.get("https://meteors.example/nights/225/brightest").mock(return_value=httpx.Response(200, json={"magnitude": -6.5}))
    assert main(["225"]) == 0
    assert capsys.readouterr().out == "brightest: -6.5 mag\n"


@respx.mock
def test_cloudy(capsys):
    respx.get("https://meteors.example/nights/9/brightest").mock(return_value=httpx.Response(404))
    assert main(["9"]) == 0
    assert capsys.readouterr().out == "no meteors\n"
