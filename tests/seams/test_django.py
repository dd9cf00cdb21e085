"""Django: entries, transactions within those of tests, and commands, as whole suites show them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from examples.sweeping import Sweep, run

SETTINGS = """
SECRET_KEY = "x" * 50
DEBUG = True
ALLOWED_HOSTS = ["*"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "rest_framework", "shop",
]
MIDDLEWARE = [
    "shop.middleware.timing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "shop.urls"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
STATIC_URL, MEDIA_URL = "/static/", "/media/"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "django.template.context_processors.request",
    ]},
}]
"""

SHOP = {
    "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = settings\n",
    "settings.py": SETTINGS,
    "shop/__init__.py": "",
    "shop/models.py": """
from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=50)
    stock = models.IntegerField(default=0)


class Order(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    email = models.CharField(max_length=50)
""",
    "shop/middleware.py": """
import time


def timing(get_response):
    def middleware(request):
        started = time.perf_counter()
        response = get_response(request)
        response["X-Seconds"] = str(time.perf_counter() - started)
        return response

    return middleware
""",
    "shop/views.py": """
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import ListView
from rest_framework import exceptions, serializers, viewsets
from rest_framework.decorators import api_view
from rest_framework.response import Response

from shop.models import Book, Order


def sorry(exc):
    return JsonResponse({"error": str(exc) if settings.DEBUG else "later"}, status=503)


def show(request, pk):
    book = get_object_or_404(Book, pk=pk)
    return JsonResponse({"title": book.title})


def guarded(request, pk):
    try:
        book = Book.objects.get(pk=pk)
    except DatabaseError as exc:
        return sorry(exc)
    return JsonResponse({"title": book.title})


def absent(request, pk):
    try:
        book = Book.objects.get(pk=pk)
    except DatabaseError:
        raise Http404 from None
    return JsonResponse({"title": book.title})


class Books(ListView):
    model = Book
    template_name = "books.html"


def export(request):
    def rows():
        for book in Book.objects.all():
            yield book.title

    return StreamingHttpResponse(rows(), content_type="text/csv")


async def async_export(request):
    async def rows():
        async for book in Book.objects.all():
            yield book.title

    return StreamingHttpResponse(rows(), content_type="text/csv")


async def async_show(request, pk):
    book = await Book.objects.aget(pk=pk)
    return JsonResponse({"title": book.title})


async def async_guarded(request, pk):
    try:
        book = await Book.objects.aget(pk=pk)
    except DatabaseError as exc:
        return sorry(exc)
    return JsonResponse({"title": book.title})


@login_required
def mine(request):
    return JsonResponse({"orders": Order.objects.filter(email=request.user.email).count()})


def order(request, pk):
    try:
        with transaction.atomic():
            book = Book.objects.get(pk=pk)
            with transaction.atomic():
                book.stock -= 1
                book.save()
            Order.objects.create(book=book, email="ann@example.com")
    except DatabaseError:
        return JsonResponse({"error": "later"}, status=503)
    return JsonResponse({"ok": True}, status=201)


@transaction.atomic
def place(request, pk):
    Order.objects.create(book_id=pk, email="ann@example.com")
    return JsonResponse({"ok": True}, status=201)


def reading(request):
    with transaction.atomic():
        return JsonResponse({"books": Book.objects.count()})


def retrying(request, pk):
    for _ in range(3):
        try:
            with transaction.atomic():
                Order.objects.create(book_id=pk, email="ann@example.com")
            break
        except DatabaseError:
            connection.close()
    else:
        return JsonResponse({}, status=503)
    return JsonResponse({"ok": True}, status=201)


def reconnecting(request, pk):
    try:
        Order.objects.create(book_id=pk, email="ann@example.com")
    except DatabaseError:
        close_old_connections()
        Order.objects.create(book_id=pk, email="ann@example.com")
    return JsonResponse({"ok": True}, status=201)


def closing(request, pk):
    try:
        with transaction.atomic():
            try:
                Order.objects.create(book_id=pk, email="ann@example.com")
            except DatabaseError:
                connection.close()
                raise
    except DatabaseError:
        return JsonResponse({"books": Book.objects.count()}, status=503)
    return JsonResponse({"ok": True}, status=201)


def going_on(request, pk):
    try:
        Book.objects.filter(pk=pk).update(stock=5)
    except DatabaseError:
        connection.close()
    return JsonResponse({"books": Book.objects.count()})


def hooked(request, pk):
    with transaction.atomic():
        Order.objects.create(book_id=pk, email="ann@example.com")
        transaction.on_commit(lambda: restock(pk))
    return JsonResponse({"ok": True})


def restock(pk):
    Book.objects.filter(pk=pk).update(stock=9)


class BookSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["id", "title", "stock"]


class BookViewSet(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = BookSerializer


class Busy(exceptions.APIException):
    status_code = 503


@api_view(["GET"])
def count(request):
    try:
        return Response({"books": Book.objects.count()})
    except DatabaseError as exc:
        raise Busy from exc
""",
    "shop/templates/books.html": "{% for book in object_list %}{{ book.title }}{% endfor %}",
    "shop/urls.py": """
from django.contrib import admin
from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter

from shop import views

router = DefaultRouter()
router.register("books", views.BookViewSet)

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include(router.urls)),
    path("books", views.Books.as_view()),
    path("export", views.export),
    path("async-export", views.async_export),
    path("mine", views.mine),
    path("reading", views.reading),
    re_path(r"^count/$", views.count),
    *(
        path(f"{name.replace('_', '-')}/<int:pk>", getattr(views, name))
        for name in (
            "show", "guarded", "absent", "async_show", "async_guarded", "order", "place", "retrying", "reconnecting",
            "going_on", "hooked", "closing",
        )
    ),
]
""",
    "shop/management/__init__.py": "",
    "shop/management/commands/__init__.py": "",
    "shop/management/commands/prune.py": """
from django.core.management.base import BaseCommand

from shop.models import Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        deleted, _ = Order.objects.all().delete()
        self.stdout.write(f"pruned {deleted}")
""",
    "shop/management/commands/careful.py": """
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from shop.models import Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        try:
            self.stdout.write(f"{Order.objects.count()} orders")
        except DatabaseError as exc:
            raise CommandError("not counted") from exc
""",
}

CONFTEST = """
import pytest

from shop.models import Book


@pytest.fixture
def book(db):
    return Book.objects.create(title="Emma", stock=3)
"""


def sweep(folder: Path, files: dict[str, str], *arguments: str, **replaced: str) -> Sweep:
    for name, text in {**SHOP, "conftest.py": CONFTEST, **files}.items():
        path = folder / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for old, new in replaced.items():
            text = text.replace(old, new)
        path.write_text(text)
    done = run(folder / "shop", folder, *arguments)
    assert done.report, done.output
    assert done.report["internal_errors"] == []
    return done


def trials(sweep: Sweep, function: str, fault: str = "db.connection-dropped") -> dict[tuple[str, str], tuple[str, str]]:
    """(entry, operation) -> (verdict, outcome) of the trials at a function."""
    return {
        (t["entry"], t["operation"]): (t["verdict"], t["outcome"])
        for t in sweep.report["trials"]
        if t["function"].split(".")[-1] == function and t["fault"] == fault and t["id"].count("-") == 1  # no pairs
    }


ESCAPED = ("failed", "escaped-exception")
DEGRADED = ("handled", "degraded")
ABSORBED = ("handled", "absorbed")
TRANSLATED = ("handled", "translated")

PYTEST_DJANGO = """
import asyncio
import urllib.request
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, LiveServerTestCase, TestCase, TransactionTestCase
from rest_framework.test import APIClient

from shop import views
from shop.models import Book, Order

pytestmark = pytest.mark.django_db


def test_show(client, book):
    assert client.get(f"/show/{book.pk}").json() == {"title": "Emma"}
    assert client.get("/show/99").status_code == 404


def test_guarded(client, book, settings):
    settings.DEBUG = True
    assert client.get(f"/guarded/{book.pk}").json() == {"title": "Emma"}


def test_absent(client, book):
    assert client.get(f"/absent/{book.pk}").status_code == 200


def test_called_directly(rf, book):
    assert views.guarded(rf.get("/"), book.pk).status_code == 200


def test_generic(client, book):
    assert client.get("/books").content == b"Emma"


def test_export(client, book):
    assert client.get("/export").getvalue() == b"Emma"


def test_export_that_is_not_read(client, book):
    assert client.get("/export").status_code == 200


def test_mine(admin_client):
    assert admin_client.get("/mine").json() == {"orders": 0}
    assert admin_client.get("/admin/").status_code == 200


def test_reading(client, book, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert client.get("/reading").json() == {"books": 1}


@pytest.mark.parametrize("name", ["order", "place", "retrying", "reconnecting"])
def test_posts(client, book, name):
    assert client.post(f"/{name}/{book.pk}").status_code == 201
    assert Order.objects.count() == 1


@pytest.mark.parametrize("name", ["going-on"])
def test_going_on(client, book, name):
    assert client.post(f"/{name}/{book.pk}").json() == {"books": 1}


def test_rest(book):
    client = APIClient()
    assert client.get("/api/books/").json()[0]["title"] == "Emma"
    assert client.get(f"/api/books/{book.pk}/").json()["title"] == "Emma"
    assert client.post("/api/books/", {"title": "Persuasion"}, format="json").status_code == 201
    assert client.get("/count/").json() == {"books": 2}


def test_command(book):
    Order.objects.create(book=book, email="ann@example.com")
    out = StringIO()
    call_command("prune", stdout=out)
    assert "pruned 1" in out.getvalue()


def test_careful_command(book):
    out = StringIO()
    call_command("careful", stdout=out)
    assert "0 orders" in out.getvalue()


def test_set_up_in_the_body(db):
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_hooked(client, book):
    assert client.post(f"/hooked/{book.pk}").status_code == 200
    book.refresh_from_db()
    assert book.stock == 9


class Classic(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.book = Book.objects.create(title="Emma", stock=3)

    def test_order(self):
        assert self.client.post(f"/order/{self.book.pk}").status_code == 201
        self.book.refresh_from_db()
        assert self.book.stock == 2

    def test_closing(self):
        assert self.client.post(f"/closing/{self.book.pk}").status_code == 201

    def test_show(self):
        assert self.client.get(f"/show/{self.book.pk}").json() == {"title": "Emma"}

    async def test_async(self):
        assert (await self.async_client.get(f"/async-show/{self.book.pk}")).status_code == 200
        assert (await self.async_client.get(f"/async-guarded/{self.book.pk}")).status_code == 200

    def test_async_view_of_a_sync_client(self):
        assert self.client.get(f"/async-show/{self.book.pk}").status_code == 200

    async def test_async_export(self):
        response = await self.async_client.get("/async-export")
        assert [chunk async for chunk in response] == [b"Emma"]

    def test_what_came_before_is_gone(self):
        assert Order.objects.count() == 0
        assert Book.objects.get().stock == 3


class Real(TransactionTestCase):
    def test_order(self):
        book = Book.objects.create(title="Emma", stock=3)
        assert self.client.post(f"/order/{book.pk}").status_code == 201
        assert Order.objects.count() == 1


class Live(LiveServerTestCase):
    def test_show(self):
        book = Book.objects.create(title="Emma", stock=3)
        assert b"Emma" in urllib.request.urlopen(f"{self.live_server_url}/show/{book.pk}").read()


def test_live(live_server, transactional_db):
    book = Book.objects.create(title="Emma", stock=3)
    assert b"Emma" in urllib.request.urlopen(f"{live_server.url}/api/books/{book.pk}/").read()
"""


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return sweep(tmp_path_factory.mktemp("django"), {"test_shop.py": PYTEST_DJANGO}, "--prodready-depth=thorough")


def test_the_suite_is_that_of_a_plain_run(swept: Sweep) -> None:
    passed = re.search(r"(\d+) passed", swept.output)
    assert passed is not None, swept.output
    assert int(passed[1]) == 29, swept.output
    assert not [t for t in swept.report["trials"] if t["verdict"] in ("not-repeatable", "not-reached", "not-tried")]


def test_routes_name_the_entries(swept: Sweep) -> None:
    assert trials(swept, "show") == {("GET /show/<int:pk>", "read shop_book"): ESCAPED}
    assert trials(swept, "guarded").items() >= {(("GET /guarded/<int:pk>", "read shop_book"), DEGRADED)}
    assert trials(swept, "count") == {("GET /count/", "read shop_book"): DEGRADED}


def test_a_view_called_directly_is_its_own_entry(swept: Sweep) -> None:
    labels = {entry for entry, _ in trials(swept, "guarded")}
    assert any(re.fullmatch(r"guarded \(shop/views.py:\d+\)", label) for label in labels), labels


def test_frameworks_own_exceptions_are_answers(swept: Sweep) -> None:
    assert trials(swept, "absent") == {("GET /absent/<int:pk>", "read shop_book"): DEGRADED}


def test_classes_without_a_line_of_their_own_are_sites(swept: Sweep) -> None:
    assert trials(swept, "Books") == {("GET /books", "read shop_book"): ESCAPED}
    assert trials(swept, "BookViewSet") == {
        ("GET /api/books/", "read shop_book"): ESCAPED,
        ("GET /api/books/(?P<pk>[^/.]+)/", "read shop_book"): ESCAPED,
        ("POST /api/books/", "write shop_book"): ESCAPED,
    }


def test_what_djangos_own_middleware_and_pages_do_is_nobodys(swept: Sweep) -> None:
    assert trials(swept, "mine") == {("GET /mine", "read shop_order"): ESCAPED}
    assert not trials(swept, "middleware")


def test_streams_are_read_in_their_entry(swept: Sweep) -> None:
    assert trials(swept, "rows") == {
        ("GET /export", "read shop_book"): ESCAPED,
        ("GET /async-export", "read shop_book"): ESCAPED,
    }


def test_asynchronous_views(swept: Sweep) -> None:
    assert trials(swept, "async_show") == {("GET /async-show/<int:pk>", "read shop_book"): ESCAPED}
    assert trials(swept, "async_guarded") == {("GET /async-guarded/<int:pk>", "read shop_book"): DEGRADED}


def test_a_transaction_is_one_in_a_test_case_too(swept: Sweep) -> None:
    assert trials(swept, "order") == {
        ("POST /order/<int:pk>", operation): DEGRADED
        for operation in ("read shop_book", "write shop_book", "write shop_order", "commit")
    }
    assert trials(swept, "place") == {
        ("POST /place/<int:pk>", operation): ESCAPED for operation in ("write shop_order", "commit")
    }


def test_a_transaction_that_only_reads_has_nothing_to_lose(swept: Sweep) -> None:
    assert trials(swept, "reading") == {("GET /reading", "read shop_book"): ESCAPED}


@pytest.mark.parametrize("fault", ["db.connection-dropped", "db.locked", "db.disk-full"])
def test_who_goes_on_with_a_new_connection_recovers(swept: Sweep, fault: str) -> None:
    assert trials(swept, "retrying", fault) == {
        ("POST /retrying/<int:pk>", operation): ABSORBED for operation in ("write shop_order", "commit")
    }
    reconnecting = trials(swept, "reconnecting", fault)
    assert reconnecting == {("POST /reconnecting/<int:pk>", "write shop_order"): ABSORBED}


@pytest.fixture(scope="module")
def swept_in_a_file(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    """As `swept`, with a test database that is a file: it could be closed."""
    name = {'"NAME": ":memory:"}': '"NAME": "x.db", "TEST": {"NAME": "test.db"}}'}
    return sweep(tmp_path_factory.mktemp("django"), {"test_shop.py": PYTEST_DJANGO}, "-k", "Classic or posts", **name)


def test_a_connection_that_the_application_closes(swept: Sweep, swept_in_a_file: Sweep) -> None:
    assert trials(swept, "closing") == {
        ("POST /closing/<int:pk>", operation): DEGRADED for operation in ("write shop_order", "commit")
    }
    for function in ("closing", "order", "retrying", "reconnecting", "place"):
        assert trials(swept_in_a_file, function) == trials(swept, function), function
    assert not [t for t in swept_in_a_file.report["trials"] if t["verdict"] in ("not-repeatable", "not-reached")]


def test_an_error_outside_of_a_transaction_spoils_none(swept: Sweep) -> None:
    """`TestCase` would refuse the next query; in production it is answered, and the write is lost."""
    assert trials(swept, "going_on") == {
        ("POST /going-on/<int:pk>", "write shop_book"): ("failed", "false-success"),
        ("POST /going-on/<int:pk>", "read shop_book"): ESCAPED,
    }


def test_commands_are_entries(swept: Sweep) -> None:
    assert trials(swept, "handle") == {
        ("command prune", "write shop_order"): ESCAPED,
        ("command careful", "read shop_order"): TRANSLATED,
    }


def test_hooks_of_a_commit_belong_to_the_request(swept: Sweep) -> None:
    assert trials(swept, "restock") == {("POST /hooked/<int:pk>", "write shop_book"): ESCAPED}


def test_one_missing_handler_is_one_finding(swept: Sweep) -> None:
    escaped = [f for f in swept.findings if f["check"] == "escaped-exception" and f["level"] == "error"]
    assert sorted((f["family"], f["handler"]) for f in escaped) == [
        ("django.db.Error", "Command.handle in shop/management/commands/prune.py"),
        ("django.db.Error", "the application"),
    ]


BY_NAME = """
import sqlite3

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import TestCase

from shop import views
from shop.models import Book, Order


def insert():
    return views.Order.objects.create(book_id=1, email="ann@example.com")


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("db.connection-dropped", "disk I/O error", "SQLITE_IOERR_WRITE"),
        ("db.locked", "database is locked", "SQLITE_BUSY"),
        ("db.disk-full", "database or disk is full", "SQLITE_FULL"),
        ("db.read-only", "attempt to write a readonly database", "SQLITE_READONLY"),
    ],
)
@pytest.mark.parametrize("real", [False, pytest.param(True, marks=pytest.mark.django_db(transaction=True))])
def test_as_django_wraps_it(book, faults, rf, name, text, code, real):
    with faults.inject(name), pytest.raises(OperationalError) as caught:
        views.place.__wrapped__(rf.post("/"), book.pk)
    assert caught.value.args == (text,)
    cause = caught.value.__cause__
    assert type(cause) is sqlite3.OperationalError
    assert cause.args == (text,) and cause.sqlite_errorname == code
    assert caught.value.__suppress_context__
    assert not connection.errors_occurred  # it was rolled back
    assert connection.is_usable()
    assert Book.objects.count() == 1
    assert Order.objects.count() == 0


@pytest.mark.parametrize("real", [False, pytest.param(True, marks=pytest.mark.django_db(transaction=True))])
def test_outside_of_a_transaction(book, faults, rf, real):
    with faults.inject("db.disk-full"):
        with pytest.raises(OperationalError):
            views.restock(book.pk)
        assert connection.errors_occurred
        views.restock(book.pk)
    book.refresh_from_db()
    assert book.stock == 9


def test_the_transaction_is_gone_and_the_tests_is_not(book, faults, client):
    with faults.inject("db.connection-dropped", at="write shop_order"):
        assert client.post(f"/order/{book.pk}").status_code == 503
    book.refresh_from_db()
    assert book.stock == 3  # the write that came before is rolled back
    assert client.post(f"/order/{book.pk}").status_code == 201
    assert Order.objects.count() == 1


def test_a_commit_that_fails(book, faults, client):
    with faults.inject("db.connection-dropped", at="commit") as fault:
        assert client.post(f"/order/{book.pk}").status_code == 503
    assert fault.fired == 1
    book.refresh_from_db()
    assert (book.stock, Order.objects.count()) == (3, 0)


def test_a_commit_whose_answer_is_lost(book, faults, client):
    with faults.inject("db.commit-lost"):
        assert client.post(f"/order/{book.pk}").status_code == 503
    book.refresh_from_db()
    assert (book.stock, Order.objects.count()) == (2, 1)


def test_dropped_until_the_entry_ends(book, faults, client):
    with faults.inject("db.connection-dropped"):
        assert client.get(f"/show/{book.pk}").status_code == 500
        assert client.get(f"/show/{book.pk}").status_code == 200


def test_debug_is_off_and_on_again(book, faults, client, settings):
    settings.DEBUG = True
    with faults.inject("db.connection-dropped"):
        assert client.get(f"/guarded/{book.pk}").json() == {"error": "later"}
    assert settings.DEBUG
    with faults.inject("db.connection-dropped"):
        assert b"Traceback" not in client.get(f"/show/{book.pk}").content
    assert client.raise_request_exception


class Classic(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.book = Book.objects.create(title="Emma", stock=3)

    @pytest.mark.fault("db.connection-dropped", at="write shop_book")
    def test_first(self):
        assert self.client.post(f"/order/{self.book.pk}").status_code == 503

    def test_second(self):
        assert Book.objects.get().stock == 3
        assert not connection.needs_rollback
        with pytest.raises(transaction.TransactionManagementError):  # the suite's own run is as ever
            try:
                with transaction.atomic(savepoint=False):
                    raise DatabaseError
            except DatabaseError:
                Book.objects.get()
"""


def test_faults_by_name(tmp_path: Path) -> None:
    done = sweep(
        tmp_path, {"test_named.py": BY_NAME.replace("views.place.__wrapped__", "views.place")}, "--prodready-no-fail"
    )
    assert re.search(r"\n1[0-9] passed", done.output), done.output
    assert done.code == 0, done.output


PAGE = """
def test_show(client, book):
    assert client.get(f"/show/{book.pk}").json() == {"title": "Emma"}
"""


@pytest.mark.parametrize(
    ("files", "replaced", "ended"),
    [
        ({"shop/templates/500.html": "<p>Sorry!</p>"}, {}, ("handled", "caught-all")),
        ({}, {"urlpatterns = [": "handler500 = 'rest_framework.exceptions.server_error'\nurlpatterns = ["},
         ("handled", "caught-all")),
        ({}, {"response[": "if response.status_code == 500:\n            response.content = b'Sorry!'\n        response["},
         ("handled", "caught-all")),
        ({}, {"response[": "assert response.content\n        response["}, ESCAPED),
        ({}, {"urlpatterns = [": "handler500 = 'shop.views.no_such_view'\nurlpatterns = ["}, ESCAPED),
    ],
    ids=["page", "handler", "middleware-answers", "middleware-passes-on", "handler-fails"],
)  # fmt: skip
def test_last_resort(tmp_path: Path, files: dict[str, str], replaced: dict[str, str], ended: tuple[str, str]) -> None:
    done = sweep(tmp_path, {"test_shop.py": PAGE, **files}, **replaced)
    assert trials(done, "show") == {("GET /show/<int:pk>", "read shop_book"): ended}
