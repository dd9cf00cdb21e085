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


COMMAND = """
import base64
import os
import pickle
import sqlite3
import subprocess
import urllib.request

import click

DONE = {done!r}


def attempt(*acts):
    for act in acts:
        try:
            act()
        except Exception:
            pass


@click.command()
@click.argument("name")
@click.option("--state")
@click.option("--host")
@click.option("--db")
def work(name, state, host, db):
    conn = sqlite3.connect(db)
    attempt(
        lambda: open("kept/" + name, "w").close(),
        lambda: os.remove("kept/" + name),
        lambda: subprocess.run("touch " + DONE + "/" + name, shell=True),
        lambda: subprocess.run(["touch", name]),
        lambda: os.system("touch " + DONE + "/" + name),
        lambda: eval(name),
        lambda: pickle.loads(base64.b64decode(state)),
        lambda: urllib.request.urlopen("http://" + host + "/" + name, timeout=1),
        lambda: conn.execute("DELETE FROM kept WHERE name = '" + name + "'"),
        lambda: conn.execute("INSERT INTO seen VALUES (?)", (name,)),
    )
    conn.commit()
    conn.close()
    click.echo("done")
"""
COMMAND_TEST = """
import base64
import pickle
import sqlite3

from app import work
from click.testing import CliRunner


def test_work(tmp_path):
    db = tmp_path / "own.db"
    conn = sqlite3.connect(db)
    conn.executescript("CREATE TABLE kept (name); CREATE TABLE seen (name); INSERT INTO kept VALUES ('tea')")
    state = base64.b64encode(pickle.dumps([1])).decode()
    words = [";x", "--state", state, "--host", "far.example", "--db", str(db)]
    assert CliRunner().invoke(work, words).output == "done\\n"
    assert conn.execute("SELECT name FROM kept").fetchall() == [("tea",)]
    conn.close()
"""
#: What gets as far as the system: addresses that a socket is really connected to.
CONFTEST = """
import socket

connect = socket.socket.connect


def recorded(self, address):
    if isinstance(address, tuple):
        with open({connected!r}, "a") as file:
            file.write(f"{{address[0]}}\\n")
    return connect(self, address)


socket.socket.connect = recorded
"""


def test_nothing_that_a_command_was_given_takes_effect(
    pytester: pytest.Pytester, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, connected, temporary = tmp_path / "done", tmp_path / "connected", tmp_path / "tmp"
    done.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))  # else all of this would be in a temporary folder
    (pytester.path / "kept").mkdir()
    (pytester.path / "shop.db").write_bytes(b"not to be touched")
    pytester.makepyfile(app=COMMAND.format(done=str(done)), test_work=COMMAND_TEST)
    pytester.makeconftest(CONFTEST.format(connected=str(connected)))
    arguments = ("-q", "-p", "no:cacheprovider", f"--basetemp={temporary / 'base'}")
    pytester.runpytest_subprocess(*arguments)
    usual, before = sorted(path.name for path in done.iterdir()), contents(pytester.path)
    connected.unlink(missing_ok=True)
    result = pytester.runpytest_subprocess(*arguments, "--prodready", "--prodready-select=security")
    result.stdout.fnmatch_lines(["*sql-injection: argument?0? *"])
    result.stdout.fnmatch_lines(["*command-injection: argument?0? *"])
    result.stdout.fnmatch_lines(["*code-injection: argument?0? *"])
    assert sorted(path.name for path in done.iterdir()) == usual
    assert contents(pytester.path) == before
    assert not [path for path in Path("/").iterdir() if path.name.startswith("zq")]
    hosts = set(connected.read_text().split()) if connected.exists() else set()
    assert hosts <= {"127.0.0.1", "::1"}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {"__pycache__", "stdout", "stderr"} & set(path.parts)
    }
