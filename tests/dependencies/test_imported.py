"""What source imports, and what it does without."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_prodready.dependencies.imported import imports

UNGUARDED = [
    "import flask",
    "from flask import Flask",
    "import flask.views as views",
    "def f():\n    import flask",
    "class A:\n    def f(self):\n        from flask import g",
    "for i in ():\n    import flask",
    "with open('x') as x:\n    import flask",
    "try:\n    import flask\nexcept KeyError:\n    pass",
    "try:\n    pass\nexcept KeyError:\n    import flask",
    "if True:\n    import flask",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    pass\nelse:\n    import flask",
    "match 1:\n    case _:\n        import flask",
    "async def f():\n    async with x:\n        import flask",
]
GUARDED = [
    "try:\n    import flask\nexcept ImportError:\n    flask = None",
    "try:\n    import flask\nexcept (KeyError, ModuleNotFoundError):\n    pass",
    "try:\n    import flask\nexcept Exception:\n    pass",
    "try:\n    import json5\nexcept ImportError:\n    import flask",
    "def f():\n    try:\n        import flask\n    except:\n        raise SystemExit",
    "import contextlib\nwith contextlib.suppress(ImportError):\n    import flask",
    "import typing as t\nif t.TYPE_CHECKING:\n    import flask",
    "import sys\nif sys.platform == 'win32':\n    import flask",
    "import sys\nif sys.version_info < (3, 8):\n    pass\nelse:\n    import flask",
    "from importlib.util import find_spec\nif find_spec('flask'):\n    import flask",
    "HAS_FLASK = False\nif HAS_FLASK:\n    import flask",
]
NOTHING = [
    "import json",
    "from . import flask",
    "from .flask import x",
    "import __main__",
    "import urllib2",
    "x = 'import flask'",
]


def found(tmp_path: Path, text: str, name: str = "app.py") -> list[tuple[str, bool, bool, int, str]]:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return [
        (one.top, one.guarded, one.dynamic, one.site.line, one.site.function)
        for one in imports([path], tmp_path)
        if one.top == "flask"
    ]


@pytest.mark.parametrize("text", UNGUARDED)
def test_needed(text: str, tmp_path: Path) -> None:
    assert [one[1] for one in found(tmp_path, text)] == [False]


@pytest.mark.parametrize("text", GUARDED)
def test_done_without(text: str, tmp_path: Path) -> None:
    assert [one[1] for one in found(tmp_path, text)] == [True]


@pytest.mark.parametrize("text", NOTHING)
def test_no_import(text: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(text)
    assert list(imports([tmp_path / "app.py"], tmp_path)) == []


def test_where(tmp_path: Path) -> None:
    text = "import importlib\n\n\nclass A:\n    def f(self):\n        return importlib.import_module('flask.views')\n"
    assert found(tmp_path, text) == [("flask", False, True, 6, "A.f")]


@pytest.mark.parametrize("name", ["docs/conf.py", "examples/a.py", "scripts/deep/b.py", "noxfile.py"])
def test_what_lies_beside_the_application(name: str, tmp_path: Path) -> None:
    assert found(tmp_path, "import flask", name) == []


def test_a_file_that_python_cannot_read(tmp_path: Path) -> None:
    assert found(tmp_path, "import flask\nprint 'Python 2'\n") == []


def test_names_that_distributions_share(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("from google.cloud import storage, pubsub\nimport ruamel.yaml\n")
    modules = [one.module for one in imports([tmp_path / "app.py"], tmp_path)]
    assert modules == ["google.cloud.storage", "google.cloud.pubsub", "ruamel.yaml"]
