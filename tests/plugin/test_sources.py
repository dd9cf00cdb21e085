"""Source is found in every usual layout, and where it is not, that is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .conftest import Project

CODE = 'import sqlite3\n\n\ndef get():\n    return sqlite3.connect(":memory:").execute("SELECT 1").fetchone()[0]\n'
TEST = "from {module} import get\n\n\ndef test_get():\n    assert get() == 1\n"
LAYOUTS = {
    # name: (module, files, arguments)
    "single file": ("app", {"app.py": CODE, "test_app.py": TEST}, ()),
    "flat": ("shop.app", {"shop/__init__.py": "", "shop/app.py": CODE, "tests/test_app.py": TEST, "conftest.py": ""}, ()),
    "tests inside": ("shop.app", {"shop/__init__.py": "", "shop/app.py": CODE, "shop/tests/__init__.py": "", "shop/tests/test_app.py": TEST}, ()),
    "src": ("shop.app", {"pytest.ini": "[pytest]", "src/shop/__init__.py": "", "src/shop/app.py": CODE, "tests/test_app.py": TEST}, ("-opythonpath=src",)),
    "monorepo": ("shop.app", {"pytest.ini": "[pytest]", "services/shop/src/shop/__init__.py": "", "services/shop/src/shop/app.py": CODE, "services/shop/tests/test_app.py": TEST}, ("-opythonpath=services/shop/src", "services/shop/tests")),
    "monorepo, from its folder": ("shop.app", {"services/shop/pytest.ini": "[pytest]", "services/shop/shop/__init__.py": "", "services/shop/shop/app.py": CODE, "services/shop/tests/test_app.py": TEST}, ("-opythonpath=.", "--rootdir=services/shop", "-cservices/shop/pytest.ini", "services/shop/tests")),
    "importlib": ("shop.app", {"pytest.ini": "[pytest]", "src/shop/__init__.py": "", "src/shop/app.py": CODE, "tests/test_app.py": TEST}, ("-opythonpath=src", "--import-mode=importlib")),
    "namespace package": ("company.shop.app", {"pytest.ini": "[pytest]", "src/company/shop/app.py": CODE, "tests/test_app.py": TEST}, ("-opythonpath=src",)),
    "a folder called tests above": ("app", {"tests/project/pytest.ini": "[pytest]", "tests/project/app.py": CODE, "tests/project/test_app.py": TEST}, ("--rootdir=tests/project", "-ctests/project/pytest.ini", "tests/project")),
}  # fmt: skip


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_layouts(project: Project, layout: str) -> None:
    module, files, arguments = LAYOUTS[layout]
    project.write({name: text.replace("{module}", module) for name, text in files.items()})
    result, report = project.sweep("--prodready-depth=quick", *arguments)
    assert [f["function"] for f in report["findings"]] == ["get"], result.stdout.str() + result.stderr.str()
    assert report["findings"][0]["file"].endswith("app.py")
    assert not any("NO SOURCE" in note for note in report["notes"])


@pytest.mark.parametrize("named", ["shop", "shop.app", "src/shop", "src/shop/app.py"])
def test_source_by_path_and_by_package(project: Project, named: str) -> None:
    files = {"pytest.ini": "[pytest]", "src/shop/__init__.py": "", "src/shop/app.py": CODE, "src/other.py": CODE}
    both = (
        "import other\n\n"
        + TEST.replace("{module}", "shop.app")
        + "\n\ndef test_other():\n    assert other.get() == 1\n"
    )
    project.write({**files, "tests/test_app.py": both})
    _, report = project.sweep("-opythonpath=src", f"--prodready-source={named}")
    assert {t["file"] for t in report["trials"]} == {"src/shop/app.py"}


@pytest.mark.parametrize(
    "configuration",
    [
        {"pyproject.toml": '[tool.coverage.run]\nsource_pkgs = ["shop"]\n'},
        {".coveragerc": "[run]\nsource = src/shop\n"},
        {"setup.cfg": "[coverage:run]\nsource = shop\n"},
    ],
    ids=["pyproject", "coveragerc", "setup.cfg"],
)
def test_the_sources_of_coverage(project: Project, configuration: dict[str, str]) -> None:
    both = (
        "import other\n\n"
        + TEST.replace("{module}", "shop.app")
        + "\n\ndef test_other():\n    assert other.get() == 1\n"
    )
    project.write({**configuration, "src/shop/__init__.py": "", "src/shop/app.py": CODE, "src/other.py": CODE})
    project.write({"pytest.ini": "[pytest]", "tests/test_app.py": both})
    _, report = project.sweep("-opythonpath=src")
    assert {t["file"] for t in report["trials"]} == {"src/shop/app.py"}


def test_an_editable_install_with_the_tests_elsewhere(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project.pytester.path
    site = root.parent / f"{root.name}-site"
    home = root.parent / f"{root.name}-home"
    for path, text in {
        home / "shop" / "__init__.py": "",
        home / "shop" / "app.py": CODE,
        site / "shop-1.0.dist-info" / "METADATA": "Metadata-Version: 2.1\nName: shop\nVersion: 1.0\n",
        site
        / "shop-1.0.dist-info"
        / "direct_url.json": f'{{"url": "{Path(home).as_uri()}", "dir_info": {{"editable": true}}}}',
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), str(home), os.environ.get("PYTHONPATH", "")]))
    project.write({"test_app.py": TEST.replace("{module}", "shop.app")})
    result, report = project.sweep("--prodready-depth=quick")
    assert [f["function"] for f in report["findings"]] == ["get"], result.stdout.str()


def test_not_found_is_said_with_what_was_looked_at(project: Project) -> None:
    project.write({"test_app.py": CODE + "\n\ndef test_get():\n    assert get() == 1\n"})
    result, report = project.sweep()
    assert report["readiness"]["percent"] is None
    result.stdout.fnmatch_lines(
        [f"note: NO SOURCE FOUND (looked at {project.pytester.path.name}/, without tests (test_[*].py, [*]_test.py)*"]
    )


def test_a_source_that_is_not_there(project: Project) -> None:
    project.write({"test_app.py": "def test_it():\n    pass\n"})
    result = project.pytest("--prodready", "--prodready-source=shpo")
    assert result.ret == 4
    assert "--prodready-source=shpo: neither a path" in result.stderr.str()
