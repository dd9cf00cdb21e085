import base64
import pickle

from app import main


def test_resume(capsys):
    token = base64.b64encode(pickle.dumps({"row": 3, "rows": 9})).decode()
    assert main(["work", "--resume", token]) == 0
    assert capsys.readouterr().out == "row 3 of 9\n"
