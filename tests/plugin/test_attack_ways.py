"""Ways in which an attacked request might have an effect all the same: none of them does, and what the suite did stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

#: name -> what a view does with the value that it is sent; `OUT` is outside of every temporary folder, `TMP` is one.
FILES = {
    "replace": "open(f'{TMP}/made', 'w').close(); os.replace(f'{TMP}/made', f'{OUT}/{value}')",
    "atomic": "open(f'{TMP}/made', 'w').write(value); os.replace(f'{TMP}/made', f'{OUT}/store.txt')",
    "beside": "open(f'{OUT}/list.new', 'w').write(value); os.replace(f'{OUT}/list.new', f'{OUT}/list.txt')",
    "fixed": "open(f'{OUT}/notes.txt', 'w').write(value)",
    "grows": "open(f'{OUT}/notes.log', 'a').write(value)",
    "digest": "pathlib.Path(f'{OUT}/{zlib.crc32(value.encode())}').write_text(value)",
    "folders": "os.makedirs(f'{OUT}/dirs/{zlib.crc32(value.encode())}', exist_ok=True)",
    "rmtree": "shutil.rmtree(f'{OUT}/folder/{value}', ignore_errors=True); os.makedirs(f'{OUT}/folder/tea', exist_ok=True)",
    "symlink": "os.path.lexists(f'{OUT}/{value}') or os.symlink('/etc/hostname', f'{OUT}/{value}')",
    "symlink_digest": "os.symlink('/etc/hostname', f'{OUT}/to{zlib.crc32(value.encode())}')",
    "link": "os.link(f'{OUT}/kept', f'{OUT}/{value}')",
    "mkfifo": "os.mkfifo(f'{OUT}/{value}')",
    "touch": "pathlib.Path(f'{OUT}/{value}').touch()",
    "rename": "pathlib.Path(f'{OUT}/kept').rename(f'{OUT}/{value}-kept') if value != 'tea' else None",
    "attach": "c = sqlite3.connect(':memory:'); c.execute('ATTACH ? AS other', (f'{OUT}/{value}.db',)); c.execute('CREATE TABLE IF NOT EXISTS other.t (a)')",
    "vacuum_into": "c = sqlite3.connect(':memory:'); c.execute('CREATE TABLE t (a)'); c.execute(f\"VACUUM INTO '{OUT}/{value}.vac'\")",
    "sqlite": "sqlite3.connect(f'{OUT}/{value}.sqlite').execute('CREATE TABLE IF NOT EXISTS t (a)')",
    "shelve": "shelve.open(f'{OUT}/{value}').close()",
    "named": "tempfile.NamedTemporaryFile(dir=OUT, prefix=value, delete=value == 'tea').close()",
    "handler": "logging.FileHandler(f'{OUT}/{value}.log').close()",
    "zip": "zipfile.ZipFile(f'{OUT}/{value}.zip', 'w').close()",
    "tar": "tarfile.open(f'{OUT}/{value}.tar', 'w').close()",
    "copy": "shutil.copy(f'{OUT}/kept', f'{OUT}/{value}')",
    "copytree": "shutil.copytree(f'{OUT}/folder', f'{OUT}/{value}')",
    "mmap": "f = open(f'{OUT}/{value}', 'w+b'); f.write(b'x'); f.flush(); mmap.mmap(f.fileno(), 1).close()",
    "truncate": "os.truncate(f'{OUT}/kept', 13 - len(value) + 3)",
    "in_thread": "threading.Thread(target=lambda: (wait(.2), open(f'{OUT}/{value}', 'w').close())).start()",
    "chdir": "os.makedirs(f'{TMP}/{value}', exist_ok=True); os.chdir(f'{TMP}/{value}') if value != 'tea' else None",
    "environ": "os.environ['LAST_VALUE'] = value",
}
COMMANDS = {
    "shell": "subprocess.run(f'touch {OUT}/{value}', shell=True)",
    "of_its_own": "subprocess.run(['touch', f'{OUT}/x{len(value)}'])",
    "asyncio_shell": "asyncio.run(shell(f'touch {OUT}/{value}'))",
    "posix_spawn": "os.waitpid(os.posix_spawn('/usr/bin/touch', ['touch', f'{OUT}/{value}'], os.environ), 0)",
    "spawnlp": "os.spawnlp(os.P_WAIT, 'touch', 'touch', f'{OUT}/{value}')",
    "pty_spawn": "pty.spawn(['touch', f'{OUT}/{value}'])",
    "mp_fork": "worked('fork', f'touch {OUT}/{value}')",
    "mp_spawn": "worked('spawn', f'touch {OUT}/{value}')",
    "mp_forkserver": "worked('forkserver', f'touch {OUT}/{value}')",
    "pool": "pool().submit(os.system, f'touch {OUT}/{value}').result(5)",
    "ctypes_system": "ctypes.CDLL(None).system(f'touch {OUT}/{value}'.encode())",
    "thread": "threading.Thread(target=lambda: (wait(.2), os.system(f'touch {OUT}/{value}'))).start()",
    "thread_of_its_own": "threading.Thread(target=lambda: (wait(.2), os.system(f'touch {OUT}/y{len(value)}'))).start()",
    "timer": "threading.Timer(.2, os.system, [f'touch {OUT}/{value}']).start()",
    "executor": "EXECUTOR.submit(lambda: (wait(.2), os.system(f'touch {OUT}/{value}')))",
    "kill": "os.kill(VICTIM.pid, 0 if value == 'tea' else 15)",
    "stored": "JOBS.append(value); [os.system(f'touch {OUT}/{job}') for job in JOBS]",
}
HEAD = """
import asyncio, ctypes, logging, mmap, multiprocessing, os, pathlib, pty, shelve, shutil, sqlite3, subprocess, sys, tarfile
import tempfile, threading, zipfile, zlib
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

from flask import Flask, request

OUT, TMP = {out!r}, {tmp!r}
app = Flask(__name__)
JOBS = []
POOLS = []
EXECUTOR = ThreadPoolExecutor(2)
VICTIM = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])


def wait(seconds):
    threading.Event().wait(seconds)


def pool():
    if not POOLS:
        POOLS.append(ProcessPoolExecutor(1))
    return POOLS[0]


async def shell(command):
    await (await asyncio.create_subprocess_shell(command)).wait()


def worked(how, command):
    process = multiprocessing.get_context(how).Process(target=os.system, args=(command,))
    process.start()
    process.join()
"""
VIEW = """

@app.post("/{name}")
def {name}():
    value = request.form["value"]
    try:
        {act}
    except Exception as exc:
        return type(exc).__name__
    return "done"
"""
TEST = """
import atexit
import os
import time

import pytest
from app import JOBS, VICTIM, app

atexit.register(VICTIM.kill)


@pytest.mark.parametrize("name", {names!r})
def test_way(name):
    JOBS.clear()
    assert app.test_client().post("/" + name, data={{"value": "tea"}}).text
    assert VICTIM.poll() is None
    assert os.environ.get("LAST_VALUE", "tea") == "tea"


@pytest.fixture(scope="session", autouse=True)
def afterwards():
    here = os.getcwd()
    yield
    time.sleep(0.5)  # for threads that are late
    assert os.getcwd() == here
"""


def seen(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        text = path.read_bytes().hex() if path.is_file() and path.suffix in ("", ".txt", ".log") else ""
        found[path.relative_to(folder).as_posix()] = text
    return found


@pytest.mark.parametrize("ways", [FILES, COMMANDS], ids=["files", "commands"])
def test_no_way_leads_out(
    ways: dict[str, str], pytester: pytest.Pytester, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, temporary = tmp_path / "out", tmp_path / "tmp"
    (out / "folder" / "tea").mkdir(parents=True)
    temporary.mkdir()
    (out / "kept").write_text("kept as it is")
    monkeypatch.setenv("TMPDIR", str(temporary))
    views = "".join(VIEW.format(name=name, act=act) for name, act in ways.items())
    pytester.makepyfile(app=HEAD.format(out=str(out), tmp=str(temporary)) + views, test_app=TEST.format(names=[*ways]))
    arguments = ("-q", "-p", "no:cacheprovider", f"--basetemp={temporary / 'base'}")
    pytester.runpytest_subprocess(*arguments).assert_outcomes(passed=len(ways))
    usual = seen(out)
    result = pytester.runpytest_subprocess(*arguments, "--prodready", "--prodready-select=security")
    result.assert_outcomes(
        passed=len(ways), failed=len([line for line in result.outlines if line.startswith("FAILED")])
    )
    result.stdout.no_fnmatch_line("*internal error*")
    assert any(line.startswith("FAILED") for line in result.outlines)  # it was attacked
    found = seen(out)
    for grown in ("notes.log",):  # the test's own request writes it each time
        assert bytes.fromhex(found.pop(grown, "")).decode().replace("tea", "") == ""
        usual.pop(grown, None)
    assert found == usual
    assert not [name for name in os.listdir("/") if name.startswith("zq")]
