"""Sinks inside the process: when what gets there is code, a command, a way out."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import marshal
import os
import pickle
import subprocess
import zipfile
import zlib
from typing import Any

import pytest

from pytest_prodready.attacks import code, commands, files, hosts, pickles, xml
from pytest_prodready.attacks.leaves import Leaf, leaves
from pytest_prodready.seams import audit
from pytest_prodready.trace import RUN, Attempt, Call, Request, Sink

TOKEN = "zq12345678"


def attempt(attack: str, value: str = "") -> Attempt:
    return Attempt(attack, "query.q", value, TOKEN, Request("GET", "/"))


def leaf(value: str, kind: str = "form") -> Leaf:
    return Leaf(f"{kind}.x", kind, "x", value, lambda new: Request("POST", "/"))


@pytest.mark.parametrize(
    "script",
    [
        f"ping db;{TOKEN}",
        f"ping db && {TOKEN}",
        f"ping db\n{TOKEN}",
        f"ping $({TOKEN})",
        f'echo "a $({TOKEN})"',
        f'echo "`{TOKEN}`"',
        f"echo 'a';{TOKEN} ''",
        f"{TOKEN} now",
    ],
)
def test_a_shell_would_run_it(script: str) -> None:
    assert TOKEN in commands.begins_command(script, TOKEN)


@pytest.mark.parametrize(
    "script",
    [
        f"ping {TOKEN}",
        f"echo 'a;{TOKEN}'",
        f"echo '$({TOKEN})'",
        f'echo "a;{TOKEN}"',
        f'echo "\\$({TOKEN})"',
        f"echo a\\;{TOKEN}",
        f"echo 'it'\"'\"';{TOKEN} '",
    ],
)
def test_a_shell_would_not_run_it(script: str) -> None:
    assert commands.begins_command(script, TOKEN) == ""


@pytest.mark.parametrize(
    ("words", "script"),
    [
        (["/bin/sh", "-c", "ls"], "ls"),
        (["bash", "-lc", "ls $1", "bash", "x"], "ls $1"),
        (["ls", "-c", "x"], ""),
        (["sh", "script.sh", "x"], ""),
    ],
)
def test_script_of_a_shell(words: list[str], script: str) -> None:
    assert commands.script_of(words) == script


@pytest.mark.parametrize(
    ("path", "escapes"),
    [
        (f"/data/uploads/{'../' * 12}{TOKEN}", True),
        (f"/{TOKEN}.txt", True),
        (f"/data/uploads/{TOKEN}", False),
        (f"/data/uploads/..%2f{TOKEN}", False),
        (f"/data/uploads/../{TOKEN}", False),
    ],
)
def test_what_leads_out_is_stopped(path: str, escapes: bool) -> None:
    sink = files._event("open", (path, "r", os.O_RDONLY), attempt("path-traversal"))
    assert sink is not None
    assert (sink.bites, sink.stops) == (escapes, escapes)


def test_who_asks_for_a_file_outside_is_told_that_there_is_one() -> None:
    path = f"/data/{'../' * 12}{TOKEN}"
    asked = files._event("os.stat", (path,), attempt("path-traversal"))
    new = files._event("os.stat", (path + files.NEW,), attempt("path-traversal"))
    assert asked is not None
    assert new is not None
    assert (asked.bites, asked.instead, new.instead) == (False, files.__file__, "")


def test_nothing_is_written_outside_of_temporary_folders() -> None:
    sink = files._event("open", (f"/srv/uploads/{TOKEN}", "w", os.O_WRONLY | os.O_CREAT), attempt("sql-injection"))
    assert sink is not None
    assert (sink.bites, sink.stops) == (False, True)


def test_an_archive_whose_member_leads_out() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", "a")
    value = next(files._values(leaf(made.getvalue().decode("latin-1"), "file"), TOKEN, []))
    assert zipfile.ZipFile(io.BytesIO(value)).namelist() == [files.UP + TOKEN]


@pytest.mark.parametrize(
    ("source", "looks_up"),
    [(f"1+{TOKEN}", True), (f"[{TOKEN} for x in y]", True), (f"'{TOKEN}'", False), (f"self.{TOKEN} = 1", False)],
)
def test_a_name_that_is_looked_up(source: str, looks_up: bool) -> None:
    sink = code._event("exec", (compile(source, "<string>", "exec"),), attempt("code-injection"))
    assert sink is not None
    assert sink.bites is looks_up


@pytest.mark.parametrize("read", ["bytes", "base64", "urlsafe base64", "hex"])
def test_a_pickle_is_known_however_it_is_carried(read: str) -> None:
    value = pickles.CARRIED[read][1](pickle.dumps({"a": 1}))
    assert pickles._fits(leaf(value.decode("latin-1"), "body"))


@pytest.mark.parametrize("value", ["hello.", base64.b64encode(b"picture").decode(), "deadbeef", "", "Mr. Smith."])
def test_what_is_no_pickle(value: str) -> None:
    assert pickles._carrier(leaf(value)) is None


def test_xml_keeps_its_form() -> None:
    first = next(xml._values(leaf("<?xml version='1.0'?><a><b>1</b></a>", "body"), TOKEN, []))
    assert first.startswith('<!DOCTYPE a [<!ENTITY e SYSTEM "file://')
    assert first.endswith("<a><b>&e;</b></a>")
    assert xml.planted(TOKEN) not in first


@pytest.mark.parametrize(
    ("url", "bites"),
    [
        (f"https://169.254.169.254/{TOKEN}", True),
        (f"https://hooks.example.{TOKEN}.invalid/x", True),
        (f"https://hooks.example@{TOKEN}.invalid/x", True),
        (f"https://hooks.example/@169.254.169.254/{TOKEN}", False),
        (f"https://hooks.example/?next=https://{TOKEN}.invalid", False),
        (f"https://outside{TOKEN}.invalid/x", False),
    ],
)
def test_input_decides_the_host(url: str, bites: bool) -> None:
    call = Call("requests", "http", "request", "GET", statement=url)
    sink = hosts._call(call, attempt("server-side-request-forgery"))
    assert sink is not None
    assert sink.bites is bites


def test_a_body_of_any_type_is_a_leaf() -> None:
    request = Request("POST", "/", "", (("content-type", "application/xml"),), b"<a>1</a>")
    body = next(leaf for leaf in leaves(request) if leaf.name == "body")
    assert (body.value, body.put(b"\x80\x04.").body) == ("<a>1</a>", b"\x80\x04.")


def test_a_command_is_heard_of_also_where_a_test_replaced_it(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, Any]] = []
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: "done")
    stand_in, stat = subprocess.run, os.stat

    def listener(event: str, args: tuple[Any, ...]) -> str:
        if event == "subprocess.Popen":
            heard.append((event, args[1]))
        return ""

    before = audit.listen(listener)
    try:
        assert subprocess.run("ls x", shell=True) == "done"  # type: ignore[comparison-overlap]
    finally:
        audit.listen(before)
    assert heard == [("subprocess.Popen", ["/bin/sh", "-c", "ls x"])]
    assert (subprocess.run, os.stat) == (stand_in, stat)


def test_a_sink_tells_what_stands_for_a_file() -> None:
    assert Sink("file", "x").instead == ""


@pytest.mark.parametrize(
    ("event", "args", "stops"),
    [
        ("shutil.rmtree", ("/srv/notes/", None), True),
        ("os.remove", ("/srv/notes/a.txt", -1), True),
        ("os.remove", ("a.txt", 7), False),
        ("os.remove", ("/tmp/notes/a.txt", -1), False),
        ("os.rename", ("/srv/a", "/srv/b", -1, -1), True),
        ("open", ("/srv/notes/a.txt", "r", os.O_RDONLY), False),
    ],
)
def test_nothing_is_lost_outside_of_temporary_folders(
    event: str, args: tuple[Any, ...], stops: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: "/tmp")
    sink = files._event(event, args, attempt("unhandled-input", ""))
    assert (sink is not None and sink.stops) is stops


def command(value: str, *words: str) -> Attempt:
    return Attempt("", "argument[0]", value, TOKEN, Request(RUN, "", words=(*words, value)))


@pytest.mark.parametrize(
    ("value", "path", "own"),
    [
        (f"a{TOKEN}", f"a{TOKEN}", True),
        (f"~/a{TOKEN}", os.path.expanduser(f"~/a{TOKEN}"), True),
        (f"a{TOKEN}", f"a{TOKEN}.bak", True),
        (f"{TOKEN}a.md", f"{TOKEN}a.html", True),
        (TOKEN, f"/srv/notes/{TOKEN}.txt", False),
        (TOKEN, f"notes/{TOKEN}", False),
    ],
)
def test_a_path_that_whoever_runs_a_command_gives_is_his(value: str, path: str, own: bool) -> None:
    sink = files._event("open", (path, "r", os.O_RDONLY), command(value))
    assert sink is not None
    assert sink.kind == ("own file" if own else "file")


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["git", "log", f"--{TOKEN}"], f"--{TOKEN}"),
        (["git", "log", "--", f"--{TOKEN}"], ""),
        (["git", "log", f"x--{TOKEN}"], ""),
        (["sh", "-c", 'ls "$1"', "sh", f"--{TOKEN}"], ""),
    ],
)
def test_an_option_of_another_program(words: list[str], option: str) -> None:
    assert commands.read_as_option(words, TOKEN) == option


@pytest.mark.parametrize("pack", [zlib.compress, gzip.compress, bz2.compress, lzma.compress])
def test_a_pickle_is_known_however_it_is_compressed(pack: Any) -> None:
    carrier = pickles._carrier(leaf(base64.b64encode(pack(pickle.dumps({"a": 1}))).decode()))
    assert carrier is not None
    assert TOKEN.encode() not in carrier(TOKEN)  # compressed again


@pytest.mark.parametrize("value", [{"a": [1]}, [1, 2], (1, 2)])
def test_marshal_is_known(value: object) -> None:
    carrier = pickles._carrier(leaf(base64.b64encode(marshal.dumps(value)).decode()))
    assert carrier is not None
    sink = pickles._event("marshal.loads", (base64.b64decode(carrier(TOKEN)),), attempt("unsafe-deserialization"))
    assert sink is not None
    assert sink.bites


@pytest.mark.parametrize("value", ["{0}", "[1,2]", "(abc)", "()", '{"a": 1}', ")"])
def test_what_is_no_marshal(value: str) -> None:
    assert pickles._carrier(leaf(value)) is None


@pytest.mark.parametrize(
    ("request_", "names"),
    [
        (Request("GET", "/", "a=1"), ["query.*"]),
        (Request("POST", "/", "", (("content-type", "application/x-www-form-urlencoded"),), b"a=1"), ["form.*"]),
        (
            Request("POST", "/", "", (("content-type", "application/json"),), b'{"a": {"b": 1}}'),
            ["json.*", "json.a.*"],
        ),
        (Request("POST", "/", "", (("content-type", "application/json"),), b"[1]"), []),
    ],
)
def test_the_name_of_a_field_is_input(request_: Request, names: list[str]) -> None:
    found = [leaf for leaf in leaves(request_) if leaf.kind == "name"]
    assert [leaf.name for leaf in found] == names
    for leaf in found:
        made = leaf.put(TOKEN)
        assert TOKEN in f"{made.query}{made.body.decode()}"
        assert "a" in f"{made.query}{made.body.decode()}"  # what was there stays
