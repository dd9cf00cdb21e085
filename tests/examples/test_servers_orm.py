"""What performance checks say of SQLAlchemy and Django on SQLite and on real servers: one application that does it wrong, and one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.servers import Server, need

from .sweeping import marks, run

#: What is wrong with the bad applications: the check, the function, the level.
WRONG = {
    ("missing-index", "by_ref", "error"),
    ("n-plus-one-query", "names", "error"),
    ("write-in-loop", "add", "warning"),
    ("duplicate-query", "rate", "warning"),
    ("unbounded-query", "everything", "warning"),
    ("overfetched-columns", "star", "warning"),
    ("superlinear-growth", "report", "error"),
    ("n-plus-one-query", "report", "error"),
}
UNPOOLED = ("unpooled-connection", "opened", "error")
BLOCKING = ("blocking-call", "asks_server")

MODELS = """
from sqlalchemy import ForeignKey, String, delete, func, insert, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "<T>_customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20))


class Order(Base):
    __tablename__ = "<T>_orders"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ref: Mapped[str] = mapped_column(String(20)<INDEX>)
    customer_id: Mapped[int] = mapped_column(ForeignKey("<T>_customers.id"), index=True)
    customer: Mapped[Customer] = relationship()


CUSTOMERS = [{"id": 1, "name": "Ann"}, {"id": 2, "name": "Ben"}, {"id": 3, "name": "Cem"}]
ORDERS = [{"id": number, "ref": f"r{number}", "customer_id": number} for number in (1, 2, 3)]
"""
#: The routes of both; `<async>`, `<await>` and `<with>` are what makes them asynchronous or not.
ROUTES = """

@app.get("/ref/{ref}")
<async>def by_ref(ref: str):
    <with> opened() as session:
        return <await>session.scalar(select(Order.id).where(Order.ref == ref))


@app.get("/names")
<async>def names():
    <with> opened() as session:
        found = (<await>session.scalars(select(Order)<EAGER>.order_by(Order.id).limit(10))).all()
        return [<CUSTOMER>.name for order in found]


@app.post("/add")
<async>def add(numbers: list[int]):
    <with> opened() as session:
<ADD>
        <await>session.commit()
    return len(numbers)


<async>def rate(session):
    return <await>session.scalar(select(func.max(Customer.id)).where(Customer.name == "Ann", Customer.id < 10))


@app.get("/rates")
<async>def rates():
    <with> opened() as session:
        <RATES>


@app.get("/everything")
<async>def everything():
    <with> opened() as session:
        return len((<await>session.execute(select(Order.id, Order.ref)<SOME>)).all())


@app.get("/star/{number}")
<async>def star(number: int):
    <with> opened() as session:
        return (<await>session.execute(text("SELECT <STAR> FROM <T>_orders WHERE id = :id"), {"id": number})).one().ref


@app.get("/report")
<async>def report():
    <with> opened() as session:
        <REPORT>


@app.get("/wait")
async def waiting():
    <WAIT>
"""
BAD = {
    "<INDEX>": "",
    "<EAGER>": "",
    "<CUSTOMER>": "(<await>session.get(Customer, order.customer_id))",
    "<ADD>": """        for number in numbers:
            <await>session.execute(insert(Order).values(id=number, ref="x", customer_id=1))""",
    "<RATES>": "return [<await>rate(session), <await>rate(session), <await>rate(session)]",
    "<SOME>": "",
    "<STAR>": "*",
    "<REPORT>": """numbers = (<await>session.scalars(select(Order.id).where(Order.id > 0))).all()
        return [<await>session.scalar(select(Order.ref).where(Order.id == number)) for number in numbers]""",
    "<WAIT>": "return asks_server()",
}
GOOD = {
    "<INDEX>": ", index=True",
    "<EAGER>": ".options(selectinload(Order.customer))",
    "<CUSTOMER>": "order.customer",
    "<ADD>": """        <await>session.execute(insert(Order), [{"id": n, "ref": "x", "customer_id": 1} for n in numbers])""",
    "<RATES>": "return [<await>rate(session)] * 3",
    "<SOME>": ".where(Order.id > 0).order_by(Order.id).limit(50)",
    "<STAR>": "ref",
    "<REPORT>": "return (<await>session.scalars(select(Order.ref).where(Order.id > 0))).all()",
    "<WAIT>": "return await asyncio.to_thread(asks_server)",
}
SYNC = """
import asyncio
from contextlib import contextmanager

from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from models import *

app = FastAPI()
<ENGINE>

def asks_server():
    with opened() as session:
        return session.scalar(select(Customer.id).where(Customer.id == 1))


def make():
    engine = create_engine("<URL>")
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with engine.begin() as conn:
        conn.execute(insert(Customer), CUSTOMERS)
        conn.execute(insert(Order), ORDERS)
    engine.dispose()


def fill(size):
    engine = create_engine("<URL>")
    with engine.begin() as conn:
        conn.execute(delete(Order))
        conn.execute(insert(Order), [{"id": n + 1, "ref": "x", "customer_id": 1} for n in range(size)])
    engine.dispose()
"""
SYNC_ENGINE = {
    False: """

@contextmanager
def opened():
    engine = create_engine("<URL>")
    with sessionmaker(engine)() as session:
        yield session
    engine.dispose()
""",
    True: """
opened = sessionmaker(create_engine("<URL>"))
""",
}
ASYNC = """
import asyncio
import urllib.request
from contextlib import asynccontextmanager

from fastapi import FastAPI
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

from models import *

app = FastAPI()
<ENGINE>

def asks_server():
    with urllib.request.urlopen("http://127.0.0.1:9/") as reply:
        return len(reply.read())


async def _make():
    engine = create_async_engine("<URL>")
    async with engine.begin() as conn:
        await conn.run_sync(Base.metadata.drop_all)
        await conn.run_sync(Base.metadata.create_all)
        await conn.execute(insert(Customer), CUSTOMERS)
        await conn.execute(insert(Order), ORDERS)
    await engine.dispose()


async def _fill(size):
    engine = create_async_engine("<URL>")
    async with engine.begin() as conn:
        await conn.execute(delete(Order))
        await conn.execute(insert(Order), [{"id": n + 1, "ref": "x", "customer_id": 1} for n in range(size)])
    await engine.dispose()


def make():
    asyncio.run(_make())


def fill(size):
    asyncio.run(_fill(size))
"""
ASYNC_ENGINE = {
    False: """

@asynccontextmanager
async def opened():
    engine = create_async_engine("<URL>")
    async with async_sessionmaker(engine)() as session:
        yield session
    await engine.dispose()
""",
    True: """

@asynccontextmanager
async def lifespan(app):
    global opened
    engine = create_async_engine("<URL>")
    opened = async_sessionmaker(engine)
    yield
    await engine.dispose()


app.router.lifespan_context = lifespan
""",
}
SA_TEST = """
import io
from unittest import mock

import pytest
from fastapi.testclient import TestClient

import app


@pytest.fixture
def client():
    app.make()
    with TestClient(app.app) as client:
        yield client


def test_all(client):
    assert client.get("/ref/r2").json() == 2
    assert client.get("/names").json() == ["Ann", "Ben", "Cem"]
    assert client.post("/add", json=[4, 5, 6, 7]).json() == 4
    assert client.get("/rates").json() == [1, 1, 1]
    assert client.get("/everything").json() == 7
    assert client.get("/star/2").json() == "r2"


def test_wait(client):
    with mock.patch("urllib.request.OpenerDirector.open", lambda *args, **kwargs: io.BytesIO(b"x")):
        assert client.get("/wait").json() == 1


@pytest.mark.prodready_growth(sizes=(4, 16, 64))
def test_growth(client, growth):
    growth(lambda size: client.get("/report"), prepare=app.fill)
"""


@dataclass(frozen=True)
class Database:
    """A driver below SQLAlchemy: the scheme of its URLs, and what it leads to."""

    scheme: str
    server: str

    @property
    def is_async(self) -> bool:
        return self.scheme.endswith(("asyncpg", "async", "aiosqlite"))


DATABASES = [
    Database("sqlite", ""),
    Database("sqlite+aiosqlite", ""),
    Database("postgresql+psycopg", "PostgreSQL"),
    Database("postgresql+psycopg2", "PostgreSQL"),
    Database("mysql+pymysql", "MariaDB"),
    Database("postgresql+asyncpg", "PostgreSQL"),
    Database("postgresql+psycopg_async", "PostgreSQL"),
]


def url(scheme: str, server: Server | None) -> str:
    if server is None:
        return f"{scheme}:///shop.db"
    password = f":{server.password}" if server.password else ""
    return f"{scheme}://{server.user}{password}@{server.host}:{server.port}/{server.database}"


def written(folder: Path, files: dict[str, str], values: dict[str, str]) -> Path:
    for name, text in files.items():
        for _ in range(2):  # what is filled in has places of its own
            for key, value in values.items():
                text = text.replace(key, value)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def judged(folder: Path, work: Path, *arguments: str) -> set[tuple[str, str, str]]:
    """What the sweep holds against an application; nothing may be left out unseen."""
    work.mkdir()
    sweep = run(folder, work, "--prodready-select=performance", *arguments)
    assert sweep.report, sweep.output
    assert sweep.report["internal_errors"] == [], sweep.output
    assert "AssertionError" not in sweep.output, sweep.output
    assert "Error:" not in sweep.output, sweep.output
    assert not [note for note in sweep.report["notes"] if "not looked at" in note], sweep.report["notes"]
    assert sweep.report["readiness"]["pillars"]["performance"]["status"] == "measured"
    return {
        (f["check"], [part for part in f["function"].split(".") if part[0] != "<"][-1], f["level"])
        for f in sweep.findings
    }


@pytest.mark.parametrize("well", [False, True], ids=["bad", "good"])
@pytest.mark.parametrize("database", [pytest.param(one, id=one.scheme, marks=marks(one.scheme)) for one in DATABASES])
def test_sqlalchemy(database: Database, well: bool, tmp_path: Path) -> None:
    server = need(database.server) if database.server else None
    head, engine = (ASYNC, ASYNC_ENGINE[well]) if database.is_async else (SYNC, SYNC_ENGINE[well])
    kind = {"<async>": "async ", "<await>": "await ", "<with>": "async with"}
    values = {
        **(GOOD if well else BAD),
        **(kind if database.is_async else {"<async>": "", "<await>": "", "<with>": "with"}),
        "<ENGINE>": engine,
        "<URL>": url(database.scheme, server),
        "<T>": f"pr_{database.scheme.replace('+', '_')}_{'good' if well else 'bad'}",
    }
    files = {"models.py": MODELS, "app.py": head + ROUTES, "test_app.py": SA_TEST}
    folder = written(tmp_path / "app", files, values)
    found = judged(folder, tmp_path / "work", "-p", "no:django")
    own = "warning" if database.scheme == "sqlite" else "error"  # nobody else decides how long a file takes
    assert found == (set() if well else WRONG | {UNPOOLED, (*BLOCKING, own)})


SETTINGS = """
SECRET_KEY = "shop"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "shop.urls"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["shop"]
DATABASES = {"default": <DATABASE>}
"""
DJANGO_MODELS = """
from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=20)


class Order(models.Model):
    ref = models.CharField(max_length=20<INDEX>)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
"""
VIEWS = """
import json

from django.db import connection
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from .models import Customer, Order


def said(value):
    return JsonResponse(value, safe=False)


def by_ref(request, ref):
    return said(Order.objects.filter(ref=ref).count())


def names(request):
    return said([order.customer.name for order in Order.objects<EAGER>.order_by("id")[:10]])


@csrf_exempt
def add(request):
    numbers = json.loads(request.body)
<ADD>
    return said(len(numbers))


def rate():
    return Customer.objects.filter(name="Ann", id__gt=0).first().name


def rates(request):
    <RATES>


def everything(request):
    return said(len(list(Order.objects<SOME>)))


def star(request, ref):
    with connection.cursor() as cursor:
        cursor.execute("SELECT <STAR> FROM shop_customer WHERE id > %s ORDER BY id LIMIT 1", [0])
        return said(len(cursor.fetchone()))


def report(request):
    <REPORT>


urlpatterns = [
    path("ref/<str:ref>", by_ref), path("names", names), path("add", add), path("rates", rates),
    path("everything", everything), path("star/<str:ref>", star), path("report", report),
]
"""
DJANGO_BAD = {
    "<INDEX>": "",
    "<EAGER>": "",
    "<ADD>": """    for number in numbers:
        Order.objects.create(ref=str(number), customer_id=request.GET["customer"])""",
    "<RATES>": "return said([rate(), rate(), rate()])",
    "<SOME>": ".all()",
    "<STAR>": "*",
    "<REPORT>": """found = Order.objects.filter(id__gt=0)
    return said([Customer.objects.get(id=order.customer_id).name for order in found])""",
}
DJANGO_GOOD = {
    "<INDEX>": ", db_index=True",
    "<EAGER>": '.select_related("customer")',
    "<ADD>": """    Order.objects.bulk_create([Order(ref=str(n), customer_id=request.GET["customer"]) for n in numbers])""",
    "<RATES>": "return said([rate()] * 3)",
    "<SOME>": ".order_by('id')[:50]",
    "<STAR>": "id, name",
    "<REPORT>": 'return said([order.customer.name for order in Order.objects.filter(id__gt=0).select_related("customer")])',
}
DJANGO_TEST = """
import json

import pytest

from shop.models import Customer, Order


@pytest.fixture
def shop(db):
    customers = Customer.objects.bulk_create([Customer(name=name) for name in ("Ann", "Ben", "Cem")])
    customers = list(Customer.objects.order_by("id"))
    Order.objects.bulk_create([Order(ref=f"r{one.name}", customer=one) for one in customers])
    return customers[0].pk


def test_all(client, shop):
    assert client.get("/names").json() == ["Ann", "Ben", "Cem"]
    assert client.get("/ref/rBen").json() == 1
    assert client.post(f"/add?customer={shop}", json.dumps([4, 5, 6, 7]), content_type="application/json").json() == 4
    assert client.get("/rates").json() == ["Ann", "Ann", "Ann"]
    assert client.get("/everything").json() == 7
    assert client.get("/star/x").json() == 2


@pytest.mark.prodready_growth(sizes=(4, 16, 64))
def test_growth(client, shop, growth):
    def fill(size):
        Order.objects.all().delete()
        customers = Customer.objects.bulk_create([Customer(name=str(n)) for n in range(size)])
        newest = Customer.objects.order_by("-id")[:size]
        Order.objects.bulk_create([Order(ref="x", customer=one) for one in newest])

    growth(lambda size: client.get("/report"), prepare=fill)
"""


@pytest.mark.parametrize("well", [False, True], ids=["bad", "good"])
@pytest.mark.parametrize(("engine", "name"), [("sqlite3", ""), ("postgresql", "PostgreSQL"), ("mysql", "MariaDB")])
def test_django(engine: str, name: str, well: bool, tmp_path: Path) -> None:
    server = need(name) if name else None
    database: dict[str, object] = {"ENGINE": f"django.db.backends.{engine}", "NAME": ":memory:"}
    if server is not None:
        test = {"NAME": f"pr_performance_{'good' if well else 'bad'}"}
        database |= {
            "NAME": server.database, "HOST": server.host, "PORT": server.port, "USER": server.user,
            "PASSWORD": server.password, "TEST": test,
        }  # fmt: skip
    start = "import pymysql\n\npymysql.install_as_MySQLdb()\n" if engine == "mysql" else ""
    values = {**(DJANGO_GOOD if well else DJANGO_BAD), "<DATABASE>": repr(database)}
    files = {
        "shop/__init__.py": start, "shop/settings.py": SETTINGS, "shop/models.py": DJANGO_MODELS, "shop/urls.py": VIEWS,
        "test_shop.py": DJANGO_TEST, "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = shop.settings\n",
    }  # fmt: skip
    folder = written(tmp_path / "app", files, values)
    found = judged(folder, tmp_path / "work")
    assert found == (set() if well else WRONG)
