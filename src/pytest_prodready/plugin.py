"""pytest's hooks, options, markers and fixtures: wiring, no logic. Idle, nothing else of ours is imported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .manual import FaultInjector
    from .registries import Registries
    from .seams import Seams

MARKERS = (
    "prodready(select=[...], ignore=[...], skip='reason', deadline=SECONDS): sweep this test even without --prodready, or in another way",
    "fault(name, at=None, target=None): run this test under the named fault, in every run; the test asserts the answer",
)
_seams: Seams | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    from .settings import add_options

    add_options(parser)


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    from . import hooks

    pluginmanager.add_hookspecs(hooks)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before a conftest can import the application: what it binds then is ours already."""
    options = early_config.known_args_namespace
    if options.prodready or options.prodready_trial or options.prodready_finding or early_config.getini("prodready"):
        _install_seams()


def _install_seams() -> Seams:
    global _seams
    if _seams is None:
        from .seams import Seams, built_in

        _seams = Seams(built_in())
    if not _seams.active:
        _seams.install()
    return _seams


def pytest_configure(config: pytest.Config) -> None:
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    if _seams is not None and _seams.active:
        _start(config)


def _start(config: pytest.Config) -> Any:
    """Bring everything in: with the flag now, for a marker or fixture after collection."""
    from .registries import gather
    from .session import Session
    from .settings import read
    from .source import source_map

    registries: Registries = gather(config.pluginmanager)
    settings = read(config, registries.names, list(registries.reports))
    seams = _install_seams()
    seams.add(registries.seams)
    session = Session(config, settings, registries, seams, source_map(config, settings))
    session.body.install()
    config.pluginmanager.register(session, "prodready-session")
    config.pluginmanager.register(session.body, "prodready-body")
    return session


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    marked = [i for i in items if i.get_closest_marker("fault") or "faults" in getattr(i, "fixturenames", ())]
    swept = [i for i in items if i.get_closest_marker("prodready")]
    if not marked and not swept:
        return
    session = config.pluginmanager.get_plugin("prodready-session")
    if session is None:
        session = _start(config)
        session.seams.rebind(lambda filename: session.sources.classify(filename)[0] == "source")
    from .manual import Manual, validate

    validate(swept, marked, session.registries)
    config.pluginmanager.register(Manual(session), "prodready-manual")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with several `fault` markers runs once under each."""
    marks = list(metafunc.definition.iter_markers("fault"))
    if len(marks) > 1:
        names = [str(mark.args[0]) if mark.args else "?" for mark in reversed(marks)]
        metafunc.fixturenames.append("_prodready_fault")
        metafunc.parametrize("_prodready_fault", list(reversed(marks)), ids=names, indirect=True)


@pytest.fixture
def _prodready_fault(request: pytest.FixtureRequest) -> Any:
    """Which of several `fault` markers this run is for."""
    return request.param


@pytest.fixture
def faults(request: pytest.FixtureRequest) -> Iterator[FaultInjector]:
    """Inject failures by name: `with faults.inject("db.timeout", at="UPDATE orders") as fault: ...`."""
    from .manual import FaultInjector

    injector = FaultInjector(request.config.pluginmanager.get_plugin("prodready-session"), request.node.nodeid)
    yield injector
    injector.close()
