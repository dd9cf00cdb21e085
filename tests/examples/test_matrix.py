"""Every library that is listened to has at least one application that fails with it, and one that copes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from . import test_aws, test_clients, test_servers, test_servers_units
from .test_cases import FOLDERS

NOWHERE = test_servers.Server("postgresql://u:p@h:1/d", "h", 1, "u", "p", "d")
#: library -> what its use looks like in an application or, for what stands in its place, in its tests
LIBRARIES = {
    "psycopg 3": r"psycopg\.connect\(",
    "psycopg 3, pooled": r"\bConnectionPool\(",
    "psycopg 3, asynchronous": r"AsyncConnection\b|AsyncConnectionPool\(",
    "psycopg2": r"import psycopg2",
    "asyncpg": r"asyncpg\.connect\(",
    "asyncpg, pooled": r"asyncpg\.create_pool\(",
    "PyMySQL": r"pymysql\.connect\(",
    "mysqlclient": r"MySQLdb\.connect\(",
    "aiosqlite": r"aiosqlite\.connect\(",
    "SQLAlchemy": r"\bcreate_engine\(",
    "SQLAlchemy on PostgreSQL": r"postgresql\+psycopg",
    "SQLAlchemy on MariaDB": r"mysql\+",
    "SQLAlchemy, asynchronous": r"create_async_engine\(",
    "Django on PostgreSQL": r"django\.db\.backends\.postgresql",
    "Django on MariaDB": r"django\.db\.backends\.mysql",
    "redis": r"import redis\n",
    "redis, asynchronous": r"redis\.asyncio",
    "redis, pipelines": r"\.pipeline\(",
    "fakeredis": r"fakeredis",
    "aiohttp": r"aiohttp\.ClientSession\(",
    "boto3": r"boto3\.client\(",
    "niquests": r"niquests\.(?:Session\(|get\(|post\()",
    "niquests, asynchronous": r"niquests\.AsyncSession\(",
    "stripe": r"import stripe",
    "openai": r"import openai|from openai import",
    "smtplib": r"smtplib\.SMTP",
    "Django mail": r"send_mail\(|EmailMessage\(",
    "open": r"\bopen\(",
    "os": r"\bos\.(?:replace|rename|listdir|scandir)\(",
    "pathlib": r"\.(?:read_text|write_text|read_bytes|write_bytes)\(",
    "shutil": r"shutil\.(?:copy\w*|move)\(",
    "tempfile": r"tempfile\.(?:mkstemp|NamedTemporaryFile)\(",
    "archives": r"(?:gzip|tarfile)\.open\(|zipfile\.ZipFile\(",
    "subprocess": r"subprocess\.(?:run|Popen|call|check_output)\(",
    "clock": r"\b(?:datetime|date|timezone)\.(?:now|today|utcnow)\(",
}


def applications() -> Iterator[tuple[bool, str]]:
    """(is it sound, its text and that of its tests)."""
    for folder in FOLDERS:
        expected = folder / "expect.json"
        wanted = json.loads(expected.read_text())["must"] if expected.exists() else []
        yield not wanted, "\n".join(path.read_text() for path in sorted(folder.rglob("*.py")))
    for library in test_servers.LIBRARIES:
        for copes in (False, True):
            yield copes, "\n".join(library.files(NOWHERE, copes).values())
    for name in {engine[1] for engine in test_servers.ENGINES.values()}:
        for copes in (False, True):
            yield copes, test_servers.DJANGO.replace("<ENGINE>", name)
    for case in test_servers_units.CASES:
        yield not case.found, (case.app + case.test).replace("{MARIADB}", "mysql+pymysql://")
    for sound in (False, True):
        yield sound, test_aws.APP
    for client in test_clients.CLIENTS:
        for copes in (False, True):
            yield copes, client.app(copes)


@pytest.fixture(scope="module")
def found() -> dict[bool, str]:
    texts: dict[bool, str] = {False: "", True: ""}
    for sound, text in applications():
        texts[sound] += "\n" + text
    return texts


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_bad_one_and_a_clean_one(library: str, found: dict[bool, str]) -> None:
    assert [sound for sound in (False, True) if not re.search(LIBRARIES[library], found[sound])] == []
