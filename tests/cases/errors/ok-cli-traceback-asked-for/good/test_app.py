import responses
from rates import URL, main


@responses.activate
def test_a_rate_asked_for_with_tracebacks(capsys):
    responses.get(URL, json={"rate": 1.08})
    assert main(["EUR", "--traceback"]) == 0
    assert "EUR: 1.08" in capsys.readouterr().out
