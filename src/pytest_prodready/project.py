"""What a project depends on, as plain data: what it declares, what its source imports, what is installed, what is known of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .trace import Site

#: How a requirement is meant. What only a lock file names may be a dependency of a dependency.
RUNTIME, OPTIONAL, DEV, LOCKED = "runtime", "optional", "dev", "locked"


def normal(name: str) -> str:
    """A distribution's name as indexes compare it: `Python_Multipart` is `python-multipart`."""
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(frozen=True)
class Requirement:
    """One declared requirement.

    Attributes:
        name: normalised; `written` is how it stands there.
        specifier: `>=2,<3`; empty for any version.
        marker: of the environment, after the `;`.
        group: `runtime`, `optional`, `dev` or `locked`.
        direct: it comes from an address, a path or a repository, not from an index by its name.
    """

    name: str
    written: str
    file: str
    line: int
    group: str = RUNTIME
    specifier: str = ""
    extras: tuple[str, ...] = ()
    marker: str = ""
    direct: bool = False

    @property
    def pin(self) -> str | None:
        """The one version that it allows."""
        match = re.fullmatch(r"\s*={2,3}\s*([^*,]+?)\s*", self.specifier)
        return match[1] if match else None

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Declarations:
    """All that the project declares.

    Attributes:
        files: those that declare what the application needs to run; none means that nobody can tell.
        unread: what could not be read, and why.
        private: an index other than the public one is named.
    """

    requirements: tuple[Requirement, ...] = ()
    files: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    private: bool = False

    def of(self, *groups: str) -> list[Requirement]:
        return [one for one in self.requirements if one.group in groups]


@dataclass(frozen=True)
class Import:
    """One import of something that is neither of the project nor of Python.

    Attributes:
        module: dotted, as far as it can be a module.
        names: what is taken from it by name: `from module import name`.
        guarded: the application does without it: `try/except ImportError`, `TYPE_CHECKING`, a test of the platform.
        dynamic: by `importlib.import_module` with a literal.
        called: the distribution that is known to hold the module, where its name is another one.
        providers: normalised names of the installed distributions that it can come from; none: it is not installed.
    """

    module: str
    site: Site
    guarded: bool = False
    dynamic: bool = False
    called: str | None = None
    providers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]


@dataclass(frozen=True)
class Distribution:
    """One installed distribution."""

    name: str
    written: str
    version: str
    requires: tuple[str, ...] = ()
    inactive: bool = False


@dataclass(frozen=True)
class Unmet:
    """A requirement of an installed distribution, `by`, that the environment does not meet; `found` is the version there is."""

    by: str
    requirement: str
    name: str
    found: str | None


@dataclass(frozen=True)
class Abandoned:
    """What is known of a distribution that nobody should begin with any more: since when, what to use, who says so."""

    why: str
    since: str
    instead: str
    source: str


@dataclass(frozen=True)
class Removed:
    """A name that source imports, and that its framework takes away: from version `gone` on it is not there.

    Attributes:
        name: dotted. `by` is the distribution that holds it, `version` the one that is installed.
        already: the installed version is without it.
        source: the framework's own list of what it removed.
    """

    name: str
    by: str
    version: str
    gone: str
    already: bool
    instead: str
    source: str
    site: Site


@dataclass(frozen=True)
class Advisory:
    """One known vulnerability, as far as it concerns one version: `fixed` is the first version without it."""

    id: str
    aliases: tuple[str, ...]
    summary: str
    fixed: str | None


@dataclass(frozen=True)
class Hit:
    """A version that advisories are about. `installed`: else it is the pin of `requirement`, which production will install."""

    name: str
    version: str
    advisories: tuple[Advisory, ...]
    installed: bool = True


@dataclass(frozen=True)
class Looked:
    """How well advisories could be looked up. `blind` says why silence means nothing; `note` what else to know of them."""

    blind: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Project:
    """Everything that the pillar `dependencies` judges.

    Attributes:
        own: the project's own distribution, normalised.
        inside: distributions that lie in the project's own folder.
        depends: what the project depends on, to the path that leads there, from the direct dependency on.
        documented: of an installed distribution, those of its dependencies that its own manual tells users to import.
        extras: distributions that a declared extra brings in: `celery[redis]` is a declaration of redis, too.
        mismatched: declared distributions of which another version is installed than any that the declaration allows.
        removed: names that source imports and a later version of their framework, or already this one, is without.
        unknown: names that neither are installed nor known to an index, to the nearest real name.
        lookalikes: names that an index knows, that nobody installed, and that are one slip away from a well-known one.
        names_date: the day of the list of names.
        silent: why the index that was asked for names and states told nothing.
        status: what an index says of a distribution: yanked, archived, deprecated, quarantined.
    """

    declared: Declarations = field(default_factory=Declarations)
    imports: tuple[Import, ...] = ()
    installed: Mapping[str, Distribution] = field(default_factory=dict)
    own: str | None = None
    inside: frozenset[str] = frozenset()
    depends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    documented: Mapping[str, frozenset[str]] = field(default_factory=dict)
    extras: frozenset[str] = frozenset()
    unmet: tuple[Unmet, ...] = ()
    mismatched: frozenset[str] = frozenset()
    abandoned: Mapping[str, Abandoned] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()
    unknown: Mapping[str, str | None] = field(default_factory=dict)
    lookalikes: Mapping[str, str] = field(default_factory=dict)
    names_date: str = ""
    hits: tuple[Hit, ...] = ()
    looked: Looked = field(default_factory=Looked)
    status: Mapping[str, str] = field(default_factory=dict)
    silent: str | None = None

    def requirement(self, name: str) -> Requirement | None:
        """Where a distribution is declared, the telling groups first."""
        found = [one for one in self.declared.requirements if one.name == name]
        return min(found, key=lambda one: (RUNTIME, OPTIONAL, DEV, LOCKED).index(one.group), default=None)

    def imported(self, name: str) -> list[Import]:
        return [one for one in self.imports if name in one.providers]

    def version(self, name: str) -> str:
        found = self.installed.get(name)
        return found.version if found else ""
