"""An attack has no effect: what would have one is stopped before."""

from __future__ import annotations

from pathlib import Path

import pytest

APP = """
import os
import pickle
import subprocess

from flask import Flask, request

app = Flask(__name__)
DONE = {done!r}


class Told:
    def __reduce__(self):
        return (open, (DONE + "/unpickled", "w"))


@app.post("/do")
def do():
    name = request.form["name"]
    for act in (
        lambda: open("kept/" + name, "w").close(),
        lambda: os.makedirs("kept/" + name + "/made"),
        lambda: os.remove("kept/" + name),
        lambda: subprocess.run("touch " + DONE + "/$(printf " + name + " | wc -c)", shell=True),
        lambda: os.system("touch " + DONE + "/" + name),
        lambda: os.popen("touch " + DONE + "/popen").close(),
        lambda: exec("open(" + repr(DONE + "/exec") + ", 'w')" + name),
    ):
        try:
            act()
        except Exception:
            pass
    return "done"
"""
TEST = """
import os
import subprocess

from app import DONE, app


def test_do(monkeypatch):
    assert app.test_client().post("/do", data={"name": "; 1"}).text == "done"
    before = sorted(os.listdir(DONE))
    with open(DONE + "/../seen", "a") as file:
        file.write(" ".join(before) + chr(10))
"""


def test_nothing_happens_that_did_not_happen_before(pytester: pytest.Pytester, tmp_path: Path) -> None:
    done = tmp_path / "done"
    done.mkdir()
    (pytester.path / "kept").mkdir()
    pytester.makepyfile(app=APP.format(done=str(done)), test_do=TEST)
    pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider")
    usual = sorted(os_path.name for os_path in done.iterdir())
    kept = sorted(path.name for path in (pytester.path / "kept").iterdir())
    result = pytester.runpytest_subprocess(
        "-q",
        "--prodready",
        "--prodready-select=security",
        "--prodready-ignore=unhandled-input",
        "-p",
        "no:cacheprovider",
    )
    result.stdout.fnmatch_lines(["*command-injection: form.name would have been run*"])
    assert not [path for path in Path("/").iterdir() if path.name.startswith("zq")]
    assert [path.name for path in done.iterdir() if "zq" in path.name] == []
    assert sorted(path.name for path in done.iterdir()) == usual
    assert sorted(path.name for path in (pytester.path / "kept").iterdir() if "zq" not in path.name) == kept
