import responses
from rates import URL, main


@responses.activate
def test_a_rate_asked_for_with_tracebacks(capsys):
    responses.get(URL, json={"rate": 1.08})
    assert main(["EUR", "--traceback"]) == 0
    assert "EUR: 1.08" in capsys.readouterr().out


@responses.activate
def test_the_rate_is_printed(capsys):
    responses.get(URL, json={"rate": 1.17})
    assert main(["USD"]) == 0
    assert "USD: 1.17" in capsys.readouterr().out
