"""What is installed, what holds a module, what depends on what."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_prodready.dependencies.installed import Environment, applies_here, graph, meets
from pytest_prodready.project import Distribution


def world(*rows: tuple[str, str, tuple[str, ...]]) -> dict[str, Distribution]:
    return {name: Distribution(name, name, version, needs) for name, version, needs in rows}


def unmet(installed: dict[str, Distribution], *roots: tuple[str, tuple[str, ...]]) -> list[tuple[str, str, str | None]]:
    return [(one.by, one.requirement, one.found) for one in graph(roots, installed).unmet]


def test_the_way_there() -> None:
    installed = world(("a", "1", ("b", "c")), ("b", "1", ("c",)), ("c", "1", ("a",)), ("d", "1", ("e",)))
    found = graph([("a", ())], installed)
    assert found.paths == {"a": ("a",), "b": ("a", "b"), "c": ("a", "c")}
    assert found.unmet == ()


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ("b>=2", "b>=2"),
        ("b (<1)", "b<1"),
        ("B.b_b>=2", "B.b_b>=2"),
        ("z", "z"),
        ("b>=1", None),
        ("b>=2; sys_platform == 'nowhere'", None),
        ("z; extra == 'x'", None),
        ("b @ https://files.example/b.whl", None),
        ("no requirement at all!", None),
    ],
)
def test_requirements(needs: str, found: str | None) -> None:
    installed = world(("a", "1", (needs,)), ("b", "1.5", ()), ("b-b-b", "1", ()))
    assert [text for _, text, _ in unmet(installed, ("a", ()))] == ([found] if found else [])


def test_extras_are_followed_where_they_are_asked_for() -> None:
    needs = ("b", "c>=2; extra == 'fast'", "d; extra == 'fast'")
    installed = world(("a", "1", needs), ("b", "1", ("a[fast]",)), ("c", "1", ()), ("d", "1", ()), ("z", "1", ("a",)))
    assert unmet(installed, ("z", ())) == [("a", "c>=2", "1")]
    assert unmet(world(("a", "1", needs), ("b", "1", ()), ("c", "1", ())), ("a", ())) == []
    found = graph([("a", ("fast",))], installed)
    assert found.by_extra == {"c", "d"}
    assert found.paths["d"] == ("a", "d")


def test_a_development_version_meets_what_it_comes_after() -> None:
    assert meets("2.0.dev3", ">=1.9")
    assert meets("2.0rc1", "<2.1")
    assert not meets("1.0", ">1")
    assert meets("as-of-yesterday", ">=1")  # nobody can compare that


def test_markers() -> None:
    assert applies_here("")
    assert applies_here("python_version >= '3'")
    assert not applies_here("python_version < '3'")


def write(site: Path, name: str, version: str, record: str, **texts: str) -> None:
    folder = site / f"{name}-{version}.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n\nName: not me\n")
    (folder / "RECORD").write_text(record)
    for file, text in texts.items():
        (folder / file.replace("_txt", ".txt")).write_text(text)


def test_what_holds_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a", "Acme.Pictures", "1.0", "acme_pix/__init__.py,,\nacme_pix/png/a.py,,\n../../bin/acme,,\n")
    write(tmp_path / "a", "acme_ns_one", "2", "acme_ns/one/__init__.py,,\n")
    write(tmp_path / "a", "acme_ns_two", "2", "acme_ns/two.py,,\n")
    write(tmp_path / "a", "acme_single", "2", "acme_single.py,,\nacme_fast.cpython-311-x86_64-linux-gnu.so,,\n")
    write(tmp_path / "a", "acme_named", "2", "x,,\n", top_level_txt="acme_inner\n")
    write(tmp_path / "b", "acme-pictures", "9.9", "acme_pix/__init__.py,,\n")
    monkeypatch.syspath_prepend(tmp_path / "b")
    monkeypatch.syspath_prepend(tmp_path / "a")
    found = Environment.read()
    assert (found.distributions["acme-pictures"].version, found.distributions["acme-pictures"].written) == (
        "1.0",
        "Acme.Pictures",
    )
    assert found.providers("acme_pix.png") == ("acme-pictures",)
    assert found.providers("acme_ns.one.deep") == ("acme-ns-one",)
    assert found.providers("acme_ns.two") == ("acme-ns-two",)
    assert found.providers("acme_ns") == ("acme-ns-one", "acme-ns-two")
    assert found.providers("acme_fast") == ("acme-single",)
    assert found.providers("acme_inner") == ("acme-named",)
    assert found.providers("acme_nowhere") == ()


def test_this_environment() -> None:
    found = Environment.read()
    assert "pytest" in found.providers("pytest")
    assert found.providers("yaml") == ("pyyaml",)
    assert graph([("pytest", ())], found.distributions).unmet == ()
