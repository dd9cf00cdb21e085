"""What source imports, read from the files: lines that no test runs count as well."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from ..project import Import
from ..trace import Site

#: Folders whose files belong to no application, though they are in its tree.
ASIDE = frozenset({"docs", "doc", "examples", "example", "scripts", "tools", "benchmarks", "bench", "notebooks", "ci"})
#: Programs for those who work on the project.
ASIDE_FILES = frozenset({"noxfile.py", "tasks.py", "fabfile.py", "conf.py", "setup.py", "versioneer.py", "dodo.py"})
#: What Python 2 called some of its modules: a fallback, not a package.
PYTHON_2 = frozenset(
    {
        "ConfigParser", "Queue", "StringIO", "cStringIO", "cPickle", "urllib2", "urlparse", "httplib", "Tkinter", "HTMLParser",
        "__builtin__", "commands", "exceptions", "thread", "cookielib", "Cookie", "itertools2", "BaseHTTPServer", "SocketServer",
    }
)  # fmt: skip
_MISSING = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
_PLATFORM = (
    "sys.platform", "sys.version_info", "os.name", "platform.", "TYPE_CHECKING", "find_spec", "implementation", "HAS_", "HAVE_",
)  # fmt: skip


def imports(files: Iterable[Path], root: Path) -> Iterator[Import]:
    """All imports of the files, but those of Python's own modules and relative ones."""
    for path in files:
        try:
            relative = path.resolve().relative_to(root.resolve())
        except ValueError:
            relative = path
        if is_aside(PurePosixPath(relative.as_posix())):
            continue
        try:
            tree = ast.parse(path.read_text(encoding="utf-8", errors="replace"))
        except (OSError, SyntaxError, ValueError):
            continue  # a file that Python cannot read is no test's application
        yield from _Walk(relative.as_posix()).of(tree.body, "<module>", False)


def is_aside(path: PurePosixPath) -> bool:
    """Whether a file is for those who work on the project."""
    folders = [part.lower() for part in path.parts[:-1]]
    return bool(folders and folders[0] in ASIDE) or (not folders and path.name in ASIDE_FILES)


class _Walk:
    def __init__(self, file: str) -> None:
        self.file = file

    def of(self, body: Iterable[ast.stmt], function: str, guarded: bool) -> Iterator[Import]:
        for node in body:
            yield from self._statement(node, function, guarded)

    def _statement(self, node: ast.stmt, function: str, guarded: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from self._one(alias.name, node, function, guarded)
        elif isinstance(node, ast.ImportFrom):
            if not node.level and node.module:
                yield from self._one(node.module, node, function, guarded, [alias.name for alias in node.names])
        elif isinstance(node, ast.If):
            depends = guarded or _asks(node.test)
            yield from self._dynamic(node.test, function, guarded)
            yield from self.of(node.body, function, depends)
            yield from self.of(node.orelse, function, guarded or (depends and not _typing(node.test)))
        elif isinstance(node, (ast.Try, ast.TryStar)):
            catches = any(_catches(handler.type) for handler in node.handlers)
            yield from self.of(node.body, function, guarded or catches)
            for handler in node.handlers:  # what is tried instead
                yield from self.of(handler.body, function, guarded or _catches(handler.type))
            yield from self.of([*node.orelse, *node.finalbody], function, guarded)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            suppressed = any(
                "suppress" in (text := ast.unparse(one.context_expr)) and "Error" in text for one in node.items
            )
            yield from self.of(node.body, function, guarded or suppressed)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            name = node.name if function == "<module>" else f"{function}.{node.name}"
            yield from self.of(node.body, name, guarded)
        else:
            for name in ("body", "orelse"):
                inner_body = getattr(node, name, None)
                if isinstance(inner_body, list):
                    yield from self.of([one for one in inner_body if isinstance(one, ast.stmt)], function, guarded)
            for case in getattr(node, "cases", ()):
                yield from self.of(case.body, function, guarded)
            if not hasattr(node, "body"):
                yield from self._dynamic(node, function, guarded)

    def _dynamic(self, node: ast.AST, function: str, guarded: bool) -> Iterator[Import]:
        for call in ast.walk(node):
            if (
                isinstance(call, ast.Call)
                and call.args
                and isinstance(call.args[0], ast.Constant)
                and isinstance(call.args[0].value, str)
                and ast.unparse(call.func).rpartition(".")[2] in ("import_module", "__import__")
            ):
                yield from self._one(call.args[0].value, call, function, guarded, dynamic=True)

    def _one(
        self, module: str, node: ast.stmt | ast.expr, function: str, guarded: bool, names: Iterable[str] = (), dynamic: bool = False
    ) -> Iterator[Import]:  # fmt: skip
        top = module.partition(".")[0]
        if not top.isidentifier() or top in sys.stdlib_module_names or top in PYTHON_2 or top.startswith("__"):
            return
        site = Site(self.file, node.lineno, function)
        # `from google.cloud import storage` may well name a module of another distribution than google.cloud's
        wholes = [f"{module}.{name}" for name in names if name.isidentifier()] if top in NAMESPACES else []
        for whole in wholes or [module]:
            yield Import(whole, site, guarded, dynamic, names=tuple(names))


#: Names that several distributions share.
NAMESPACES = frozenset({"google", "azure", "zope", "backports", "jaraco", "ruamel", "sphinxcontrib", "opentelemetry"})


def _asks(test: ast.expr) -> bool:
    """Whether a condition is one of platform, version, type checking or availability."""
    text = ast.unparse(test)
    return any(word in text for word in _PLATFORM)


def _typing(test: ast.expr) -> bool:
    text = ast.unparse(test)
    return text.rpartition(".")[2] == "TYPE_CHECKING"


def _catches(kind: ast.expr | None) -> bool:
    """Whether an except clause takes a module that is not there."""
    if kind is None:
        return True
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(ast.unparse(one).rpartition(".")[2] in _MISSING for one in kinds)
