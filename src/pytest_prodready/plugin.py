"""pytest's hooks, options, markers and fixtures: wiring, no logic. Idle, nothing else of ours is imported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .attacking import AttackClient
    from .growth import Growth
    from .manual import FaultInjector
    from .observed import SeenTrace
    from .payment_api import PaymentAPI
    from .registries import Registries
    from .seams import Seams
    from .tcp_proxy import TcpProxies

MARKERS = (
    "prodready(select=[...], ignore=[...], skip='reason', deadline=SECONDS): sweep this test even without --prodready",
    "fault(name, at=None, target=None, field=None, occurrence=1): run this test under the named fault, in every run; the test asserts the answer",
    "prodready_growth(sizes=(8, 32, 128)): the sizes at which the fixture growth runs its body",
)
OPTIONS: tuple[tuple[str, dict[str, Any], Any, str], ...] = (
    # name, argparse's arguments, type of the ini twin (None without one), help
    ("source", {"action": "append", "metavar": "PATH_OR_PACKAGE"}, "args",
     "what counts as your code (default: coverage's sources, else the project's own importable files)"),
    ("select", {"action": "append", "metavar": "NAME"}, "args", "only these pillars, checks, faults (globs)"),
    ("ignore", {"action": "append", "metavar": "NAME"}, "args", "not these pillars, checks, faults (globs)"),
    ("depth", {"metavar": "quick|standard|thorough"}, "string", "how many faults a point gets (default: standard)"),
    ("seed", {"metavar": "N"}, "string", "seed of every random choice (default: 0)"),
    ("allow-host", {"action": "append", "metavar": "HOST"}, "args", "a host beyond loopback that trials may reach"),
    ("report", {"action": "append", "metavar": "KIND[:DEST]"}, "args", "term (default) or json[:FILE]; repeatable"),
    ("fail-under", {"action": "append", "metavar": "[PILLAR=]PERCENT"}, "args",
     "exit 1 when readiness, or that of a pillar, is below"),
    ("baseline", {"metavar": "FILE"}, "string", "findings listed there are known, and fail nothing"),
    ("write-baseline", {"action": "store_true"}, None, "list all findings in the file of --prodready-baseline"),
    ("trial", {"metavar": "ID"}, None, "run exactly one trial again and print all that it saw"),
    ("finding", {"metavar": "ID"}, None, "run the first trial of a finding again"),
    ("update-advisories", {"metavar": "FILE|URL"}, None,
     "take advisories in OSV form into the project's snapshot, and run no test"),
    ("budget", {"metavar": "SECONDS"}, "string", "stop the sweep in time; the rest is counted as not tried"),
    ("deadline", {"metavar": "SECONDS"}, "string",
     "real time that one trial may take (default: 10, or 10 x the test's own time if longer)"),
)  # fmt: skip
SWITCHES = (
    ("prodready", "observe the suite, fail every interaction on purpose, report"),
    ("prodready-no-fail", "report, and fail nothing"),
    ("prodready-online", "ask an index about dependencies: advisories, names, status"),
)
_seams: Seams | None = None


class HookSpecs:
    """How another plugin or a conftest adds a seam, a fault, an attack, a check or a report.

    The built-in ones are registered through the same hooks (see `registries`). Each hook returns a list.
    """

    @pytest.hookspec
    def pytest_prodready_seams(self) -> list[Any]:  # type: ignore[empty-body]
        """Libraries to listen to: a list of `pytest_prodready.seams.Seam`."""

    @pytest.hookspec
    def pytest_prodready_faults(self) -> list[Any]:  # type: ignore[empty-body]
        """Faults, and the drivers that give them form: `pytest_prodready.faults.Fault` and objects like `Driver`."""

    @pytest.hookspec
    def pytest_prodready_attacks(self) -> list[Any]:  # type: ignore[empty-body]
        """Kinds of malicious input: a list of `pytest_prodready.attacks.Attack`."""

    @pytest.hookspec
    def pytest_prodready_checks(self) -> list[Any]:  # type: ignore[empty-body]
        """Rules: a list of `pytest_prodready.checks.Check`."""

    @pytest.hookspec
    def pytest_prodready_reports(self) -> list[Any]:  # type: ignore[empty-body]
        """Kinds of report: a list of `pytest_prodready.report.Reporter`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("prodready", "production readiness")
    for name, text in SWITCHES:
        group.addoption(f"--{name}", action="store_true", default=None, help=text)
        parser.addini(name.replace("-", "_"), text, type="bool", default=False)
    for name, arguments, ini, text in OPTIONS:
        group.addoption(f"--prodready-{name}", default=None, help=text, **arguments)
        if ini is not None:
            parser.addini(f"prodready_{name.replace('-', '_')}", text, type=ini, default=None)
    parser.addini("prodready_advisories", "where the snapshot of advisories is kept", default=None)
    parser.addini("prodready_levels", "levels of checks: CHECK=error or CHECK=warning", type="args", default=None)
    parser.addini(
        "prodready_payment_hosts", "hosts of payment providers beside the known ones", type="args", default=None
    )
    parser.addini(
        "prodready_entries", "functions that the world calls: MODULE:FUNCTION; globs", type="args", default=None
    )


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.add_hookspecs(HookSpecs)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before a conftest can import the application: what it binds then is ours already."""
    options = early_config.known_args_namespace
    if options.prodready or options.prodready_trial or options.prodready_finding or early_config.getini("prodready"):
        _install_seams()


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    source = config.getoption("prodready_update_advisories", None)
    if source is None:
        return None
    from .update import update

    return update(config, source)


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
    config.pluginmanager.register(session.observing, "prodready-observing")
    config.pluginmanager.register(session.body, "prodready-body")
    config.pluginmanager.register(session.whole, "prodready-whole")
    return session


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    marked = [i for i in items if i.get_closest_marker("fault") or _asks_for_ours(i)]
    swept = [i for i in items if i.get_closest_marker("prodready")]
    if not marked and not swept:
        return
    session = config.pluginmanager.get_plugin("prodready-session")
    if session is None:
        session = _start(config)
        session.seams.rebind(lambda filename: session.sources.classify(filename)[0] == "source")
        session.out_of_reach = session.seams.out_of_reach()
        session.notes += session.out_of_reach
    from .manual import Manual, validate

    validate(swept, marked, session.registries)
    config.pluginmanager.register(Manual(session), "prodready-manual")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: Any) -> None:
    """A worker has swept for a marker alone: the controller of xdist collects nothing and hears of it only now."""
    manager = node.config.pluginmanager
    if "prodready" in (getattr(node, "workeroutput", None) or {}) and not manager.has_plugin("prodready-session"):
        session = _start(node.config)
        session.late = True
        session.pytest_testnodedown(node, error)


def _asks_for_ours(item: pytest.Item) -> bool:
    names = {"faults", "trace", "growth", "attack_client"}.intersection(getattr(item, "fixturenames", ()))
    if not names:
        return False
    from .sweep.compat import uses_our_fixture

    return any(uses_our_fixture(item, name) for name in names)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with several `fault` markers runs once under each."""
    marks = list(metafunc.definition.iter_markers("fault"))
    if len(marks) > 1:
        names = [str(mark.args[0] if mark.args else mark.kwargs.get("name", "?")) for mark in reversed(marks)]
        metafunc.fixturenames.append("_prodready_fault")
        metafunc.parametrize("_prodready_fault", list(reversed(marks)), ids=names, indirect=True)


@pytest.fixture
def _prodready_fault(request: pytest.FixtureRequest) -> Any:
    """Which of several `fault` markers this run is for."""
    return request.param


@pytest.fixture
def faults(request: pytest.FixtureRequest) -> Iterator[FaultInjector]:
    """Inject failures by name: `with faults.inject("db.timeout", at="UPDATE orders") as fault: ...`."""
    session = _observing(request)
    from .manual import FaultInjector

    injector = FaultInjector(session, request.node.nodeid)
    yield injector
    injector.close()


@pytest.fixture
def payment_api(request: pytest.FixtureRequest) -> Iterator[PaymentAPI]:
    """A payment provider on loopback that fails on demand: `with payment_api.fail("charged-then-timeout"): ...`."""
    from .payment_api import start

    api = start(request.config)
    yield api
    api.close()


@pytest.fixture
def tcp_proxy() -> Iterator[TcpProxies]:
    """A proxy in front of any TCP service: `proxy = tcp_proxy("127.0.0.1", 5432)`, `with proxy.reset(match=b"COMMIT"): ...`."""
    from .tcp_proxy import TcpProxies

    proxies = TcpProxies()
    yield proxies
    proxies.close()


@pytest.fixture
def trace(request: pytest.FixtureRequest) -> SeenTrace:
    """The calls of this test so far: `len(trace.queries) <= 3`, `trace.requests_to("api.stripe.com")`."""
    _observing(request)
    from .observed import SeenTrace
    from .seams import hub

    assert hub.trace is not None
    return SeenTrace(hub.trace)


@pytest.fixture
def growth(request: pytest.FixtureRequest) -> Growth:
    """Runs a body at growing sizes: `growth(lambda size: client.get("/orders"), prepare=fill).queries < 0.3`."""
    _observing(request)
    from .growth import SIZES, Growth
    from .seams import hub

    mark = request.node.get_closest_marker("prodready_growth")
    assert hub.trace is not None
    return Growth(hub.trace, mark.kwargs.get("sizes", SIZES) if mark is not None else SIZES)


@pytest.fixture
def attack_client(request: pytest.FixtureRequest) -> AttackClient:
    """Makes each request of a client again with every attack: `attack_client(client).get("/search?q=tea")`."""
    session = _observing(request)
    from .attacking import AttackClient

    return AttackClient(session, request.node.nodeid)


def _observing(request: pytest.FixtureRequest) -> Any:
    """The session, which observes this test because it asks for one of our fixtures."""
    session: Any = request.config.pluginmanager.get_plugin("prodready-session")
    if session is None or not session.observing.observes(request.node):
        pytest.fail(
            f"{request.fixturename!r} was asked for while the test ran, and nothing was listening: "
            "name it among the arguments of the test or of a fixture",
            pytrace=False,
        )
    return session
