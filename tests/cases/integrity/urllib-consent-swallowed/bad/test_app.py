import io
import json

from app import withdraw


def test_withdraw(mocker):
    urlopen = mocker.patch("app.urllib.request.urlopen", return_value=io.BytesIO(b""))
    assert withdraw("p-7") == {"person": "p-7", "newsletter": False}
    (request,) = urlopen.call_args.args
    assert request.get_method() == "PUT"
    assert json.loads(request.data) == {"person": "p-7", "newsletter": False}
