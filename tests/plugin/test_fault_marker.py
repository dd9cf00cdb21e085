"""What `fault` markers may say, and what they must not let pass."""

from __future__ import annotations

import pytest

from pytest_prodready.faults import Faults, built_in_faults
from pytest_prodready.manual import _check_fault

from .conftest import Project

HEAD = "import sqlite3\nimport unittest\n\nimport pytest\nimport responses\n\nimport app\n\n\n"
APP = """
from sqlite3 import Error, connect

import requests


def save(path, n):
    try:
        with connect(path) as conn:
            conn.execute("INSERT INTO t VALUES (?)", (n,))
    except Error as exc:
        return f"not saved: {exc}"
    return "saved"


def rate():
    try:
        reply = requests.get("https://rates.example/eur", timeout=3).json()
        return reply["eur"]
    except requests.RequestException as exc:
        return type(exc).__name__
    except (KeyError, TypeError) as exc:
        return type(exc).__name__
"""
# the application is imported, and binds `connect`, before any marker is known
CONFTEST = """
import sqlite3

import pytest

import app


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.execute("CREATE TABLE t (n)")
    conn.close()
    return tmp_path / "x.db"
"""


@pytest.fixture
def app(project: Project) -> Project:
    return project.write({"app.py": APP, "conftest.py": CONFTEST})


REPLIES = """
def serve(body):
    responses.get("https://rates.example/eur", **body)


@responses.activate
@pytest.mark.fault("reply.missing-field")
def test_without_a_field_the_first_that_source_reads_is_taken():
    serve({"json": {"unread": 1, "eur": 2}})
    assert app.rate() == "KeyError"


@responses.activate
@pytest.mark.fault("reply.wrong-shape", field="[]")
def test_shape():
    serve({"json": {"eur": 2}})
    assert app.rate() == "TypeError"


@responses.activate
@pytest.mark.fault("reply.null-field", field="eur")
def test_null():
    serve({"json": {"eur": 2}})
    assert app.rate() is None


@responses.activate
@pytest.mark.fault("reply.missing-field", field="gbp")
def test_no_such_field():
    serve({"json": {"eur": 2}})
    assert app.rate() == 2


@responses.activate
def test_fired_counts_only_what_was_malformed(faults):
    serve({"json": {"eur": 2}})
    with faults.inject("reply.missing-field", field="gbp") as fault:
        assert app.rate() == 2
    assert fault.fired == 0
    with faults.inject("reply.missing-field", field="eur") as fault:
        assert app.rate() == "KeyError"
        assert app.rate() == 2
    assert fault.fired == 1
"""


def test_replies(app: Project) -> None:
    app.write({"test_app.py": HEAD + REPLIES})
    result = app.pytest()
    assert result.parseoutcomes() == {"passed": 4, "failed": 1}, result.stdout.str()
    result.stdout.fnmatch_lines(
        ["*the fault reply.missing-field, field='gbp' never fired; it could have hit: GET rates.example/eur*"]
    )


KINDS = """
@pytest.mark.fault("db.locked", at="INSERT")
def test_the_tests_own_calls_are_never_struck(path):
    conn = sqlite3.connect(path)
    with conn:
        conn.execute("INSERT INTO t VALUES (0)")
    conn.close()
    assert app.save(path, 1) == "not saved: database is locked"


@pytest.mark.fault("db.locked", "write", "x.db")
def test_by_position(path):
    assert app.save(path, 1) == "not saved: database is locked"


@pytest.mark.fault(name="db.disk-full", at="commit")
def test_by_name(path):
    assert app.save(path, 1) == "not saved: database or disk is full"


@pytest.mark.fault("db.locked", at="write")
@pytest.mark.parametrize("n", [1, 2])
def test_parametrised(path, n):
    assert app.save(path, n) == "not saved: database is locked"


@pytest.mark.fault("db.locked", at="write")
class TestClass:
    def test_the_class_is_marked(self, path):
        assert app.save(path, 1) == "not saved: database is locked"

    @pytest.mark.fault("db.locked", at="commit")
    def test_so_is_the_method(self, path):
        assert app.save(path, 1) == "not saved: database is locked"


class CaseTest(unittest.TestCase):
    @pytest.mark.fault("http.connection-refused")
    def test_unittest(self):
        self.assertEqual(app.rate(), "ConnectionError")


@pytest.mark.fault("db.locked")
def test_skipped(path):
    pytest.skip("the fault that did not fire is of no account")


@pytest.mark.fault("db.locked")
@pytest.mark.xfail(strict=True, reason="not handled yet")
def test_xfail(path):
    assert app.save(path, 1) == "saved"


@pytest.mark.fault("db.locked")
def test_nothing_was_called():
    pass


@pytest.mark.fault("http.read-timeout")
def test_another_kind_of_call(path):
    assert app.save(path, 1) == "saved"
"""


def test_kinds_of_tests(app: Project) -> None:
    app.write({"test_app.py": HEAD + KINDS})
    result = app.pytest()
    expected = {"passed": 9, "skipped": 1, "xfailed": 1, "failed": 2}
    assert result.parseoutcomes() == expected, result.stdout.str()
    result.stdout.fnmatch_lines(
        [
            "*the fault db.locked never fired; the application made no call that is observed*",
            "*the fault http.read-timeout never fired; the application's calls cannot fail in this way: *write t*",
        ]
    )


OCCURRENCES = """
@pytest.mark.fault("db.locked", at="INSERT", occurrence=2)
def test_the_second_that_fits(path):
    assert [app.save(path, n) for n in range(3)] == ["saved", "not saved: database is locked", "saved"]


@pytest.mark.fault("db.locked", "write", None, None, 3)
def test_by_position(path):
    assert [app.save(path, n)[:3] for n in range(3)] == ["sav", "sav", "not"]


@pytest.mark.fault("db.connection-refused", occurrence=2)
def test_an_outage_begins_there(path):
    assert [app.save(path, n)[:3] for n in range(3)] == ["sav", "not", "not"]


@responses.activate
def test_of_the_fixture(faults):
    responses.get("https://rates.example/eur", json={"eur": 2})
    with faults.inject("http.read-timeout", target="rates.example", occurrence=2) as fault:
        assert [app.rate(), app.rate(), app.rate()] == [2, "ReadTimeout", 2]
    assert fault.fired == 1


@responses.activate
def test_a_reply(faults):
    responses.get("https://rates.example/eur", json={"eur": 2})
    with faults.inject("reply.null-field", field="eur", occurrence=2):
        assert [app.rate(), app.rate(), app.rate()] == [2, None, 2]


def test_one_inside_the_other(path, faults, trace):
    with faults.inject("db.locked", at="write") as locked:
        with faults.inject("db.disk-full", at="write", occurrence=2) as full:
            outcomes = [app.save(path, n) for n in range(3)]
        assert app.save(path, 3) == "saved"
    assert outcomes == ["not saved: database is locked", "not saved: database or disk is full", "saved"]
    assert (locked.fired, full.fired) == (1, 1)
    assert trace.sleeps == [5.0]


def test_over_at_the_end_of_the_block(path, faults):
    with faults.inject("db.connection-refused"):
        assert app.save(path, 1).startswith("not saved")
    assert app.save(path, 1) == "saved"


@pytest.mark.parametrize("occurrence", [0, True, "2"])
def test_no_number(faults, occurrence):
    with pytest.raises(ValueError, match="must be a number from 1"), faults.inject("db.locked", occurrence=occurrence):
        pass


def test_no_name(faults):
    with pytest.raises(ValueError, match="did you mean 'db.locked'"), faults.inject("db.lockd"):
        pass


@pytest.fixture
def refusing(path, faults):
    with faults.inject("db.connection-refused") as fault:
        yield fault


def test_a_fixture_injects_around_the_body(path, refusing):
    assert app.save(path, 1).startswith("not saved")
    assert refusing.fired == 1


@pytest.fixture
def saved_too_late(path, faults):
    with faults.inject("db.locked", at="write"):
        outcome = app.save(path, 1)
    return outcome


def test_a_fixture_injects_into_a_set_up(path, saved_too_late):
    assert saved_too_late == "not saved: database is locked"
    assert app.save(path, 1) == "saved"


@pytest.mark.fault("db.locked", at="write")
def test_a_marker_leaves_the_set_up_alone(path, saved_in_set_up):
    assert saved_in_set_up == "saved"
    assert app.save(path, 1) == "not saved: database is locked"


@pytest.fixture
def saved_in_set_up(path):
    return app.save(path, 1)


@pytest.mark.parametrize("n", [1, pytest.param(2, marks=pytest.mark.fault("db.locked"))])
def test_the_marker_of_a_parameter(path, n):
    assert app.save(path, n)[:3] == ("sav" if n == 1 else "not")


@pytest.mark.fault("db.locked", at="write")
@pytest.mark.fault("db.disk-full", at="write")
@pytest.mark.parametrize("n", [1, 2])
def test_two_markers_and_parameters(path, n):
    assert app.save(path, n).startswith("not saved")


@pytest.mark.fault("db.locked", at="write")
class MarkedTest(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _path(self, path, faults):
        self.path, self.faults = path, faults

    def setUp(self):
        self.assertEqual(app.save(self.path, 1), "saved")

    def test_the_class_is_marked(self):
        self.assertEqual(app.save(self.path, 1), "not saved: database is locked")

    def test_a_sub_test(self):
        for n, outcome in enumerate(["not saved: database is locked", "saved"]):
            with self.subTest(n=n):
                self.assertEqual(app.save(self.path, n), outcome)

    def test_and_injects(self):
        with self.faults.inject("db.disk-full", at="commit"):
            self.assertEqual(app.save(self.path, 1), "not saved: database is locked")
            self.assertEqual(app.save(self.path, 1), "not saved: database or disk is full")


@pytest.mark.fault("db.locked", at="write")
class AsyncTest(unittest.IsolatedAsyncioTestCase):
    @pytest.fixture(autouse=True)
    def _path(self, path):
        self.path = path

    async def asyncSetUp(self):
        self.assertEqual(app.save(self.path, 1), "saved")

    async def test_async(self):
        self.assertEqual(app.save(self.path, 1), "not saved: database is locked")


@pytest.mark.fault("http.connection-refused", at="GET /eur", target="/eur")
def test_a_part_of_the_path():
    assert app.rate() == "ConnectionError"


@pytest.mark.fault("db.locked", at="UPDATE")
def test_fails_because_nothing_was_struck(path):
    assert app.save(path, 1) == "not saved"


class NeverTest(unittest.TestCase):
    @pytest.mark.fault("db.locked", occurrence=2)
    @pytest.mark.xfail(strict=True)
    def test_fails_in_unittest_too(self):
        pass


@pytest.mark.fault("db.locked", at="write", occurrence=4)
def test_too_late(path):
    app.save(path, 1)
    app.save(path, 2)
"""


@pytest.mark.parametrize("arguments", [(), ("-n", "2"), ("--prodready", "--prodready-no-fail")], ids=" ".join)
def test_occurrences_and_places(app: Project, arguments: tuple[str, ...]) -> None:
    app.write({"test_app.py": HEAD + OCCURRENCES})
    result = app.pytest(*arguments)
    assert result.parseoutcomes() == {"passed": 25, "xfailed": 1, "failed": 2}, result.stdout.str()
    result.stdout.fnmatch_lines(
        [
            "the fault db.locked, at='write', occurrence=4 never fired; 2 calls would have fitted",
            "FAILED test_app.py::test_too_late - *the fault db.locked, at*",
        ]
    )
    said = "the fault db.locked, at='UPDATE' never fired; it could have hit: write t, commit"
    assert f"- prodready: fault -------------------------------\n{said}\n" in result.stdout.str()


def test_the_marker_of_a_parameter_must_be_the_only_one(app: Project) -> None:
    test = "@pytest.mark.fault('db.locked')\n@pytest.mark.parametrize('n', [pytest.param(2, marks=pytest.mark.fault('db.timeout'))])\ndef test_it(n):\n    pass\n"
    result = app.write({"test_app.py": HEAD + test}).pytest()
    assert result.ret == 4
    result.stderr.fnmatch_lines(["ERROR: *: 2 fault markers, and the one of a parameter must be the only one*"])


EARLY = """
import sqlite3

conn = sqlite3.connect(":memory:", check_same_thread=False)
conn.execute("CREATE TABLE t (n)")


def save(n):
    conn.execute("INSERT INTO t VALUES (?)", (n,))
    return "saved"
"""
EARLY_TESTS = """
import app
import pytest


@pytest.mark.fault("db.locked")
def test_fault():
    assert app.save(1) == "saved"


def test_trace(trace):
    app.save(1)
    assert len(trace.queries) == 1
"""


def test_connections_from_before_are_named(project: Project) -> None:
    project.write({"app.py": EARLY, "conftest.py": "import app\n", "test_app.py": EARLY_TESTS})
    result = project.pytest()
    assert result.parseoutcomes() == {"failed": 2}
    said = "1 connection of sqlite3 opened before any test was known: what goes over it is not seen and not failed"
    result.stdout.fnmatch_lines([f"*never fired; the application made no call that is observed; {said}*"])
    result.stdout.fnmatch_lines([f"prodready: {said}; connect later, or run with --prodready"])
    result = project.pytest("--prodready", "--prodready-no-fail")
    assert "opened before" not in result.stdout.str()
    assert result.parseoutcomes() == {"passed": 1, "failed": 1}


MARK = pytest.mark.fault
KNOWN = Faults(built_in_faults(), [])


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (
            MARK("db.locked", "write", "x", "y", 2, 3),
            "it takes name, at, target, field, occurrence, and got 6 arguments",
        ),
        (MARK("db.locked", occurrence=0), "it: occurrence=0 must be a number from 1"),
        (MARK("db.locked", occurrence="2"), "it: occurrence='2' must be a number from 1"),
        (MARK("db.locked", at=5), "it: at=5 must be a text"),
        (MARK("db.locked", at=" "), "it: at=' ' must be a text"),
        (MARK("db.locked", name="db.timeout"), "it: name is given twice"),
        (MARK("db.locked", "write", at="commit"), "it: at is given twice"),
        (MARK(7), "it needs the name of a fault"),
        (MARK("nonsense"), "it: no fault is called 'nonsense'; there are db.connection-refused, "),
        (MARK("db.locked", targt="x"), "it: no argument is called 'targt'; did you mean 'target'?"),
        (MARK("db.locked", zzz="x"), "it: no argument is called 'zzz'; there are name, at, target, field, occurrence"),
    ],
)
def test_wrong_arguments(mark: pytest.MarkDecorator, message: str) -> None:
    with pytest.raises(pytest.UsageError) as caught:
        _check_fault("it", mark.mark, KNOWN)
    assert str(caught.value).startswith(message)


def test_several_on_a_unittest_method_are_refused(app: Project) -> None:
    method = "class CaseTest(unittest.TestCase):\n    @pytest.mark.fault('db.locked')\n    @pytest.mark.fault('http.read-timeout')\n    def test_it(self):\n        pass\n"
    app.write({"test_app.py": HEAD + method})
    result = app.pytest()
    assert result.ret == 4
    result.stderr.fnmatch_lines(["ERROR: *::test_it: 2 fault markers, and a test of unittest can only have one*"])


def test_a_wrong_name_under_xdist_is_no_crash(app: Project) -> None:
    app.write({"test_app.py": f"{HEAD}@pytest.mark.fault('db.lockd')\ndef test_it():\n    pass\n"})
    result = app.pytest("-n", "2")
    assert result.ret != 0
    result.stdout.fnmatch_lines(["*no fault is called 'db.lockd'; did you mean 'db.locked'?"])
    assert "INTERNALERROR" not in result.stdout.str() + result.stderr.str()


def test_a_fixture_of_the_users_own_wins_and_is_named(project: Project) -> None:
    conftest = "import pytest\n\n\n@pytest.fixture\ndef faults():\n    return ['mine']\n"
    project.write({"conftest.py": conftest, "test_app.py": "def test_own(faults):\n    assert faults == ['mine']\n"})
    result, report = project.sweep()
    assert result.ret == 0
    assert "your own fixture 'faults' in conftest takes the place of the plugin's" in report["notes"]
