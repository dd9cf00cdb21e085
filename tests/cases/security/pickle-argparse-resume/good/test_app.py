import base64
import json

from app import main


def test_resume(capsys):
    token = base64.b64encode(json.dumps({"row": 3, "rows": 9}).encode()).decode()
    assert main(["work", "--resume", token]) == 0
    assert capsys.readouterr().out == "row 3 of 9\n"
