from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from types import FrameType

import pytest

from pytest_prodready.source import SourceMap, words_in


@pytest.fixture
def project(tmp_path: Path) -> SourceMap:
    return SourceMap(tmp_path)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("app.py", "source"),
        ("src/shop/app.py", "source"),
        ("tasks.py", "source"),
        ("tests/helpers.py", "test"),
        ("src/shop/test_app.py", "test"),
        ("app_test.py", "test"),
        ("conftest.py", "test"),
        ("setup.py", "other"),
        (".venv/lib/x.py", "other"),
        ("venv/lib/python3.12/site-packages/flask/app.py", "other"),
        ("node_modules/x/y.py", "other"),
        ("build/lib/app.py", "other"),
    ],
)
def test_classify(project: SourceMap, tmp_path: Path, name: str, kind: str) -> None:
    found, relative = project.classify(str(tmp_path / name))
    assert found == kind
    assert relative == (name if kind in ("source", "test") else "")


def test_what_is_outside_is_not_ours(project: SourceMap) -> None:
    import pytest_prodready.trace as ours

    assert project.classify("<string>")[0] == "other"
    assert project.classify(textwrap.__file__)[0] == "other"
    assert project.classify(str(ours.__file__))[0] == "plugin"


def test_named_sources_are_all_there_is(tmp_path: Path) -> None:
    named = SourceMap(tmp_path, [tmp_path / "shop"])
    (tmp_path / "shop").mkdir()
    for name in ("shop/app.py", "shop/test_app.py", "tool.py"):
        (tmp_path / name).write_text("word = 1\n")
    assert named.classify(str(tmp_path / "shop" / "app.py"))[0] == "source"
    assert named.classify(str(tmp_path / "tool.py"))[0] == "other"
    assert list(named.files()) == [tmp_path / "shop" / "app.py"]
    assert words_in(named.files()) == {"word", "1"}


def load(path: Path, code: str, **names: object) -> dict[str, object]:
    path.parent.mkdir(exist_ok=True)
    path.write_text(textwrap.dedent(code))
    space = dict(names)
    exec(compile(path.read_text(), str(path), "exec"), space)
    return space


def test_stack(project: SourceMap, tmp_path: Path) -> None:
    frames: list[FrameType | None] = []
    app = load(tmp_path / "app.py", "def inner(f):\n    f()\n\ndef outer(f):\n    inner(f)\n")
    test = load(tmp_path / "test_app.py", "def test(f):\n    outer(f)\n", outer=app["outer"])
    test["test"](lambda: frames.append(sys._getframe(1)))  # type: ignore[operator]
    stack = project.stack(frames[0])
    assert [(s.file, s.line, s.function) for s in stack.path] == [("app.py", 2, "inner"), ("app.py", 5, "outer")]
    assert stack.site == stack.path[0]
    assert not stack.from_test


RAISES = """
def raise_new(): raise ValueError("own")
def raise_class(): raise ValueError
def key_error(): return {}["x"]
def failed_assert(): assert 1 == 2
def called(): int("x")
def raised_from():
    try:
        int("x")
    except ValueError as exc:
        raise RuntimeError("own") from exc
def raised_again():
    try:
        int("x")
    except ValueError as exc:
        raise exc
def bare():
    try:
        int("x")
    except ValueError:
        raise
def leave(): raise SystemExit(1)
def catching():
    try:
        int("x")
    except object():
        pass
"""


@pytest.mark.parametrize(
    ("function", "origin"),
    [
        ("raise_new", "own"),
        ("raise_class", "own"),
        ("raised_from", "own"),
        ("key_error", "foreign"),
        ("failed_assert", "foreign"),
        ("called", "foreign"),
        ("raised_again", "foreign"),
        ("bare", "foreign"),
        ("leave", "framework"),
        ("catching", "test"),
    ],
)
def test_who_raised(project: SourceMap, tmp_path: Path, function: str, origin: str) -> None:
    app = load(tmp_path / "app.py", RAISES)
    with pytest.raises(BaseException) as caught:  # noqa: PT011
        app[function]()  # type: ignore[operator]
    info = project.error_info(caught.value, (), caught.value.__traceback__.tb_next)
    assert info.origin == origin
    assert info.site is not None
    assert info.site.function == function


def test_an_exception_of_a_test_double(project: SourceMap, tmp_path: Path) -> None:
    double = load(tmp_path / "test_app.py", "def double(): raise KeyError('x')\n")
    with pytest.raises(KeyError) as caught:
        double["double"]()  # type: ignore[operator]
    tb = caught.value.__traceback__.tb_next
    assert project.error_info(caught.value, (), tb).origin == "test"
    assert project.error_info(caught.value, [caught.value], tb).origin == "foreign"
