"""Which files are source; where on the stack source stands; who made an exception."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pytest_prodready
from pytest_prodready.frames import NOBODY, runs_for
from pytest_prodready.raised import TrialEnded
from pytest_prodready.source import SourceMap, words_in
from pytest_prodready.trace import ErrorInfo, Stack


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("app.py", "source"),
        ("shop/orders.py", "source"),
        ("src/shop/orders.py", "source"),
        ("shop/testing.py", "source"),
        ("shop/contest.py", "source"),
        ("migrations/0001_first.py", "source"),
        ("manage.py", "source"),
        ("tasks.py", "source"),
        ("test_app.py", "test"),
        ("shop/app_test.py", "test"),
        ("tests/helpers.py", "test"),
        ("shop/tests.py", "test"),
        ("shop/tests/data/factory.py", "test"),
        ("test/x.py", "test"),
        ("conftest.py", "test"),
        ("shop/conftest.py", "test"),
        ("setup.py", "other"),
        ("noxfile.py", "other"),
        (".venv/lib/flask.py", "other"),
        ("venv/lib/flask.py", "other"),
        ("lib/python3/site-packages/flask/app.py", "other"),
        ("node_modules/x/y.py", "other"),
        ("build/lib/app.py", "other"),
        (".tox/py/app.py", "other"),
        ("../elsewhere/app.py", "other"),
    ],
)
def test_classify(tmp_path: Path, path: str, kind: str) -> None:
    root = tmp_path / "root"
    assert SourceMap(root).classify(str(root / path)) == (kind, "" if kind == "other" else path)


def test_classify_what_is_no_file(tmp_path: Path) -> None:
    sources = SourceMap(tmp_path)
    assert sources.classify("<string>") == ("other", "")
    assert sources.classify(pytest_prodready.__file__) == ("plugin", "")
    assert sources.classify(pytest.__file__) == ("other", "")


def test_a_project_in_a_folder_called_tests_or_build_has_source(tmp_path: Path) -> None:
    for name in ("tests", "build", ".hidden"):
        root = tmp_path / name
        assert SourceMap(root).classify(str(root / "app.py")) == ("source", "app.py")


def test_patterns_of_tests_are_the_projects(tmp_path: Path) -> None:
    sources = SourceMap(tmp_path, test_patterns=["check_*.py"])
    assert sources.classify(str(tmp_path / "check_app.py"))[0] == "test"
    assert sources.classify(str(tmp_path / "test_app.py"))[0] == "source"


def test_what_is_named_is_source_and_nothing_else(tmp_path: Path) -> None:
    root, beside = tmp_path / "root", tmp_path / "beside"
    sources = SourceMap(root, [root / "shop", beside])
    assert sources.classify(str(root / "shop/orders.py")) == ("source", "shop/orders.py")
    assert sources.classify(str(root / "other.py"))[0] == "other"
    assert sources.classify(str(root / "shopping.py"))[0] == "other"
    assert sources.classify(str(root / "test_app.py"))[0] == "test"
    assert sources.classify(str(beside / "lib.py"))[0] == "source"
    assert SourceMap(root, [root / "app.py"]).classify(str(root / "app.py"))[0] == "source"


def test_an_editable_install_is_source(tmp_path: Path) -> None:
    root, package = tmp_path / "root" / "checks", tmp_path / "root"
    assert SourceMap(root, extra=[package]).classify(str(package / "shop/a.py"))[0] == "source"


def test_files_of_what_is_named(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    for name in ("shop/app.py", "shop/test_app.py", "tool.py"):
        (tmp_path / name).write_text("word = 1\n")
    assert list(SourceMap(tmp_path, [tmp_path / "shop"]).files()) == [tmp_path / "shop" / "app.py"]
    assert list(SourceMap(tmp_path, [tmp_path / "tool.py"]).files()) == [tmp_path / "tool.py"]


def test_files_on_disk(tmp_path: Path) -> None:
    for name in ("app.py", "shop/a.py", "shop/test_a.py", "tests/b.py", "venv/c.py", ".git/d.py", "setup.py", "x.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("amount = 1\n")
    found = list(SourceMap(tmp_path).files())
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["app.py", "shop/a.py"]
    assert words_in([*found, tmp_path / "gone.py"]) == {"amount", "1"}


# ------------------------------------------------------------------------------------------------- stacks, exceptions
class Loaded:
    """Code that claims to be a project's files."""

    def __init__(self, root: Path) -> None:
        self.root, self.sources = root, SourceMap(root)

    def __call__(self, name: str, text: str, **names: Any) -> dict[str, Any]:
        path = self.root / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
        exec(compile(text, str(path), "exec"), names)
        return names


@pytest.fixture
def load(tmp_path: Path) -> Loaded:
    return Loaded(tmp_path / "root")


def test_the_site_is_the_innermost_source_frame(load: Loaded) -> None:
    found: list[Stack] = []
    library = load("../lib/driver.py", "def execute(look):\n    look()\n")
    app = load("app.py", "class Store:\n    def save(self, look):\n        execute(look)\n\n\n"
                         "def post(look):\n    Store().save(look)\n", execute=library["execute"])  # fmt: skip
    test = load("test_app.py", "def test_post(look):\n    post(look)\n", post=app["post"])
    test["test_post"](lambda: found.append(load.sources.stack(sys._getframe(1))))
    (stack,) = found
    assert stack.site == ("app.py", 3, "Store.save")
    assert stack.path == (("app.py", 3, "Store.save"), ("app.py", 7, "post"))
    assert stack.outermost is not None
    assert stack.outermost.f_code.co_name == "post"
    assert (stack.ended, stack.from_test) == (True, False)


def test_a_call_of_the_test_belongs_to_the_test(load: Loaded) -> None:
    found: list[Stack] = []
    helper = load("tests/helper.py", "def look_up(look):\n    look()\n")
    app = load("app.py", "def each(f, look):\n    f(look)\n")
    app["each"](helper["look_up"], lambda: found.append(load.sources.stack(sys._getframe(1))))
    assert found[0].site is None  # source called back into the test's own helper
    assert found[0].from_test


NEW = "class Own(Exception):\n    pass\n\n\n"
BODIES = [
    ("raise ValueError('mine')", "own"),
    ("raise ValueError", "own"),
    ("raise KeyError('k')", "own"),
    ("raise AssertionError('never')", "own"),
    ("raise Own", "own"),
    ("try:\n    {}['k']\nexcept KeyError as exc:\n    raise Own('no k') from exc", "own"),
    ("try:\n    {}['k']\nexcept KeyError:\n    raise Own('no k')", "own"),
    ("try:\n    library()\nexcept OSError as exc:\n    raise Own from exc", "own"),
    ("try:\n    library()\nexcept OSError:\n    raise OSError('mine') from None", "own"),
    ("assert 1 == 2", "foreign"),
    ("assert 1 == 2, 'no'", "foreign"),
    ("{}['k']", "foreign"),
    ("[][0]", "foreign"),
    ("None.x", "foreign"),
    ("int('x')", "foreign"),
    ("1 / 0", "foreign"),
    ("undefined", "foreign"),
    ("a, b = [1]", "foreign"),
    ("library()", "foreign"),
    ("try:\n    library()\nexcept OSError:\n    raise", "foreign"),
    ("try:\n    library()\nexcept OSError as exc:\n    raise exc", "foreign"),
    ("try:\n    int('x')\nexcept ValueError:\n    raise", "foreign"),
    ("try:\n    {}['k']\nexcept KeyError as exc:\n    raise exc", "foreign"),
    ("try:\n    library()\nfinally:\n    1", "foreign"),
    ("next(i for i in [] if i)", "foreign"),
    ("raise SystemExit(2)", "framework"),
    ("from werkzeug.exceptions import NotFound\nraise NotFound", "framework"),
    ("from flask import abort\nabort(404)", "framework"),
]


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


def raised(call: Callable[[], object]) -> BaseException:
    try:
        call()
    except BaseException as exc:
        return exc
    raise AssertionError("nothing was raised")


def info(load: Loaded, body: str, injected: bool = False) -> ErrorInfo:
    library = load("../lib/driver.py", "def connect():\n    raise OSError('refused')\n")
    app = load("app.py", f"{NEW}def do():\n{indented(body)}", library=library["connect"])
    exc = raised(app["do"])
    return load.sources.error_info(exc, [exc] if injected else [])


@pytest.mark.parametrize(("body", "origin"), BODIES, ids=[body.replace("\n", ";") for body, _ in BODIES])
def test_who_made_it(load: Loaded, body: str, origin: str) -> None:
    found = info(load, body)
    assert found.origin == origin
    assert found.site is not None
    assert (found.site.file, found.site.function) == ("app.py", "do")


@pytest.mark.parametrize("body", ["assert (\n    1 ==\n    2\n), 'no'", "x = 1; assert not x"])
def test_an_assert_that_does_not_begin_its_line(load: Loaded, body: str) -> None:
    assert info(load, body).origin == "foreign"


def test_what_the_chain_says(load: Loaded) -> None:
    found = info(load, "try:\n    library()\nexcept OSError as exc:\n    raise Own('not saved') from exc")
    assert found.texts == ("not saved", "refused")
    assert found.classes[-3:] == ("Exception", "BaseException", "object")
    assert not found.injected


def test_what_is_injected_is_known_wherever_it_turns_up(load: Loaded) -> None:
    library = load("../lib/driver.py", "def connect():\n    raise OSError('refused')\n")
    body = "try:\n    library()\nexcept OSError as exc:\n    raise Own from exc"
    exc = raised(load("app.py", f"{NEW}def do():\n{indented(body)}", library=library["connect"])["do"])
    assert exc.__cause__ is not None
    found = load.sources.error_info(exc, [exc.__cause__])
    assert (found.injected, found.origin) == (True, "own")
    assert load.sources.error_info(OSError("wrapped", exc.__cause__), [exc.__cause__]).injected  # as urllib3 does


def test_a_test_double_is_no_application(load: Loaded) -> None:
    for path in ("test_app.py", "conftest.py", "../lib/responses/__init__.py", "../lib/unittest/mock.py"):
        double = load(path, "def send():\n    raise ConnectionError('not registered')\n")
        app = load("app.py", "def do():\n    send()\n", send=double["send"])
        exc = raised(app["do"])
        assert load.sources.error_info(exc).origin == "test", path
        # a double that passes on what was injected says something about the application
        assert load.sources.error_info(exc, [exc]).origin == "foreign", path


def test_a_mock_in_an_except_clause(load: Loaded) -> None:
    assert info(load, "try:\n    library()\nexcept object():\n    pass").origin == "test"


def test_our_own_frames(load: Loaded) -> None:
    plugin = Path(pytest_prodready.__file__).parent
    ours: dict[str, Any] = {}
    exec(compile("def strike():\n    raise OSError('refused')\n", str(plugin / "strike.py"), "exec"), ours)
    app = load("app.py", "def do():\n    strike()\n", strike=ours["strike"])
    exc = raised(app["do"])
    assert load.sources.error_info(exc).origin == "plugin"  # our bug, and no verdict
    assert load.sources.error_info(exc, [exc]).origin == "foreign"


def test_a_trial_that_we_ended(load: Loaded) -> None:
    exc = raised(load("app.py", "def do():\n    end()\n", end=_end)["do"])
    assert load.sources.error_info(exc).origin == "ended"
    assert not isinstance(exc, Exception)  # `except Exception` does not swallow it


def _end() -> None:
    raise TrialEnded("took more than 1 s")


def test_an_exception_whose_text_cannot_be_made(load: Loaded) -> None:
    class Rude(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    assert load.sources.error_info(Rude()).text == ""


def test_an_exception_that_was_never_raised(load: Loaded) -> None:
    found = load.sources.error_info(ValueError("made"))
    assert (found.origin, found.site) == ("foreign", None)


# ---------------------------------------------------------------------- code of frameworks
@pytest.mark.parametrize("whose", ["function", "foreign", "nobody", "task"])
def test_what_a_framework_runs_without_a_line_of_the_users(load: Loaded, whose: str) -> None:
    app = load("app.py", "def view():\n    pass\n\n\ndef middleware():\n    run()\n")
    what = {"function": app["view"], "foreign": Path, "nobody": NOBODY}
    found: list[Stack] = []
    library = load("../lib/framework.py", "def run():\n    look()\n", look=lambda: found.append(_stack(load)))
    app["run"] = library["run"]
    undo = runs_for(library["run"].__code__, None if whose == "task" else lambda frame: what[whose])
    try:
        app["middleware"]()
    finally:
        undo()
    app["middleware"]()
    sites = [stack.site and (stack.site.function, stack.site.line) for stack in found]
    declared = {"function": ("view", 1), "foreign": ("middleware", 6), "nobody": None, "task": None}
    assert sites == [declared[whose], ("middleware", 6)]
    assert found[0].ended == (whose == "nobody")


def _stack(load: Loaded) -> Stack:
    return load.sources.stack(sys._getframe(2))


def test_the_stack_of_a_greenlet_ends_where_its_parents_does(tmp_path: Path) -> None:
    greenlet = pytest.importorskip("greenlet")
    stacks = []
    greenlet.greenlet(lambda: stacks.append(SourceMap(tmp_path).stack(sys._getframe()))).switch()
    assert [stack.site for stack in stacks] == [None]


def test_what_is_written_in_source(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text('SCHEMA = """CREATE TABLE t (\n    id   INTEGER\n)"""\n')
    (tmp_path / "schema.sql").write_text("CREATE TABLE u (name TEXT);\n")
    (tmp_path / "test_app.py").write_text('ROWS = "size INTEGER"\n')
    sources = SourceMap(tmp_path)
    assert sources.writes("id INTEGER")
    assert sources.writes("name  TEXT")
    assert not sources.writes("size INTEGER")
