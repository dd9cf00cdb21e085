"""What a project declares: every form in which Python projects write down what they need."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Parsed

from ..project import DEV, LOCKED, OPTIONAL, RUNTIME, Declarations, Requirement, normal

#: Words in the name of a group, an extra or a file that say: for those who work on the project.
_DEV = frozenset(
    {
        "dev", "develop", "development", "test", "tests", "testing", "lint", "linting", "linters", "docs", "doc",
        "documentation", "typing", "types", "mypy", "ci", "qa", "coverage", "cov", "format", "formatting", "check",
        "checks", "style", "build", "release", "tox", "nox", "local", "benchmark", "bench",
    }
)  # fmt: skip
_REQUIREMENTS = re.compile(r"(?:.*[-_.])?requirements?(?:[-_.].*)?\.(?:txt|in)|(?:.*[-_.])?reqs\.txt", re.I)
#: An address of the public index; `pypi.acme.example` is a company's.
_PUBLIC = re.compile(r"https?://(?:[\w-]+\.)?pypi\.[a-z]+(?:[/:]|$)")
#: A comment at the top of a script (PEP 723).
_SCRIPT = re.compile(r"^# /// script\s*$\n((?:^#(?: .*)?$\n)+?)^# ///\s*$", re.M)
_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml")


def is_dev(name: str) -> bool:
    return not _DEV.isdisjoint(re.split(r"[^a-z]+", name.lower()))


def declarations(root: Path, scripts: Iterable[Path] = ()) -> Declarations:
    """All that the files in a project's root declare.

    Args:
        scripts: source files, which may declare in a comment what they need.
    """
    reader = _Reader(root)
    for name, read in (
        ("pyproject.toml", reader.pyproject),
        ("setup.cfg", reader.setup_cfg),
        ("setup.py", reader.setup_py),
        ("Pipfile", reader.pipfile),
    ):
        if (root / name).is_file():
            reader.attempt(name, read)
    reader.requirement_files()
    for path in scripts:
        reader.script(path)
    if not reader.files:  # a lock file alone cannot tell a dependency from a dependency's
        reader.locks(RUNTIME)
    else:
        reader.locks(LOCKED)
    found = tuple(dict.fromkeys(reader.found))
    return Declarations(found, tuple(dict.fromkeys(reader.files)), tuple(reader.unread), reader.private)


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.found: list[Requirement] = []
        self.files: list[str] = []  # that declare what is needed to run
        self.unread: list[str] = []
        self.private = False
        self._seen: set[Path] = set()

    def attempt(self, name: str, read: Any) -> None:
        try:
            read(self.root / name)
        except (OSError, ValueError, configparser.Error, SyntaxError, AttributeError, TypeError) as exc:
            self.unread.append(f"{name} cannot be read: {' '.join(str(exc).split())[:100]}")

    def name(self, path: Path) -> str:
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.name

    # --------------------------------------------------------------------------------------------------- one line
    def add(self, text: str, path: Path, line: int, group: str, direct: bool = False) -> None:
        """A requirement in the form of PEP 508."""
        try:
            one = Parsed(text)
        except InvalidRequirement:
            match = re.match(r"\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?=[\[(<>=!~;,]|$)", text)
            if match:  # an old form, or a slip behind the name: pip is stricter, but the name is there
                self.found.append(Requirement(normal(match[1]), match[1], self.name(path), line, group, direct=direct))
            return
        self.found.append(
            Requirement(
                normal(one.name), one.name, self.name(path), line, group, str(one.specifier), tuple(sorted(one.extras)),
                str(one.marker or ""), direct or one.url is not None,
            )
        )  # fmt: skip

    def add_all(self, texts: Any, path: Path, source: str, group: str) -> None:
        for text in texts if isinstance(texts, list) else ():
            if isinstance(text, str):
                self.add(text, path, _line_of(source, text), group)

    # --------------------------------------------------------------------------------------------- pyproject.toml
    def pyproject(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
        project, tool = data.get("project", {}), data.get("tool", {})
        before = len(self.found)
        if "dependencies" in project:
            self.files.append(path.name)
            self.add_all(project["dependencies"], path, text, RUNTIME)
        for extra, texts in (project.get("optional-dependencies") or {}).items():
            self.add_all(texts, path, text, DEV if is_dev(extra) else OPTIONAL)
        for group, texts in (data.get("dependency-groups") or {}).items():
            self.add_all(texts, path, text, DEV if is_dev(group) else OPTIONAL)
        self._dynamic(path, project.get("dynamic") or [], tool)
        self._poetry(path, text, tool.get("poetry") or {})
        for groups in (tool.get("pdm", {}).get("dev-dependencies") or {}).values():
            self.add_all(groups, path, text, DEV)
        uv = tool.get("uv") or {}
        self.add_all(uv.get("dev-dependencies"), path, text, DEV)
        for environment in (tool.get("hatch", {}).get("envs") or {}).values():
            self.add_all(environment.get("dependencies"), path, text, DEV)
            self.add_all(environment.get("extra-dependencies"), path, text, DEV)
        self.private = self.private or bool(uv.get("index") or uv.get("index-url") or uv.get("extra-index-url"))
        self.private = self.private or bool(tool.get("pdm", {}).get("source"))
        elsewhere = {
            normal(name)
            for name, source in (uv.get("sources") or {}).items()
            if isinstance(source, list) or "index" not in source
        }
        self.found[before:] = [_direct(one) if one.name in elsewhere else one for one in self.found[before:]]

    def _dynamic(self, path: Path, dynamic: list[str], tool: dict[str, Any]) -> None:
        """What setuptools reads from elsewhere."""
        if "dependencies" not in dynamic:
            return
        given = tool.get("setuptools", {}).get("dynamic", {}).get("dependencies", {})
        names = given.get("file", []) if isinstance(given, dict) else []
        for name in [names] if isinstance(names, str) else names:
            self.requirements(self.root / name, RUNTIME)
        if not names and not any((self.root / name).is_file() for name in ("setup.py", "setup.cfg")):
            self.unread.append(f"{path.name} leaves its dependencies to its build")

    def _poetry(self, path: Path, text: str, poetry: dict[str, Any]) -> None:
        if isinstance(poetry.get("dependencies"), dict):
            self.files.append(path.name)
            optional = {normal(n) for names in (poetry.get("extras") or {}).values() for n in names}
            for name, given in poetry["dependencies"].items():
                if name != "python":
                    group = OPTIONAL if normal(name) in optional else RUNTIME
                    self._table(name, given, path, text, group)
        for name, given in (poetry.get("dev-dependencies") or {}).items():
            self._table(name, given, path, text, DEV)
        for group, table in (poetry.get("group") or {}).items():
            for name, given in (table.get("dependencies") or {}).items():
                self._table(name, given, path, text, DEV if is_dev(group) else OPTIONAL)
        self.private = self.private or bool(poetry.get("source"))

    def _table(self, name: str, given: Any, path: Path, text: str, group: str) -> None:
        """`name = "^1.2"` or `name = {version = "^1.2", extras = [...]}`, as poetry and pipenv write it."""
        given = given[0] if isinstance(given, list) and given else given
        table = given if isinstance(given, dict) else {"version": given}
        version = table.get("version")
        exact = isinstance(version, str) and re.fullmatch(r"={0,2}\s*\d[\w.!+]*", version) is not None
        self.found.append(
            Requirement(
                normal(name), name, self.name(path), _line_of(text, name), group,
                "==" + version.lstrip("= ") if exact and isinstance(version, str) else "",
                tuple(sorted(table.get("extras") or ())), str(table.get("markers") or ""),
                any(key in table for key in ("path", "git", "url", "file", "editable")),
            )
        )  # fmt: skip

    # ------------------------------------------------------------------------------------------- setup.cfg, setup.py
    def setup_cfg(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        parser = configparser.RawConfigParser()
        parser.read_string(text)
        needed = parser.get("options", "install_requires", fallback=None)
        if needed is not None:
            file = re.match(r"\s*file\s*:\s*(.+)", needed)
            if file:
                self.requirements(self.root / file[1].strip(), RUNTIME)
            else:
                self.files.append(path.name)
                self.add_all(_lines(needed), path, text, RUNTIME)
        self.add_all(_lines(parser.get("options", "tests_require", fallback="")), path, text, DEV)
        if parser.has_section("options.extras_require"):
            for extra, texts in parser.items("options.extras_require"):
                self.add_all(_lines(texts), path, text, DEV if is_dev(extra) else OPTIONAL)

    def setup_py(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        names = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and _called(node.func) == "setup"):
                continue
            for keyword in node.keywords:
                value = names.get(keyword.value.id) if isinstance(keyword.value, ast.Name) else keyword.value
                if keyword.arg == "install_requires":
                    try:
                        texts = ast.literal_eval(value) if value is not None else None
                    except ValueError:
                        texts = None
                    if texts is None:
                        self.unread.append(f"{path.name} works its dependencies out when it is run")
                    else:
                        self.files.append(path.name)
                        self.add_all(list(texts), path, text, RUNTIME)
                elif keyword.arg == "extras_require" and isinstance(value, ast.Dict):
                    for key, given in zip(value.keys, value.values, strict=True):
                        if isinstance(key, ast.Constant) and isinstance(given, ast.List):
                            texts = [one.value for one in given.elts if isinstance(one, ast.Constant)]
                            self.add_all(texts, path, text, DEV if is_dev(str(key.value)) else OPTIONAL)

    # ------------------------------------------------------------------------------------------------------ Pipfile
    def pipfile(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
        self.files.append(path.name)
        for name, given in data.get("packages", {}).items():
            self._table(name, given, path, text, RUNTIME)
        for name, given in data.get("dev-packages", {}).items():
            self._table(name, given, path, text, DEV)
        self.private = self.private or any(not _PUBLIC.match(str(s.get("url", ""))) for s in data.get("source", []))

    # --------------------------------------------------------------------------------------------- requirements files
    def requirement_files(self) -> None:
        """`requirements.txt`, `requirements-dev.txt`, `requirements/prod.in` and the like."""
        paths = [path for path in sorted(self.root.iterdir()) if path.is_file() and _REQUIREMENTS.fullmatch(path.name)]
        folder = self.root / "requirements"
        if folder.is_dir():
            paths += sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".in"))
        constraints = [path for path in paths if "constraint" in path.name.lower()]
        paths = [path for path in paths if path not in constraints]
        runtime = [path for path in paths if not is_dev(path.stem)]
        for path in runtime:
            self.requirements(path, RUNTIME)
        for path in paths:
            self.requirements(path, DEV if runtime or self.files else RUNTIME)

    def requirements(self, path: Path, group: str) -> None:
        path = path.resolve()
        if path in self._seen:
            return
        self._seen.add(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as exc:
            self.unread.append(f"{self.name(path)} cannot be read: {type(exc).__name__}")
            return
        if group == RUNTIME:
            self.files.append(self.name(path))
        for line, content in _logical_lines(text):
            include = re.match(r"(?:-r\s*|--requirement[\s=]+)(\S+)", content)
            if include:
                self.requirements(path.parent / include[1], group)
            elif content.startswith(("-e", "--editable")):
                egg = re.search(r"#egg=([\w.-]+)", content)
                if egg:
                    self.add(egg[1], path, line, group, direct=True)
            elif re.match(r"(?:-i|--index-url|--extra-index-url|-f|--find-links)\b", content):
                self.private = self.private or not _PUBLIC.match(content.split()[-1].rpartition("=")[2])
            elif not content.startswith("-"):
                self._requirement(content, path, line, group)

    def _requirement(self, content: str, path: Path, line: int, group: str) -> None:
        content = re.split(r"\s+--(?:hash|config-settings|global-option)", content)[0].strip()
        named = re.match(r"([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*@", content)
        if named:
            self.add(named[1], path, line, group, direct=True)
        elif re.match(r"(?:[\w+]+:|\.{0,2}/|\.$)", content) or content.endswith((".whl", ".tar.gz", ".zip")):
            egg = re.search(r"#egg=([\w.-]+)", content)
            wheel = re.search(r"([A-Za-z0-9][\w.]*?)-\d[^/]*\.whl", content)
            name = egg or wheel
            if name:
                self.add(name[1], path, line, group, direct=True)
        else:
            self.add(content, path, line, group)

    # ------------------------------------------------------------------------------------------------- scripts, locks
    def script(self, path: Path) -> None:
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return
        match = _SCRIPT.search(text) if "# /// script" in text else None
        if match is None:
            return
        try:
            data = tomllib.loads("\n".join(line[2:] for line in match[1].splitlines()))
        except ValueError as exc:
            self.unread.append(f"{self.name(path)} cannot be read: {exc}")
            return
        if isinstance(data.get("dependencies"), list):
            self.files.append(self.name(path))
            self.add_all(data["dependencies"], path, text, RUNTIME)

    def locks(self, group: str) -> None:
        for name in _LOCKS:
            path = self.root / name
            if path.is_file():
                self.attempt(name, lambda path: self._lock(path, group))

    def _lock(self, path: Path, group: str) -> None:
        """uv's, poetry's, pdm's lock file, and that of PEP 751: each holds a list of packages with their versions."""
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
        if group == RUNTIME:
            self.files.append(path.name)
        for one in data.get("package", data.get("packages", [])):
            source = one.get("source") or {}
            direct = any(key in one for key in ("vcs", "directory", "archive")) or (
                isinstance(source, dict)
                and any(key in source for key in ("editable", "virtual", "git", "directory", "path"))
            )
            self.found.append(
                Requirement(
                    normal(one["name"]), one["name"], path.name, _line_of(text, f'name = "{one["name"]}"'), group,
                    f"=={one['version']}" if one.get("version") else "", (), str(one.get("marker") or ""), direct,
                )
            )  # fmt: skip


def _direct(one: Requirement) -> Requirement:
    return Requirement(
        one.name, one.written, one.file, one.line, one.group, one.specifier, one.extras, one.marker, direct=True
    )


def _called(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _line_of(source: str, text: str) -> int:
    """The line in which a text stands as a word; the first where it is nowhere."""
    match = re.search(r"(?<![\w.-])" + re.escape(text) + r"(?![\w-])", source) or re.search(re.escape(text), source)
    return source.count("\n", 0, match.start()) + 1 if match else 1


def _lines(text: str) -> list[str]:
    return [line for one in text.splitlines() if (line := one.partition("#")[0].strip())]


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """(number, content) of the lines of a requirements file, continued ones joined, without comments."""
    held, begun = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        begun = begun or number
        if line.endswith("\\"):
            held += line[:-1] + " "
            continue
        content = re.sub(r"(?:^|\s)#.*$", "", held + line).strip()
        if content:
            yield begun, content
        held, begun = "", 0
