"""The tests on every Python and every pytest that is supported. `make test-long` runs it."""

import nox

nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = False

PYPROJECT = nox.project.load_toml("pyproject.toml")
TEST = nox.project.dependency_groups(PYPROJECT, "test")
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
PYTESTS = {"8.0": "pytest~=8.0.0", "8.4": "pytest~=8.4.0", "newest": "pytest"}
NEEDS_NEWER_PYTEST = ["pytest-asyncio"]  # than 8.0; tests that need it are skipped there


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    session.install("-c", "constraints.txt", "-e", ".", *TEST)
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(python="3.11")
@nox.parametrize("version", list(PYTESTS))
def pytests(session: nox.Session, version: str) -> None:
    session.install("-c", "constraints.txt", "-e", ".", *TEST)
    session.install("--upgrade", PYTESTS[version])
    if version == "8.0":
        session.run("python", "-m", "pip", "uninstall", "--yes", "--quiet", *NEEDS_NEWER_PYTEST)
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(python=["3.11"])
def clients(session: nox.Session) -> None:
    """Those that cannot live beside the others: niquests takes urllib3's place, mysqlclient is built against MariaDB's headers."""
    session.install("-c", "constraints.txt", "-e", ".", *TEST, "niquests", "mysqlclient")
    tests = ("tests/seams/test_niquests.py", "tests/seams/test_layers.py", "tests/seams/test_drivers.py", "tests/seams/test_fidelity.py", "tests/examples/test_servers.py", "tests/examples/test_clients.py")  # fmt: skip
    session.run("python", "-m", "pytest", "-k", "niquests or mysqlclient or MySQLdb", *tests)
