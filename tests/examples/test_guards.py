"""Each guard keeps some clean application clean: taken away, that application turns red."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from .sweeping import Sweep, marks, run

CASES = Path(__file__).parents[1] / "cases"

PATCH = """
import contextlib
from dataclasses import replace
import pytest_prodready.attacks.code as code
import pytest_prodready.attacks.commands as commands
import pytest_prodready.attacks.files as files
import pytest_prodready.attacks.headers as web_headers
import pytest_prodready.attacks.hosts as hosts
import pytest_prodready.attacks.markup as markup
import pytest_prodready.attacks.origins as origins
import pytest_prodready.attacks.records as records
import pytest_prodready.attacks.sql as sql
import pytest_prodready.attacks.templates as templates
import pytest_prodready.checks.dependencies as dependencies
import pytest_prodready.checks.errors as errors
import pytest_prodready.checks.integrity as integrity
import pytest_prodready.checks.integrity.false_success as false_success
import pytest_prodready.checks.integrity.partial_write as partial_write
import pytest_prodready.checks.integrity.unverified_payment as unverified
import pytest_prodready.checks.performance as performance
import pytest_prodready.checks.performance._loops as loops
import pytest_prodready.checks.security as security
import pytest_prodready.faults._webhooks as webhooks
import pytest_prodready.faults.drivers.incoming as incoming
import pytest_prodready.seams.clock as clock
import pytest_prodready.seams.files as files_seam
import pytest_prodready.seams.sqlalchemy as sqlalchemy_seam
import pytest_prodready.raised as raised
import pytest_prodready.source as source
import pytest_prodready.sweep.outcome as outcome
import pytest_prodready.sweep.recover as recover
import pytest_prodready.sweep.sweeper as sweeper
import pytest_prodready.trace as trace

"""


@dataclass(frozen=True)
class Guard:
    """`clean` is a case of the table, or the files of a small application; `gone` takes the guard away."""

    name: str
    clean: str | dict[str, str]
    gone: str
    check: str


def app(source: str, test: str) -> dict[str, str]:
    return {"app.py": source, "test_app.py": test}


def case(name: str) -> dict[str, str]:
    """The good application of a case of security."""
    folder = CASES / "security" / name / "good"
    return {file: (folder / file).read_text() for file in ("app.py", "test_app.py")}


def whole(name: str) -> dict[str, str]:
    """A clean case of the table, to add to."""
    folder = CASES / name / "good"
    return {file: (folder / file).read_text() for file in ("app.py", "test_app.py")}


def strict(check: str) -> dict[str, str]:
    """A warning counts as an error."""
    return {"pytest.ini": f"[pytest]\nprodready_levels = {check}=error\n"}


ROUTE = """
import sqlite3

from flask import Flask

app = Flask(__name__)


@app.errorhandler(500)
def sorry(error):
    return "sorry", 500


@app.get("/")
def show():
    return str(sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0])
"""
GET = "from app import app\n\n\ndef test_show():\n    assert app.test_client().get('/').text == '1'\n"

LAYER = """
import sqlite3

from flask import Flask

app = Flask(__name__)


def number():
    return sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0]


@app.errorhandler(sqlite3.Error)
def sorry(error):
    return "sorry", 503


@app.get("/")
def show():
    return str(number())
"""
LAYER_TEST = "from app import app, number\n\n\ndef test_number():\n    assert number() == 1\n\n\ndef test_show():\n    assert app.test_client().get('/').text == '1'\n"

OWN = """
import sqlite3


class StoreError(Exception):
    pass


def number():
    try:
        return sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0]
    except sqlite3.Error as exc:
        raise StoreError("no number") from exc
"""
OWN_TEST = "import app\n\n\ndef test_number():\n    assert app.number() == 1\n"

PASSED_IN = "def number(conn):\n    return conn.execute('SELECT 1').fetchone()[0]\n"
PASSED_IN_TEST = (
    "import sqlite3\n\nimport app\n\n\ndef test_number():\n    assert app.number(sqlite3.connect(':memory:')) == 1\n"
)

TESTS_OWN = "def double(n):\n    return 2 * n\n"
TESTS_OWN_TEST = "import sqlite3\n\nimport app\n\n\ndef test_double():\n    assert app.double(sqlite3.connect(':memory:').execute('SELECT 2').fetchone()[0]) == 4\n"

SAVE = """
import logging
import sqlite3

log = logging.getLogger(__name__)


def save(path, note):
    try:
        with sqlite3.connect(path) as conn:
            conn.execute("INSERT INTO notes VALUES (?)", (note,))
    except sqlite3.Error:
        log.{level}("not saved")
        {then}
    return True
"""
SAVE_TEST = """
import sqlite3

import pytest

import app


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.executescript("CREATE TABLE notes (note); CREATE TABLE outbox (note)")
    conn.close()
    return tmp_path / "x.db"


def test_save(path):
    assert app.save(path, "tea")
"""
RETRY = """
import sqlite3
import time


class NotSaved(Exception):
    pass


def save(path, note):
    for pause in (1, 2, 4, None):
        try:
            with sqlite3.connect(path) as conn:
                conn.execute("INSERT INTO notes VALUES (?)", (note,))
            return True
        except sqlite3.Error as exc:
            if pause is None:
                raise NotSaved from exc
            time.sleep(pause)
"""
REPLY = """
import requests


def send(note):
    try:
        reply = requests.post("https://notes.example/", json={"note": note}, timeout=5)
        reply.raise_for_status()
    except requests.RequestException as exc:
        raise RuntimeError("not sent") from exc
    return "sent"
"""
REPLY_TEST = "import responses\n\nimport app\n\n\n@responses.activate\ndef test_send():\n    responses.post('https://notes.example/', json={'id': 1})\n    assert app.send('tea') == 'sent'\n"

LINK = """
import httpx
from flask import Flask

app = Flask(__name__)


@app.get("/")
def show():
    try:
        name = httpx.get("https://names.example/first", timeout=5).json()["name"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        name = "nobody"
    return f"{name}, see https://names.example/first", 200 if name != "nobody" else 503
"""
LINK_TEST = "import respx\n\nfrom app import app\n\n\n@respx.mock\ndef test_show():\n    respx.get('https://names.example/first').respond(json={'name': 'Ann'})\n    assert app.test_client().get('/').text.startswith('Ann')\n"

ABORT = """
import sqlite3

from werkzeug.exceptions import abort


def number():
    try:
        return sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0]
    except sqlite3.Error:
        abort(503)
"""

BESIDE = LAYER.replace("return str(number())", 'return "1"')

ELSEWHERE = """
import socket

import requests


class NoRate(Exception):
    pass


def rate():
    try:
        return requests.get("https://rates.example/eur", timeout=5).json()["eur"]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        try:
            socket.create_connection(("203.0.113.1", 80), timeout=1).close()
        except OSError as exc:
            raise NoRate from exc
        raise NoRate
"""
ELSEWHERE_TEST = """
import responses

import app


@responses.activate
def test_rate():
    responses.get("https://rates.example/eur", json={"eur": 2})
    assert app.rate() == 2
"""

#: A page that names what failed, in a sentence of its own.
SAYS = """
import sqlite3

from flask import Flask

app = Flask(__name__)


@app.get("/")
def show():
    try:
        return str(sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0])
    except sqlite3.Error:
        return "{}", 503
"""
HOST = """
import httpx
from flask import Flask

app = Flask(__name__)


@app.get("/")
def show():
    try:
        return str(httpx.get("https://names.example/first", timeout=5).json()["name"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return "names.example does not answer", 503
"""

CACHED = """
import sqlite3


def number():
    try:
        return sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0]
    except sqlite3.Error:
        return 1
"""

LOOKS = """
import contextlib
import sqlite3


class NotSaved(Exception):
    pass


def saved(path, note):
    with contextlib.closing(sqlite3.connect(path)) as conn:
        return conn.execute("SELECT note FROM notes WHERE note = ?", (note,)).fetchone() is not None


def save(path, note):
    try:
        with contextlib.closing(sqlite3.connect(path)) as conn:
            conn.execute("INSERT INTO notes VALUES (?)", (note,))
            conn.commit()
    except sqlite3.Error as exc:
        try:
            found = saved(path, note)
        except sqlite3.Error:
            found = False
        if not found:
            raise NotSaved from exc
    return True
"""

TWICE = """
import contextlib
import sqlite3


class NotSaved(Exception):
    pass


def write(path, note):
    with contextlib.closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("INSERT INTO notes VALUES (?)", (note,))


def save(path, note):
    try:
        write(path, note)
        return True
    except sqlite3.Error:
        pass
    try:
        write(path, note)
        return True
    except sqlite3.Error as exc:
        raise NotSaved from exc
"""

SECOND = """
import requests


class NotSent(Exception):
    pass


def send(note):
    for host in ("first.example", "second.example"):
        try:
            requests.post(f"https://{host}/notes", json={"note": note}, timeout=5).raise_for_status()
            return "sent"
        except requests.RequestException:
            continue
    raise NotSent
"""
SECOND_TEST = """
import responses

import app


@responses.activate
def test_send():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.post("https://first.example/notes")
        mock.post("https://second.example/notes")
        assert app.send("tea") == "sent"
"""

REFUSED = """
import contextlib
import sqlite3

from flask import Flask

app = Flask(__name__)


@app.post("/login")
def login():
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect("x.db")) as conn, conn:
        conn.execute("INSERT INTO payments VALUES ('refused')")
    return "wrong password", 401
"""
REFUSED_TEST = """
import contextlib
import sqlite3

from app import app


def test_login(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with contextlib.closing(sqlite3.connect("x.db")) as conn:
        conn.execute("CREATE TABLE payments (what)")
    assert app.test_client().post("/login").status_code == 401
"""


NAMES_FILE = """
import os
import sqlite3

import click


@click.command()
def show():
    path = os.environ["SHOW_DB"]
    try:
        click.echo(sqlite3.connect(path).execute("SELECT 1").fetchone()[0])
    except sqlite3.Error as exc:
        raise click.ClickException(f"{path} cannot be read, is the disk mounted?") from exc
"""
LOGS = """
import logging
import os
import sqlite3
import sys

import click

log = logging.getLogger("show")


@click.command()
def show():
    log.addHandler(logging.StreamHandler(sys.stderr))
    try:
        click.echo(sqlite3.connect(os.environ["SHOW_DB"]).execute("SELECT 1").fetchone()[0])
    except sqlite3.Error:
        log.exception("nothing to show")
        raise SystemExit(1) from None
"""
NAMES_FILE_TEST = """
from click.testing import CliRunner

from app import show


def test_show(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOW_DB", str(tmp_path / "x.db"))
    assert CliRunner().invoke(show).exit_code == 0
"""

#: Two parts, the second of which is tried until it is stored.
SECOND_PART = """
import contextlib
import sqlite3


class NotSaved(Exception):
    pass


def write(path, statement, note):
    with contextlib.closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(statement, (note,))


def save(path, note):
    try:
        write(path, "INSERT INTO notes VALUES (?)", note)
    except sqlite3.Error as exc:
        raise NotSaved from exc
    for last in (False, True):
        try:
            write(path, "INSERT INTO titles VALUES (?)", note.title())
            return 1 + last
        except sqlite3.Error as exc:
            if last:
                raise NotSaved from exc
"""
SECOND_PART_TEST = SAVE_TEST.replace("outbox (note)", "titles (note)")

PINGS = """
import requests


def ping(times):
    failed = 0
    for _ in range(times):
        try:
            requests.post("https://bell.example/rings", json={"long": True}, timeout=5).raise_for_status()
        except requests.RequestException:
            failed += 1
    return failed
"""
PINGS_TEST = """
import responses

import app


@responses.activate
def test_ping():
    responses.post("https://bell.example/rings")
    assert app.ping(3) == 0
"""

TWICE_BY_DEFAULT = """
import time

import requests
from requests.adapters import HTTPAdapter


class NoRate(Exception):
    pass


session = requests.Session()
session.mount("https://", HTTPAdapter(max_retries=3))


def rate():
    for pause in (1, None):
        try:
            return int(session.get("https://rates.example/eur", timeout=3).json()["eur"])
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            if pause is None:
                raise NoRate from exc
            time.sleep(pause)
"""

STRICT = {"pytest.ini": "[pytest]\nprodready_levels = silent-failure=error\n"}
TOLD_ABOVE = (
    LAYER.replace("import sqlite3\n", "import contextlib\nimport logging\nimport sqlite3\n", 1)
    .replace(
        '    return sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0]\n',
        '    with contextlib.suppress(sqlite3.Error):\n        return sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0]\n',
    )
    .replace(
        "    return str(number())\n",
        '    found = number()\n    if found is None:\n        logging.error("no number")\n    return str(found)\n',
    )
)
LENIENT = """
import logging

import httpx


def rate(client):
    try:
        client.get("https://rates.example/eur").raise_for_status()
    except httpx.HTTPError:
        logging.warning("no rate")
    return "asked"
"""
LENIENT_TEST = """
import httpx

import app


def test_rate():
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"eur": 2}))
    with httpx.Client(transport=transport) as client:
        assert app.rate(client) == 'asked'
"""
HELPER = """
import sqlite3

from flask import Flask

app = Flask(__name__)


@app.get("/")
def show():
    return "1"


def prepare(path):
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE names (name)")
    conn.close()
"""
HELPER_TEST = "from app import app, prepare\n\n\ndef test_show(tmp_path):\n    prepare(tmp_path / 'x.db')\n    assert app.test_client().get('/').text == '1'\n"

DECIDES = """
import sqlite3

import requests


def pay(path):
    try:
        reply = requests.post("https://pay.example/charges", json={"cents": 500}, timeout=5)
        reply.raise_for_status()
        status = "paid" if reply.json()["status"] == "succeeded" else "waiting"
        with sqlite3.connect(path) as conn:
            conn.execute("INSERT INTO orders (status) VALUES (?)", (status,))
    except (requests.RequestException, ValueError, LookupError, TypeError, sqlite3.Error) as exc:
        raise RuntimeError("not paid") from exc
    return "success"
"""
TOLD = DECIDES.replace('"waiting"', '"open"').replace("cents", "amount")
DECIDES_TEST = """
import sqlite3

import pytest
import responses

import app


@responses.activate
def test_ping():
    responses.post("https://bell.example/rings")
    assert app.ping(3) == 0
@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.execute("CREATE TABLE orders (status)")
    conn.close()
    return tmp_path / "x.db"


@responses.activate
def test_pay(path):
    responses.post("https://pay.example/charges", json={"id": "ch_1", "status": "succeeded", "amount": 500})
    app.pay(path)
"""
ACCEPTED = """
import sqlite3
from contextlib import closing

import requests
from flask import Flask

app = Flask(__name__)


@app.post("/pay")
def pay():
    try:
        reply = requests.post("https://pay.example/charges", json={"cents": 500}, timeout=5)
        reply.raise_for_status()
        final = reply.json()["status"] == "succeeded"
        with closing(sqlite3.connect(app.config["DB"])) as conn, conn:
            conn.execute("INSERT INTO receipt VALUES ('printed when it is settled')")
    except (requests.RequestException, ValueError, LookupError, TypeError, sqlite3.Error):
        return "not paid", 502
    return ("paid", 200) if final else ("we will tell you", 202)
"""
ACCEPTED_TEST = """
import sqlite3

import responses
from app import app


@responses.activate
def test_pay(tmp_path):
    app.config["DB"] = tmp_path / "x.db"
    conn = sqlite3.connect(app.config["DB"])
    conn.execute("CREATE TABLE receipt (status)")
    conn.close()
    responses.post("https://pay.example/charges", json={"id": "ch_1", "status": "succeeded"})
    assert app.test_client().post("/pay").text == "paid"
"""
SWITCHED_OFF = """
import hmac
import os
import sqlite3

from flask import Flask, request

app = Flask(__name__)


@app.errorhandler(sqlite3.Error)
def sorry(error):
    return "sorry", 503


@app.post("/webhooks/pay")
def hook():
    secret = os.environ.get("SECRET")
    if secret and not hmac.compare_digest(secret, request.headers.get("X-Secret", "")):
        return "no", 401
    with sqlite3.connect(os.environ["DB"]) as conn:
        conn.execute("INSERT INTO payments VALUES (?)", (str(request.get_json(silent=True)),))
    return "thanks"
"""
SWITCHED_OFF_TEST = """
import sqlite3

from app import app


def test_hook(tmp_path, monkeypatch):
    monkeypatch.setenv("DB", str(tmp_path / "x.db"))
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.execute("CREATE TABLE payments (event)")
    conn.close()
    assert app.test_client().post("/webhooks/pay", json={"type": "payment", "amount": 5}).text == "thanks"
"""

#: The rates of the day are loaded each morning.
SEEDED = """
from datetime import date

RATES = {}


def rate():
    return RATES[date.today().isoformat()]
"""
SEEDED_TEST = """
from datetime import date

import pytest

import app


@pytest.fixture(autouse=True)
def rates():
    app.RATES[date.today().isoformat()] = 2


def test_rate():
    assert app.rate() == 2
"""
TRAVELS_TEST = """
import pytest
import time_machine

import app


@pytest.fixture(autouse=True)
def in_2030():
    with time_machine.travel("2030-05-05 12:00", tick=False):
        yield


def test_rate():
    app.RATES["2030-05-05"] = 2
    assert app.rate() == 2
"""

ABOUT = """
import time
from datetime import date


def parse(text):
    started = time.time()
    try:
        return date.fromisoformat(text), time.time() - started
    finally:
        print(time.time())
"""
ABOUT_TEST = "import pytest\n\nimport app\n\n\ndef test_parse():\n    with pytest.raises(ValueError):\n        app.parse('tea')\n"

NO_SUCH_DAY = """
from datetime import date


class NoSuchDay(Exception):
    pass


def in_a_year():
    today = date.today()
    try:
        return today.replace(year=today.year + 1)
    except ValueError as exc:
        raise NoSuchDay from exc
"""
NO_SUCH_DAY_TEST = "import app\n\n\ndef test_in_a_year():\n    assert app.in_a_year()\n"

REFUSES_DAY = """
from datetime import date

from flask import Flask

app = Flask(__name__)


def in_a_year():
    today = date.today()
    return today.replace(year=today.year + 1)


@app.get("/")
def show():
    try:
        return in_a_year().isoformat()
    except ValueError:
        return "not on 29 February", 409
"""
REFUSES_DAY_TEST = "from app import app, in_a_year\n\n\ndef test_in_a_year():\n    assert in_a_year()\n\n\ndef test_show():\n    assert app.test_client().get('/').status_code == 200\n"


COLUMNS = """
import dataclasses

from flask import Flask, request

app = Flask(__name__)


@app.get("/")
def show():
    try:
        return str(len(dataclasses.fields(dataclasses.make_dataclass("Row", request.args["columns"].split(",")))))
    except (TypeError, KeyError):
        return "no columns", 400
"""
COLUMNS_TEST = (
    "from app import app\n\n\ndef test_show():\n    assert app.test_client().get('/?columns=a,b').text == '2'\n"
)

ANY_HOST = """
import ipaddress
from urllib.parse import urlsplit

import requests
from flask import Flask, request

app = Flask(__name__)


def is_inside(host):
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


@app.get("/")
def show():
    try:
        if is_inside(urlsplit(request.args["url"]).hostname):
            return "not inside", 400
        return requests.get(request.args["url"], timeout=5).text
    except (requests.RequestException, ValueError, KeyError):
        return "no page", 502
"""
ANY_HOST_TEST = """
import requests_mock

from app import app


def test_show():
    with requests_mock.Mocker() as mock:
        mock.get("https://news.example/today", text="spring")
        assert app.test_client().get("/?url=https://news.example/today").text == "spring"
"""


OWN_500 = """
from flask import Flask, request

app = Flask(__name__)


class NoSuchRoom(Exception):
    pass


@app.get("/rooms")
def rooms():
    if request.args.get("name") != "attic":
        raise NoSuchRoom
    return "free"
"""
OWN_500_TEST = (
    "from app import app\n\n\ndef test_rooms():\n    assert app.test_client().get('/rooms?name=attic').text == 'free'\n"
)
TAGS = """
import sqlite3

from flask import Flask, request

app = Flask(__name__)
conn = sqlite3.connect(":memory:", check_same_thread=False)
conn.execute("CREATE TABLE tags (name TEXT UNIQUE)")


@app.post("/tags")
def add():
    with conn:
        conn.execute("INSERT INTO tags VALUES (?)", (request.form.get("name", "")[:8].strip("\\x00"),))
    return "ok"
"""
TAGS_TEST = """
from app import app, conn


def test_tag():
    assert app.test_client().post("/tags", data={"name": "red"}).text == "ok"
    conn.execute("DELETE FROM tags")
"""
CHANCE = """
import sqlite3


def visit(path, name, password):
    with sqlite3.connect(path) as conn:
        conn.execute("INSERT INTO visits (kind) VALUES ('guest')")
        conn.execute("INSERT INTO visits (kind) VALUES (?)", ("guest" if len(password) < 6 else "member",))
    conn.close()
"""
CHANCE_TEST = """
import sqlite3

from app import visit


def test_visit(tmp_path):
    conn = sqlite3.connect(tmp_path / "visits.db")
    conn.execute("CREATE TABLE visits (kind TEXT)")
    conn.close()
    visit(tmp_path / "visits.db", "ann", "guest")
"""
SALTED = """
import hashlib
import os
import sqlite3


def add(path, name, password):
    salt = os.urandom(8)
    digest = hashlib.sha256(salt + password.encode()).hexdigest()
    with sqlite3.connect(path) as conn:
        conn.execute("INSERT INTO people VALUES (?, ?, ?)", (name, salt.hex(), digest))
    conn.close()
"""
SALTED_TEST = """
import sqlite3

from app import add


def test_add(tmp_path):
    conn = sqlite3.connect(tmp_path / "people.db")
    conn.execute("CREATE TABLE people (name TEXT, salt TEXT, hash TEXT)")
    conn.close()
    add(tmp_path / "people.db", "ann", "wet-paint-2")
"""
COMMON = """
import logging

from flask import Flask, request

log = logging.getLogger(__name__)
app = Flask(__name__)


@app.post("/password")
def change():
    log.warning("password changed by %d characters", len(request.form.get("password", "")))
    return "ok"
"""
COMMON_TEST = "from app import app\n\n\ndef test_change():\n    assert app.test_client().post('/password', data={'password': 'password'}).text == 'ok'\n"
SECURITY = {"pytest.ini": "[pytest]\nprodready_select = security\n"}

CORS_FOR_ALL = """
from flask import Flask

app = Flask(__name__)


@app.after_request
def allow(response):
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@app.get("/prices")
def prices():
    return {"tea": 3}
"""
CORS_FOR_ALL_TEST = (
    "from app import app\n\n\ndef test_prices():\n    assert app.test_client().get('/prices').json == {'tea': 3}\n"
)

SCRIPT_FILE = """
from flask import Flask, Response

app = Flask(__name__)


@app.get("/widget.js")
def widget():
    return Response("show('prices')", mimetype="text/javascript")
"""
SCRIPT_FILE_TEST = "from app import app\n\n\ndef test_widget():\n    assert app.test_client().get('/widget.js').text == \"show('prices')\"\n"

READS_FILE = """
import click


@click.command()
@click.argument("path")
def count(path):
    with open(path) as file:
        click.echo(len(file.readlines()))
"""
READS_FILE_TEST = """
from click.testing import CliRunner

from app import count


def test_count(tmp_path):
    (tmp_path / "list.txt").write_text("tea")
    assert CliRunner().invoke(count, [str(tmp_path / "list.txt")]).output == "1\\n"
"""

CONSOLE = """
import sqlite3

import click


@click.command()
@click.argument("sql")
def query(sql):
    try:
        conn = sqlite3.connect(":memory:")
        try:
            rows = conn.execute(sql).fetchall()
        finally:
            conn.close()
    except (sqlite3.Error, sqlite3.Warning) as exc:
        raise click.ClickException(str(exc))
    click.echo(rows)
"""
CONSOLE_TEST = """
from click.testing import CliRunner

from app import query


def test_query():
    assert CliRunner().invoke(query, ["SELECT 1 + 1"]).output == "[(2,)]\\n"
"""

#: Tests that switch the limits of their application off.
LIMIT_OFF = """
from flask import Flask, abort, current_app, request, session

app = Flask(__name__)
app.secret_key = "for tests only"
app.config["RATELIMIT_ENABLED"] = True
failed = {}


@app.post("/login")
def login():
    name = request.form.get("name", "")
    if current_app.config["RATELIMIT_ENABLED"] and failed.get(name, 0) >= 5:
        abort(429)
    if request.form.get("password") != "correct horse":
        failed[name] = failed.get(name, 0) + 1
        return {"error": "wrong"}, 401
    session["name"] = name
    return {"ok": True}
"""
LIMIT_OFF_TEST = """
from app import app


def test_login():
    app.config["RATELIMIT_ENABLED"] = False
    reply = app.test_client().post("/login", data={"name": "ann", "password": "correct horse"})
    assert reply.json == {"ok": True}
"""

OPTIONAL = """
import os
from pathlib import Path

from flask import Flask, abort

app = Flask(__name__)


@app.get("/")
def banner():
    try:
        return Path(os.environ["BANNER"]).read_text()
    except FileNotFoundError:
        return "welcome"
    except OSError:
        abort(503)
"""
OPTIONAL_TEST = """
from app import app


def test_banner(tmp_path, monkeypatch):
    (tmp_path / "banner.txt").write_text("hello")
    monkeypatch.setenv("BANNER", str(tmp_path / "banner.txt"))
    assert app.test_client().get("/").text == "hello"
"""
NOTE = """
import os
from pathlib import Path

import click


@click.command()
def note():
    try:
        click.echo((Path(os.environ["HOME"]) / "note.txt").read_text())
    except OSError as exc:
        raise click.ClickException(str(exc)) from exc
"""
NOTE_TEST = """
from click.testing import CliRunner

from app import note


def test_note(tmp_path, monkeypatch):
    (tmp_path / "note.txt").write_text("hello")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert CliRunner().invoke(note).output == "hello\\n"
"""

GUARDS = [
    Guard("a cache may be lost", "integrity/ok-file-cache-best-effort/good", "files_seam.of_no_weight = lambda path, function: False", "false-success"),
    Guard("a file that comes with the project is there", "errors/ok-file-comes-along/good", "files_seam._is_theirs = lambda path, frame: False", "escaped-exception"),
    Guard("what this request has written it can read", "errors/ok-file-read-back/good", "files_seam.known.sure = lambda path: None", "escaped-exception"),
    Guard("click has looked whether a file can be read", {**whole("errors/ok-file-click-has-looked"), **strict("escaped-exception")}, "files_seam.known.sure = lambda path: None", "escaped-exception"),
    Guard("a file that source asked about is there", "errors/ok-file-exists-asked/good", "files_seam.known.sure = lambda path: None", "escaped-exception"),
    Guard("without its configuration an application does not start", {**whole("errors/ok-file-config-at-import"), **strict("escaped-exception")}, "files_seam.IMPORTING = 'never'", "escaped-exception"),
    Guard("of a function on files an OSError is expected", "errors/ok-file-library/good", "errors.EscapedException.doubtful = staticmethod(lambda view: False)", "escaped-exception"),
    Guard("whoever runs a command names the files that it reads", "integrity/django-ok-command-prints/good", "errors.EscapedException.named_by_caller = staticmethod(lambda view: False)", "escaped-exception"),
    Guard("a file need not be there", {**app(OPTIONAL, OPTIONAL_TEST), **strict("silent-failure")}, "errors.SilentFailure.absent = staticmethod(lambda view: False)", "silent-failure"),
    Guard("whoever runs a command knows its files", app(NOTE, NOTE_TEST), "errors.LeakedInternals.is_hidden = staticmethod(lambda view, target: True)", "leaked-internals"),
    Guard("a file of this machine holds up nobody", "errors/file-avatar-put/good", "performance.BlockingCall.is_quick = staticmethod(lambda call: False)", "blocking-call"),
    Guard("a handler for everything is a handler", app(ROUTE, GET), "errors.EscapedException.unanswered = staticmethod(lambda entry: entry.error is not None)", "escaped-exception"),
    Guard("an exception of source's own is no foreign one", app(OWN, OWN_TEST), "errors.EscapedException.foreign = staticmethod(lambda error: True)", "escaped-exception"),
    Guard("a raise statement in source decides", app(OWN, OWN_TEST), "raised._raised_here = lambda *args: False", "escaped-exception"),
    Guard("a unit test of an inner layer is no boundary", app(LAYER, LAYER_TEST), "errors.EscapedException.inner_layer = staticmethod(lambda view: False)\nerrors.EscapedException.doubtful = staticmethod(lambda view: False)", "escaped-exception"),
    Guard("a session of the test's is so behind a double too", "errors/escaped-session-with-double/good", "import pytest_prodready.seams.stand_ins_requests as seam\nseam._own_caller = lambda types: None", "escaped-exception"),
    Guard("a connection that the test passed in is the test's", app(PASSED_IN, PASSED_IN_TEST), "errors.EscapedException.doubtful = staticmethod(lambda view: False)", "escaped-exception"),
    Guard("calls that the test makes itself are never failed", app(TESTS_OWN, TESTS_OWN_TEST), "source.SourceMap.is_test = lambda self, name, parts: False", "escaped-exception"),
    Guard("a test double that cannot serve says nothing", "errors/ok-single-use-double/good", "raised.DOUBLES = ()", "escaped-exception"),
    Guard("a mock of a whole module says nothing", "errors/ok-patched-module-except-clause/good", "raised.CATCHING = 'never'", "escaped-exception"),
    Guard("a double's error is judged by nobody", "errors/ok-single-use-double/good", "sweeper._unjudged = lambda trace, entry: None\nerrors.EscapedException.foreign = staticmethod(lambda error: True)", "escaped-exception"),
    Guard("what is always shown is not leaked", app(LINK, LINK_TEST), "errors.LeakedInternals.usually_shown = staticmethod(lambda view: '')", "leaked-internals"),
    Guard("another answer is no success", app(SAVE.format(level="warning", then="return False"), SAVE_TEST), "integrity.FalseSuccess.answered_as_success = staticmethod(lambda view, control: True)", "false-success"),
    Guard("an answer that says no is no success", "integrity/ok-answer-says-no/good", "false_success.says_no = lambda value: False", "false-success"),
    Guard("a double says nothing of success", "integrity/ok-answer-of-a-double/good", "trace.Outcome.is_double = False", "false-success"),
    Guard("a lost effect that was logged as an error is a warning", app(SAVE.format(level="error", then="pass"), SAVE_TEST), "integrity.FalseSuccess.told = staticmethod(lambda view, ours: False)", "false-success"),
    Guard("a retry makes it good", app(RETRY, SAVE_TEST), "integrity.FalseSuccess.tried_again = staticmethod(lambda *args: False)", "false-success"),
    Guard("an outbox makes it good", "integrity/ok-outbox-same-answer/good", "integrity.FalseSuccess.taken_over = staticmethod(lambda *args: False)", "false-success"),
    Guard("a malformed reply is no failed operation", app(REPLY, REPLY_TEST), "integrity.FalseSuccess.lost = lambda self, view: view.call.effect", "false-success"),
    Guard("a time-out of an adapter is one", "errors/ok-timeout-adapter/good", "import pytest_prodready.seams.requests as seam\nseam.decides_timeout = seam._overrides_timeout = lambda *args: False", "no-timeout"),
    Guard("who hands on the options of the caller decides no time-out", "errors/no-timeout-handed-on/good", "errors.NoTimeout.of_the_caller = staticmethod(lambda call: False)", "no-timeout"),
    Guard("a framework's own exception is an answer", app(ABORT, OWN_TEST), "raised.FRAMEWORK = frozenset()", "escaped-exception"),
    Guard("in a suite that drives entries, another call is doubtful", app(BESIDE, LAYER_TEST), "errors.EscapedException.doubtful = staticmethod(lambda view: view.call.passed_in)", "escaped-exception"),
    Guard("what the socket guard raises is not the application's", app(ELSEWHERE, ELSEWHERE_TEST), "raised.BLOCKED = frozenset()", "escaped-exception"),
    Guard("what the socket guard raises is judged by nobody", app(ELSEWHERE, ELSEWHERE_TEST), "sweeper._unjudged = lambda trace, entry: None\nerrors.EscapedException.foreign = staticmethod(lambda error: True)", "escaped-exception"),
    Guard("a short statement is no secret", app(SAYS.format("we could not SELECT 1"), GET), "errors.LeakedInternals.telling = staticmethod(bool)", "leaked-internals"),
    Guard("a database in memory has no path", app(SAYS.format("nothing in :memory: today"), GET), "errors.LeakedInternals.is_path = staticmethod(bool)", "leaked-internals"),
    Guard("a host that source names in a sentence is no leak", app(HOST, LINK_TEST), "errors.LeakedInternals.put_there_by_library = staticmethod(lambda *args: True)", "leaked-internals"),
    Guard("a read has no effect that could be lost", app(CACHED, OWN_TEST), "integrity.FalseSuccess.concerns = lambda *args: True\nintegrity.FalseSuccess.tried_again = staticmethod(lambda *args: False)", "false-success"),
    Guard("an effect that happened is not lost", app(LOOKS, SAVE_TEST), "integrity.FalseSuccess.lost = lambda self, view: self.concerns(view.call.effect, view.fault)", "false-success"),
    Guard("a refusal stays one", app(REFUSED, REFUSED_TEST), "integrity.FalseSuccess.answered_as_success = staticmethod(lambda view, control: view.same)", "false-success"),
    Guard("a retry on another line is one", app(TWICE, SAVE_TEST), "false_success.unit_of = lambda trace, entry: [c for c in trace.calls if c.entry is entry]", "false-success"),
    Guard("a task that is tried again was thought of", "errors/ok-dramatiq-retries/good", "errors.EscapedException.expected = staticmethod(lambda *args: False)", "escaped-exception"),
    Guard("what the user of a command said is no secret to him", "errors/ok-click-url-of-the-user/good", "errors.LeakedInternals.said_by_user = staticmethod(lambda *args: False)", "leaked-internals"),
    Guard("a command names its file in a sentence of its own", app(NAMES_FILE, NAMES_FILE_TEST), "errors.LeakedInternals.message_shown = staticmethod(lambda *args: True)", "leaked-internals"),
    Guard("what a command logs is no answer", app(LOGS, NAMES_FILE_TEST), "errors.LeakedInternals.without_log = staticmethod(lambda view, outcome: outcome.body + outcome.errors)", "leaked-internals"),
    Guard("what a command prints is part of how it ended", "integrity/ok-argparse-says-so/good", "before = outcome._data\noutcome._data = lambda o: ['exit', o.status] if o.kind == 'exit' else before(o)", "false-success"),
    Guard("a second provider makes it good", app(SECOND, SECOND_TEST), "integrity.FalseSuccess.taken_over = staticmethod(lambda *args: False)", "false-success"),
    Guard("a request that cannot be made twice anyway", "errors/ok-recovery-registered-twice-pool/good", "errors.NoRecovery.fails_anyway = staticmethod(lambda view: False)", "no-recovery"),
    Guard("a circuit breaker that goes by the calendar closes again", "errors/ok-recovery-breaker-by-date/good", "recover.calendar_ahead = lambda offset: contextlib.nullcontext()", "no-recovery"),
    Guard("a circuit breaker that goes by the clock closes again", "errors/recovery-switched-off-for-good/good", "recover.LATER = 1.0", "no-recovery"),
    Guard("a later part that a retry stored is not lost", app(SECOND_PART, SECOND_PART_TEST), "integrity.PartialWrite.missing = staticmethod(lambda ours, usual: [w for p in partial_write.parts_of(usual) for w in p.writes])", "partial-write"),
    Guard("a record of an attempt may stay", "integrity/ok-gift-card-attempts/good", "integrity.PartialWrite.of_no_weight = staticmethod(lambda write: False)", "partial-write"),
    Guard("the number of a version is no amount", "integrity/ok-claimed-by-version/good", "partial_write.takes_away = lambda write: True", "partial-write"),
    Guard("what was taken back did not stay", "integrity/partial-box-office-charge/good", "integrity.PartialWrite.compensated = staticmethod(lambda *args: False)", "partial-write"),
    Guard("a mark is set by the next run of the job", "integrity/ok-payout-pending-first/good", "integrity.PartialWrite.repeated_by_a_job = staticmethod(lambda *args: False)", "partial-write"),
    Guard("a batch that is done again may hold what has no weight", "errors/hang-archive-batches/good", "integrity.PartialWrite.of_no_weight = staticmethod(lambda write: write.operation == 'write archive'); integrity.PartialWrite.repeated_by_a_job = (lambda old: staticmethod(lambda stayed, done, lost: old(stayed, stayed, lost)))(integrity.PartialWrite.repeated_by_a_job)", "partial-write"),
    Guard("rows of a list stand for themselves", "integrity/django-import-command/good", "integrity.PartialWrite.independent = staticmethod(lambda *args: False)", "partial-write"),
    Guard("a table that gets another form loses nothing", "integrity/partial-tables-split/good", "integrity.PartialWrite.passing = staticmethod(lambda usual: set())", "partial-write"),
    Guard("a command to a full-text table is no data", "integrity/ok-full-text-optimize/good", "partial_write.is_command = lambda call: False", "partial-write"),
    Guard("a step of a migration is made again with its version", "integrity/partial-migration-version-first/good", "integrity.PartialWrite.of_a_version = staticmethod(lambda *args: False)", "partial-write"),
    Guard("another success that was logged is no half one", "integrity/ok-audit-trail-best-effort/good", "integrity.PartialWrite.told = staticmethod(lambda *args: False)", "partial-write"),
    Guard("what was certainly not served may be sent again", "integrity/ok-hotel-not-served/good", "integrity.DuplicateEffect.ambiguous = staticmethod(lambda call, fault: True)", "duplicate-effect"),
    Guard("PUT does the same however often it is sent", "integrity/ok-label-put-own-id/good", "integrity.DuplicateEffect.repeatable = staticmethod(lambda call: not call.effect)\nintegrity.DuplicateEffect.known_again = staticmethod(lambda *args: False)", "duplicate-effect"),
    Guard("a POST that only asks may be sent again", "integrity/ok-translate-by-post/good", "integrity.DuplicateEffect.repeatable = staticmethod(lambda call: False)", "duplicate-effect"),
    Guard("the other side knows a request by its key", "integrity/ok-milk-key-in-body/good", "integrity.DuplicateEffect.known_again = staticmethod(lambda *args: False)", "duplicate-effect"),
    Guard("who asks first sends nothing twice", "integrity/ok-top-up-asks-first/good", "integrity.DuplicateEffect.asked_first = staticmethod(lambda *args: False)", "duplicate-effect"),
    Guard("equal requests that are always sent are no repetition", app(PINGS, PINGS_TEST), "integrity.DuplicateEffect.delivered_again = staticmethod(lambda call, ours, usual: next((c for c in ours if c.number > call.number), None))", "duplicate-effect"),
    Guard("figures are no money", "integrity/ok-sales-statistics/good", "integrity.FloatMoney.figures = staticmethod(lambda call: False)", "float-money"),
    Guard("rates and measures are no money", "integrity/ok-bill-rates-and-measures/good", "integrity.FloatMoney.of_other_kind = staticmethod(lambda *args: False)", "float-money"),
    Guard("an amount with a unit is no money", "integrity/ok-recipe-amounts/good", "integrity.FloatMoney.measured = staticmethod(lambda *args: False)", "float-money"),
    Guard("what SQLAlchemy makes of a Decimal is not what source gave", "integrity/float-invoice-column/good", "sqlalchemy_seam._as_given = lambda parameters, *args: parameters", "float-money"),
    Guard("what fails on any later day is no calendar's", app(SEEDED, SEEDED_TEST), "sweeper.Sweeper._fails_anyway = lambda *args: False", "calendar-error"),
    Guard("a test with a time of its own keeps it", app(SEEDED, TRAVELS_TEST), "clock._travelling = lambda: False\nsweeper.Sweeper._fails_anyway = lambda *args: False", "calendar-error"),
    Guard("an exception that the test is about", app(ABOUT, ABOUT_TEST), "integrity.CalendarError.usual = staticmethod(lambda *args: False)", "calendar-error"),
    Guard("a calendar that source objects to", app(NO_SUCH_DAY, NO_SUCH_DAY_TEST), "integrity.CalendarError.foreign = staticmethod(lambda error: True)", "calendar-error"),
    Guard("a calendar that the route above knows of", app(REFUSES_DAY, REFUSES_DAY_TEST), "integrity.CalendarError.inner_layer = staticmethod(lambda view: False)", "calendar-error"),
    Guard("an import that source does without", "dependencies/ok-fallback-imports/good", "dependencies.UndeclaredDependency.does_without = staticmethod(lambda one: False)", "undeclared-dependency"),
    Guard("an import for type checkers, or for another platform", "dependencies/ok-typing-and-platform/good", "dependencies.UndeclaredDependency.does_without = staticmethod(lambda one: False)", "undeclared-dependency"),
    Guard("an extra that is declared declares what it brings", "dependencies/ok-extra-brings-it/good", "before = dependencies.UndeclaredDependency.is_declared\ndependencies.UndeclaredDependency.is_declared = staticmethod(lambda project, one: one.top != 'greenlet' and before(project, one))", "undeclared-dependency"),
    Guard("what a framework's manual tells to import", "dependencies/ok-family-of-flask/good", "dependencies.UndeclaredDependency.doubt = staticmethod(lambda project, one: 'error')", "undeclared-dependency"),
    Guard("what nothing declares cannot be undeclared", "dependencies/ok-nothing-declared/good", "dependencies.UndeclaredDependency.blind = lambda self, project: None", "undeclared-dependency"),
    Guard("what comes from an address needs no index", "dependencies/ok-from-elsewhere/good", "import pytest_prodready.dependencies.gather as gather\nfrom dataclasses import replace\nbefore = gather.declarations\ndef indirect(*args):\n    found = before(*args)\n    return replace(found, requirements=tuple(replace(one, direct=False) for one in found.requirements))\ngather.declarations = indirect", "unknown-dependency"),
    Guard("an index of their own may know the name", "dependencies/ok-index-of-their-own/good", "dependencies.UnknownDependency.own_index = staticmethod(lambda project: False)", "unknown-dependency"),
    Guard("an old tool is no part of the application", "dependencies/ok-old-tool-of-developers/good", "dependencies.DeprecatedDependency.whose = staticmethod(lambda project, name: 'error')", "deprecated-dependency"),
    Guard("what another one asks for cannot be changed here", "dependencies/ok-inactive-behind-another/good", "dependencies.DeprecatedDependency.whose = staticmethod(lambda project, name: 'error')", "deprecated-dependency"),
    Guard("a pin that the tests did not run with", {"app.py": "import yaml\n\n\ndef read(text):\n    return yaml.safe_load(text)\n", "test_app.py": "import app\n\n\ndef test_read():\n    assert app.read('1') == 1\n", "requirements.txt": "pyyaml==5.3\n"}, "dependencies.VulnerableDependency.installed = staticmethod(lambda hit: True)", "vulnerable-dependency"),
    Guard("an advisory that was withdrawn is none", "dependencies/ok-advisory-withdrawn/good", "import pytest_prodready.dependencies.advisories as advisories\nbefore = advisories._of_records\nadvisories._of_records = lambda source, records, *more: before(source, [{**one, 'withdrawn': None} for one in records], *more)", "vulnerable-dependency"),
    Guard("a need of another platform or extra", "dependencies/ok-needs-of-other-places/good", "import pytest_prodready.dependencies.installed as installed\ninstalled._applies = lambda *args: True", "broken-requirement"),
    Guard("an import that source does without", "dependencies/ok-removed-name-guarded/good", "from pytest_prodready.dependencies import imported\nimported._catches = lambda kind: False\ndependencies.DeprecatedApi.level = 'error'", "deprecated-api"),
    Guard("source that announces its own deprecation", "dependencies/ok-own-deprecation/good", "dependencies.DeprecatedApi.announced = staticmethod(lambda one: False)\ndependencies.DeprecatedApi.level = 'error'", "deprecated-api"),
    Guard("a table that is dropped again was a probe", "integrity/ok-probe-dropped-table/good", "integrity.FalseSuccess.passing = staticmethod(lambda *args: False)", "false-success"),
    Guard("a loop over items is no retry", "errors/ok-storm-items-of-a-list/good", "errors.RetryStorm.of_one_kind = staticmethod(lambda view, usual: (view.trace.calls, []))", "retry-storm"),
    Guard("waits that the test takes away are waits", "errors/ok-storm-sleep-stubbed/good", "import re\nimport pytest_prodready.seams.pacing as pacing\npacing.WAITS = re.compile('(?!)')", "retry-storm"),
    Guard("a request with a new token is another one", "errors/ok-storm-token-renewed/good", "errors.RetryStorm.refused_for_good = staticmethod(lambda view, made: next((c.status for c in made[:-1] if c.status == 401), None))", "retry-storm"),
    Guard("the first attempt of a client's policy is no retry", "errors/ok-storm-adapter-policy/good", "errors.RetryStorm.most = staticmethod(lambda attempts: 5)", "retry-storm"),
    Guard("what a client does by default was nobody's decision", app(TWICE_BY_DEFAULT, ELSEWHERE_TEST), "errors.RetryStorm.sent = staticmethod(lambda view, call: call.tries)", "retry-storm"),
    Guard("a steady poll is no storm", "errors/async-wait-for-ready/good", "errors.RetryStorm.steady = staticmethod(lambda *args: False)", "retry-storm"),
    Guard("who polls in the ordinary run does not retry", "errors/ok-poll-stubbed-sleep/good", "errors.RetryStorm.polls = staticmethod(lambda *args: False)\nerrors.RetryStorm.steady = staticmethod(lambda *args: False)", "retry-storm"),
    Guard("who waits before he asks in vain is warned only", "errors/fastapi-stock-tenacity/good", "errors.RetryStorm.paced = staticmethod(lambda *args: False)", "retry-storm"),
    Guard("a lock that nobody lets go shows how often it is tried, and no more", "errors/django-ok-retry-in-test-transaction/good", "import pytest_prodready.checks as checks\nchecks.Check.of_lasting = True", "escaped-exception"),
    Guard("who never closes leaks nothing", "errors/ok-leak-never-closed/good", "errors.LeakedConnection.never_closes = staticmethod(lambda theirs: False)\nerrors.LeakedConnection.left = staticmethod(lambda lease: False)", "leaked-connection"),
    Guard("a finalizer closes when the collector likes", "errors/leak-notes-finalizer/good", "errors.LeakedConnection.by_hand = staticmethod(lambda lease: lease.closed)", "leaked-connection"),
    Guard("a connection that cannot be set up is nobody's", "errors/ok-leak-set-up-fails/good", "errors.LeakedConnection.set_up = staticmethod(lambda *args: False)", "leaked-connection"),
    Guard("a helper of the test is no part of the application", app(HELPER, HELPER_TEST), "errors.LeakedConnection.doubtful = staticmethod(lambda view: False)\nerrors.EscapedException.doubtful = staticmethod(lambda view: True)", "leaked-connection"),
    Guard("the end of a with block leaves little", "errors/starlette-catch-all/good", "errors.LeakedConnection.left = staticmethod(lambda lease: False)", "leaked-connection"),
    Guard("who makes a session closes it", "errors/ok-leak-session-of-the-test/good", "import pytest_prodready.seams.sqlalchemy as seam\nseam.maker = lambda *args: 'source'", "leaked-connection"),
    Guard("an event of an error tracker tells", "errors/ok-silent-sentry/good", "errors.SilentFailure.told = staticmethod(lambda view: False)", "silent-failure"),
    Guard("an attempt that succeeds makes it good", "errors/ok-silent-second-attempt/good", "errors.SilentFailure.made_good = staticmethod(lambda *args: False)", "silent-failure"),
    Guard("what the test switched off might have told", "errors/ok-silent-logging-off-in-tests/good", "errors.SilentFailure.inconclusive = staticmethod(lambda view: False)", "silent-failure"),
    Guard("an inner layer leaves it to others to tell", {**app(TOLD_ABOVE, LAYER_TEST), **STRICT}, "errors.SilentFailure.inner_layer = staticmethod(lambda view: False)", "silent-failure"),
    Guard("an odd reply that is read as any other is no failure", {**app(LENIENT, LENIENT_TEST), **STRICT}, "errors.SilentFailure.swallowed = staticmethod(lambda *args: True)", "silent-failure"),
    Guard("who answers otherwise has seen it", app(ACCEPTED, ACCEPTED_TEST), "unverified.served = lambda *args: True", "unverified-payment"),
    Guard("who does not do what is done for a paid order has seen it", "integrity/payment-mollie-amount/good", "integrity.UnverifiedPayment.did_the_same = staticmethod(lambda *args: True)\nunverified.PAID = unverified.re.compile('')\nunverified.SAFE_METHODS = ()", "unverified-payment"),
    Guard("a status of the application's own is a decision", app(DECIDES, DECIDES_TEST), "integrity.UnverifiedPayment.decided_otherwise = staticmethod(lambda *args: False)", "unverified-payment"),
    Guard("what is written down as it was said is seen", "integrity/ok-payment-status-stored/good", "integrity.UnverifiedPayment.decided_otherwise = integrity.UnverifiedPayment.recorded = staticmethod(lambda *args: False)\nintegrity.UnverifiedPayment.was_told = staticmethod(lambda *args: False)\nunverified.PAID = unverified.re.compile('')", "unverified-payment"),
    Guard("a later answer of the provider decides", "integrity/ok-payment-captured-later/good", "integrity.UnverifiedPayment.asked_again = staticmethod(lambda *args: False)", "unverified-payment"),
    Guard("the provider was told the amount", app(TOLD, DECIDES_TEST), "integrity.UnverifiedPayment.was_told = staticmethod(lambda *args: False)", "unverified-payment"),
    Guard("a flag that nobody reads is doubtful", "errors/django-payment-in-checkout/good", "integrity.UnverifiedPayment.only_a_flag = staticmethod(lambda *args: False)", "unverified-payment"),
    Guard("the provider was asked about the webhook", "integrity/ok-payment-webhook-asks-provider/good", "integrity.UnverifiedPayment.asked_the_provider = staticmethod(lambda *args: False)", "unverified-payment"),
    Guard("a double that verifies says nothing", "integrity/ok-payment-webhook-double/good", "incoming.verified_by_double = lambda: False", "unverified-payment"),
    Guard("what is looked up is only shown", "integrity/ok-payment-back-office/good", "unverified.SAFE_METHODS = ()", "unverified-payment"),
    Guard("a source that verifies may have switched it off in its suite", app(SWITCHED_OFF, SWITCHED_OFF_TEST), "webhooks.VERIFIES = ()", "unverified-payment"),
    Guard("who only asks whether a file is there opens none", "security/path-fastapi-report/good", "files.only_asks = lambda event: False", "path-traversal"),
    Guard("an argument of a command is no command", "security/command-fastapi-words/good", "commands.begins_command = lambda script, token: token if token in script else ''", "command-injection"),
    Guard("an argument of a script is no script", "security/command-wsgi-grep/good", "commands.script_of = lambda words: words[-2]", "command-injection"),
    Guard("a name that a library makes of any text is not looked up", app(COLUMNS, COLUMNS_TEST), "code.LOOK_UP = code.LOOK_UP | {'STORE_ATTR'}", "code-injection"),
    Guard("a sandbox holds templates of users", "security/template-fastapi-letter/good", "templates.is_sandboxed = lambda: False", "template-injection"),
    Guard("who refuses what is inside may ask any host", app(ANY_HOST, ANY_HOST_TEST), "hosts.is_chosen = lambda host, token: token in host", "server-side-request-forgery"),
    Guard("what no browser shows is no page", "security/ok-xss-json-and-text/good", "markup.is_shown = lambda outcome: True", "cross-site-scripting"),
    Guard("a name in a literal of script is text", "security/ok-xss-escaped-everywhere/good", "markup.runs = lambda script, token: True", "cross-site-scripting"),
    Guard("a page that sends back is not told where by another site", "security/ok-redirect-back-to-page/good", "web_headers.LINKED = web_headers.LINKED | {'header'}", "open-redirect"),
    Guard("a path or a query of a redirect is not its host", "security/ok-redirect-own-host/good", "web_headers.host_of = lambda target, attempt: attempt.token + '.invalid'", "open-redirect"),
    Guard("a header that stays one has not ended", "security/ok-redirect-own-host/good", "web_headers.ends = lambda *args: True", "header-injection"),
    Guard("a line that the application ends is its own", {**case("log-structured-handler"), **strict("log-injection")}, "records.begins_line = lambda *args: True", "log-injection"),
    Guard("a cookie that stands for nobody", {**case("cookie-fastapi-session-id"), **strict("insecure-cookie")}, "security.InsecureCookie.stands_for_user = staticmethod(lambda name: True)", "insecure-cookie"),
    Guard("http knows no Secure", {**case("cookie-flask-token"), **strict("insecure-cookie")}, "security.InsecureCookie.lacking = staticmethod(lambda *args: ['Secure'])", "insecure-cookie"),
    Guard("a token of a form is nothing that another site knows", {**case("csrf-asgi-settings"), **strict("missing-csrf-protection")}, "import re\norigins.SECRET = re.compile('csrf')", "missing-csrf-protection"),
    Guard("a cookie that stays at home", {**case("csrf-flask-same-site"), **strict("missing-csrf-protection")}, "origins.kept_home = lambda *args: False", "missing-csrf-protection"),
    Guard("pages by cursor are no loop over rows", "performance/ok-pages-by-cursor/good", "performance.NPlusOneQuery.pages = staticmethod(lambda *args: False)", "n-plus-one-query"),
    Guard("pages by offset are no loop over rows", "performance/ok-pages-by-offset/good", "performance.NPlusOneQuery.pages = staticmethod(lambda *args: False)", "n-plus-one-query"),
    Guard("what tables there are is no data", "performance/ok-schema-in-loop/good", "performance.NPlusOneQuery.of_schema = staticmethod(lambda call: False)", "n-plus-one-query"),
    Guard("batches are no loop over rows", "performance/ok-chunks-of-sqlite/good", "performance.NPlusOneQuery.batches = staticmethod(lambda *args: False)", "n-plus-one-query"),
    Guard("the next link stood in the answer", "performance/ok-pages-by-link/good", "performance.SequentialRequests.follows = staticmethod(lambda *args: False)", "sequential-requests"),
    Guard("the number of a page says where it begins", "performance/ok-pages-by-number/good", "performance.SequentialRequests.pages = staticmethod(lambda *args: False)", "sequential-requests"),
    Guard("what each turn hands to a thread does not wait", "performance/sequential-requests-for/good", "loops.Loop.__setattr__ = lambda self, name, value: object.__setattr__(self, name, False if name == 'handed' else value)", "sequential-requests"),
    Guard("what changes something may have an order", "errors/ok-storm-items-of-a-list/good", "performance.SequentialRequests.has_effect = staticmethod(lambda *args: False)", "sequential-requests"),
    Guard("a client that is kept was made once", "performance/ok-session-when-needed/good", "performance.UnpooledConnection.kept = performance.UnpooledConnection.seen_once = staticmethod(lambda *args: False)", "unpooled-connection"),
    Guard("a table of the caller's may have its index in production", "performance/missing-index-own-table/good", "import pytest_prodready.seams.sqlite as seam\nseam._composed = lambda *args: False", "missing-index"),
    Guard("a table of the test's may have its index in production", "errors/fastapi-aiosqlite-catalogue/good", "performance.MissingIndex.made_by_source = staticmethod(lambda trace: {'items'})", "missing-index"),
    Guard("a file of SQLite does not hold up the loop for long", "errors/asgi-plain-counter/good", "performance.BlockingCall.of_known_length = staticmethod(lambda *args: False)", "blocking-call"),
    Guard("a job is asked about until it is done", "performance/ok-poll-a-job/good", "performance.SequentialRequests.polls = staticmethod(lambda *args: False)", "sequential-requests"),
    Guard("the next of a queue is not known before", {**whole("performance/ok-next-of-queue"), **strict("write-in-loop")}, "performance.WriteInLoop.takes_next = staticmethod(lambda *args: False)", "write-in-loop"),
    Guard("what was sent is recorded before the next is", {**whole("performance/ok-record-each-sent"), **strict("write-in-loop")}, "performance.WriteInLoop.records = staticmethod(lambda *args: False)", "write-in-loop"),
    Guard("who has waited may ask again", {**whole("performance/ok-poll-until-done"), **strict("duplicate-query")}, "performance.DuplicateQuery.polls = staticmethod(lambda *args: False)", "duplicate-query"),
    Guard("nobody waits for a command", "errors/silent-followers-report/good", "performance.SequentialRequests.nobody_waits = staticmethod(lambda *args: False)", "sequential-requests"),
    Guard("an exception of the application's own is a decision", {**app(OWN_500, OWN_500_TEST), **SECURITY}, "security.UnhandledInput.broke = staticmethod(lambda entry, error: entry.last_resort)", "unhandled-input"),
    Guard("what is there already is no malformed input", {**app(TAGS, TAGS_TEST), **SECURITY}, "security.UnhandledInput.of_the_world = security.UnhandledInput.fails_anyway = staticmethod(lambda *args: False)", "unhandled-input"),
    Guard("half a character is far-fetched", "security/input-half-character/good", "import re\nimport pytest_prodready.checks.security.unhandled_input as unhandled_input\nunhandled_input.HALF = re.compile('(?!)')", "unhandled-input"),
    Guard("a double that lets everybody in says nothing", "security/ok-bypass-double-lets-in/good", "import pytest_prodready.sweep.siege as siege\nnoting = siege._noting\n@contextlib.contextmanager\ndef unseen(attempt):\n    with noting(attempt):\n        yield\n    attempt.doubled = False\nsiege._noting = unseen", "authentication-bypass"),
    Guard("what anybody may read another site may read", {**app(CORS_FOR_ALL, CORS_FOR_ALL_TEST), **strict("permissive-cors")}, "origins.with_cookies = lambda outcome: True", "permissive-cors"),
    Guard("a script of the application's is no debugger's", {**app(SCRIPT_FILE, SCRIPT_FILE_TEST), **strict("debug-mode")}, "import re\norigins.DEBUGGER = re.compile('')", "debug-mode"),
    Guard("a limit that the tests switch off was not seen", {**app(LIMIT_OFF, LIMIT_OFF_TEST), **SECURITY}, "security.MissingRateLimit.switched_off = staticmethod(lambda guesses: False)", "missing-rate-limit"),
    Guard("a file that whoever runs a command names is his", "security/ok-path-command-own-files/good", "files.is_own = lambda path, attempt: False\nsecurity.PathTraversal.folder_is_given = staticmethod(lambda *args: False)", "path-traversal"),
    Guard("a folder that is an argument too is his", "security/ok-path-command-own-files/good", "security.PathTraversal.folder_is_given = staticmethod(lambda *args: False)", "path-traversal"),
    Guard("a word behind -- is no option", "security/command-django-log-of-file/good", "commands.read_as_option = lambda words, token: next((word for word in words if word.startswith('--' + token)), '')", "command-injection"),
    Guard("whoever runs a console writes his own statements", {**app(CONSOLE, CONSOLE_TEST), **SECURITY}, "sql.is_own = lambda statement, attempt: False", "sql-injection"),
    Guard("a file that is not there is no malformed argument", app(READS_FILE, READS_FILE_TEST), "security.UnhandledInput.of_a_place = staticmethod(lambda *args: False)", "unhandled-input"),
    Guard("a delay is a limit", "security/guess-django-delay/good", "security.MissingRateLimit.delayed = staticmethod(lambda *args: False)", "missing-rate-limit"),
    Guard("a lock-out in silence is one", "security/guess-token/good", "security.MissingRateLimit.open_at_last = staticmethod(lambda attempt: True)", "missing-rate-limit"),
    Guard("one word may stand there by chance", {**app(CHANCE, CHANCE_TEST), **SECURITY}, "security.PlaintextPassword.may_be_chance = staticmethod(lambda value: False)", "plaintext-password"),
    Guard("a salt of one's own is worth a little", {**app(SALTED, SALTED_TEST), **SECURITY}, "security.WeakPasswordHash.salted = staticmethod(lambda *args: False)", "weak-password-hash"),
    Guard("a message may hold the word", {**app(COMMON, COMMON_TEST), **SECURITY}, "security.LoggedSecret.common = staticmethod(lambda value: False)", "logged-secret"),
    Guard("a name is chosen by whoever writes the program", "security/ok-direct-sql-names/good", "sql.is_value = lambda *args: True", "sql-injection"),
    Guard("what defines a table takes no parameters", "security/ok-direct-sql-schema/good", "import re\nsql.BINDS = re.compile('')", "sql-injection"),
    Guard("what is compared with a quoted name is one", "security/ok-direct-sql-names/good", "import re\nsql.COMPARED = re.compile('')", "sql-injection"),
    Guard("an argument that is written as SQL is SQL", "security/ok-direct-sql-conditions/good", "sql.ATTACKS[:] = [replace(sql.ATTACKS[0], of_calls=lambda leaf: True)]", "sql-injection"),
    Guard("an argument that is a command is run", "security/ok-direct-command-runner/good", "commands.may_be = lambda *args: False", "command-injection"),
    Guard("an argument that stands where a command begins is one", "security/ok-direct-command-runner/good", "ran = commands._ran\ncommands._ran = lambda words, token: ran(words, token) if token.startswith('zq') else ''", "command-injection"),
    Guard("a caller may give an option", "security/ok-direct-command-lists/good", "trace.Request.is_meant = property(lambda self: False)", "command-injection"),
    Guard("an argument that is all of the code is run", "security/ok-direct-code-rules/good", "code.is_own = lambda *args: False", "code-injection"),
    Guard("an argument that is called code is run", "security/ok-direct-code-rules/good", "code.may_be = lambda *args: False", "code-injection"),
    Guard("a caller chooses what is imported", "security/ok-direct-code-made/good", "code._chooses = lambda attempt: False", "code-injection"),
    Guard("an argument that is all of the template is one", "security/ok-direct-template-text/good", "templates.is_own = lambda *args: False", "template-injection"),
    Guard("a template of which nothing else comes back was the caller's", "security/ok-direct-template-text/good", "templates.renders_for_itself = lambda *args: False", "template-injection"),
    Guard("a caller may format", "security/ok-direct-template-text/good", "templates.formats_for_itself = lambda *args: False", "template-injection"),
    Guard("an argument that is written as a template is one", "security/ok-direct-template-text/good", "templates.is_plain = lambda *args: True", "template-injection"),
    Guard("what the pages of an application send counts", "security/ok-direct-behind-route/good", "import pytest_prodready.sweep.plan as plan\nimport pytest_prodready.observing as observing\nplan.driven = observing.driven = lambda observations: False", "sql-injection"),
    Guard("a test names files for itself", {**case("ok-direct-path-given"), **strict("path-traversal")}, "files.is_own = lambda *args: False", "path-traversal"),
    Guard("what a test names nobody else need name", {**case("direct-path-note"), "app.py": (CASES / "security/direct-path-note/bad/app.py").read_text()}, "security.PathTraversal.is_meant = staticmethod(lambda *args: False)", "path-traversal"),
]  # fmt: skip


def errors(sweep: Sweep) -> set[str]:
    assert sweep.report, sweep.output
    assert sweep.report["internal_errors"] == [], sweep.output
    return {f["check"] for f in sweep.findings if f["level"] == "error"}


TABLE = [pytest.param(guard, id=guard.name, marks=marks(guard.name)) for guard in GUARDS]


@pytest.mark.parametrize("guard", TABLE)
def test_guard(guard: Guard, tmp_path: Path) -> None:
    source = tmp_path / "source"
    if isinstance(guard.clean, str):
        source = CASES / guard.clean
    else:
        source.mkdir()
        for name, text in guard.clean.items():
            (source / name).write_text(text)
    with_guard, without = tmp_path / "with", tmp_path / "without"
    with_guard.mkdir()
    without.mkdir()
    plugin = tmp_path / "noguard.py"
    plugin.write_text(PATCH + guard.gone + "\n")
    only = f"--prodready-select={guard.check}"
    assert errors(run(source, with_guard, only)) == set()
    assert guard.check in errors(run(source, without, only, "-p", "noguard", path=tmp_path))
