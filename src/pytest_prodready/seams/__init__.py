"""Where we listen and inject: one module per library, patched when that library is imported.

A seam module holds one `SEAM`. Its `install(module)` patches the library through `patches` (so that all of it can be
undone) and reports each call to `hub`. It says *what* a library does; which faults exist it does not know.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from .hub import Hub, Strike, hub

__all__ = ["Hub", "Patches", "Seam", "Seams", "Strike", "hub"]

BUILT_IN = (
    "pytest_prodready.seams.sqlite",
    "pytest_prodready.seams.processes",
    "pytest_prodready.seams.psycopg",
    "pytest_prodready.seams.psycopg2",
    "pytest_prodready.seams.asyncpg",
    "pytest_prodready.seams.pymysql",
    "pytest_prodready.seams.mysqlclient",
    "pytest_prodready.seams.redis",
    "pytest_prodready.seams.sqlalchemy",
    "pytest_prodready.seams.requests",
    "pytest_prodready.seams.niquests",
    "pytest_prodready.seams.httpx",
    "pytest_prodready.seams.aiohttp_client",
    "pytest_prodready.seams.botocore",
    "pytest_prodready.seams.urllib3",
    "pytest_prodready.seams.urllib",
    "pytest_prodready.seams.http_client",
    "pytest_prodready.seams.vcr",
    "pytest_prodready.seams.smtp",
    "pytest_prodready.seams.files",
    "pytest_prodready.seams.tempfiles",
    "pytest_prodready.seams.stand_ins",
    "pytest_prodready.seams.werkzeug",
    "pytest_prodready.seams.flask",
    "pytest_prodready.seams.click",
    "pytest_prodready.seams.argparse",
    "pytest_prodready.seams.celery",
    "pytest_prodready.seams.rq",
    "pytest_prodready.seams.huey",
    "pytest_prodready.seams.dramatiq",
    "pytest_prodready.seams.starlette",
    "pytest_prodready.seams.aiohttp_server",
    "pytest_prodready.seams.django",
    "pytest_prodready.seams.django_db",
    "pytest_prodready.seams.django_commands",
    "pytest_prodready.seams.django_mail",
    "pytest_prodready.seams.asgiref",
    "pytest_prodready.seams.tasks",
    "pytest_prodready.seams.logs",
    "pytest_prodready.seams.written",
    "pytest_prodready.seams.hashes",
    "pytest_prodready.seams.trackers",
    "pytest_prodready.seams.pacing",
    "pytest_prodready.seams.deprecations",
    "pytest_prodready.seams.blocking",
)


class Patches:
    """The attributes that one seam replaced, newest last, so that they can be put back."""

    def __init__(self) -> None:
        self._done: list[Callable[[], None]] = []
        self.functions: list[tuple[Any, Any]] = []  # (original, replacement) of functions of modules

    def set(self, owner: Any, name: str, value: Any) -> None:
        """Replace an attribute, remembering what stood in the owner's own namespace."""
        if name in vars(owner):
            before = vars(owner)[name]
            if isinstance(owner, ModuleType):
                self.functions.append((before, value))
            self._done.append(lambda: setattr(owner, name, before))
        else:
            self._done.append(lambda: delattr(owner, name))
        setattr(owner, name, value)

    def on_undo(self, action: Callable[[], None]) -> None:
        """Take back in another way what is no attribute: a signal, an event."""
        self._done.append(action)

    def wrap(self, owner: Any, name: str, wrapper: Callable[..., Any]) -> Any:
        """Put wrapt's FunctionWrapper around an attribute: `wrapper(wrapped, instance, args, kwargs)`."""
        import wrapt

        original = vars(owner)[name] if name in vars(owner) else getattr(owner, name)
        wrapped = wrapt.FunctionWrapper(original, wrapper)
        self.set(owner, name, wrapped)
        return wrapped

    def undo(self) -> None:
        while self._done:
            self._done.pop()()


@dataclass(frozen=True)
class Seam:
    """One library that we listen to.

    Attributes:
        name: the name in reports (`sqlite3`).
        modules: top-level modules whose import brings the seam in; each is given to `install`.
        install: called with the imported module and the Patches to use.
        canary: makes a call that the seam must see; it gets the module.
        deaf: tells how many connections are open that were made before the seam came in, and are not heard.
    """

    name: str
    modules: tuple[str, ...]
    install: Callable[[ModuleType, Patches], None]
    canary: Callable[[ModuleType], object] | None = None
    deaf: Callable[[], int] | None = None


class Seams:
    """All seams of a session: installs each when its library is imported, and takes all of them out again."""

    def __init__(self, seams: Iterable[Seam]) -> None:
        self.seams = list(seams)
        self.patches = Patches()
        self.active = False
        self.installed: set[tuple[str, str]] = set()
        self.checked: set[tuple[str, str]] = set()

    def install(self) -> None:
        """Patch what is imported, and the rest when it will be."""
        self.active = True
        self._listen_for(self.seams)

    def _listen_for(self, seams: Iterable[Seam]) -> None:
        import wrapt

        for seam in seams:
            for name in seam.modules:
                if name in sys.modules:
                    self._install(seam, sys.modules[name])
                else:
                    wrapt.register_post_import_hook(self._hook(seam), name)

    def add(self, seams: Iterable[Seam]) -> None:
        """Seams of other plugins and conftests, which are known only now."""
        known = {seam.name for seam in self.seams}
        new = [seam for seam in seams if seam.name not in known]
        self.seams += new
        if self.active:
            self._listen_for(new)

    def _hook(self, seam: Seam) -> Callable[[ModuleType], None]:
        def imported(module: ModuleType) -> None:
            if self.active:  # an import hook cannot be taken back
                self._install(seam, module)

        return imported

    def _install(self, seam: Seam, module: ModuleType) -> None:
        if (seam.name, module.__name__) in self.installed:
            return
        self.installed.add((seam.name, module.__name__))
        try:
            seam.install(module, self.patches)
        except Exception as exc:
            hub.internal_error(f"the seam {seam.name} does not fit this version of {module.__name__}", exc)

    def rebind(self, is_source: Callable[[str], bool]) -> None:
        """Names in source modules that were bound to an original before the seams came in: `from sqlite3 import connect`."""
        for module in list(sys.modules.values()):
            if not is_source(getattr(module, "__file__", None) or "<none>"):
                continue
            for name, value in list(vars(module).items()):
                for original, replacement in self.patches.functions:
                    if value is original:
                        self.patches.set(module, name, replacement)

    def out_of_reach(self) -> list[str]:
        """A sentence for each library that has connections from before the seams came in."""
        counted = [(seam.name, seam.deaf()) for seam in self.seams if seam.deaf is not None]
        return [
            f"{n} connection{'s' * (n > 1)} of {name} opened before any test was known: what goes over "
            f"{'them' if n > 1 else 'it'} is not seen and not failed; connect later, or run with --prodready"
            for name, n in counted
            if n
        ]

    def check(self) -> None:
        """Let each seam prove once that it sees this version of its library."""
        for seam in self.seams:
            for name in seam.modules:
                if seam.canary is None or (seam.name, name) not in self.installed or (seam.name, name) in self.checked:
                    continue
                self.checked.add((seam.name, name))
                try:
                    seen = hub.sees(lambda: seam.canary(sys.modules[name]))  # type: ignore[misc]  # noqa: B023
                except Exception as exc:
                    hub.internal_error(f"the canary of the seam {seam.name} failed", exc)
                else:
                    if not seen:
                        hub.internal_errors.append(
                            f"the seam {seam.name} does not see the calls of this version of {name}"
                        )

    def uninstall(self) -> None:
        self.active = False
        self.patches.undo()
        self.installed.clear()


def built_in() -> list[Seam]:
    """The seams that come with the plugin."""
    return [import_module(name).SEAM for name in BUILT_IN]
