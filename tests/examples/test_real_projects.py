"""Whole suites of real projects, from their source distributions: swept to the end, with no outcome changed.

What their findings are worth was read by people; here it is held that the plugin gets along with them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import venv
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOST = 0.05  # of the points, at most

DJANGO_SETTINGS = """
SECRET_KEY = "not secret" * 5
DEBUG = True
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
USE_TZ = False
TODO_DEFAULT_LIST_SLUG = "tickets"
TODO_DEFAULT_ASSIGNEE = None
TODO_PUBLIC_SUBMIT_REDIRECT = "/"
ROOT_URLCONF = "base_urls"
STATIC_URL = "/static/"
SITE_ID = 1
CONTRIB = ("admin", "auth", "contenttypes", "flatpages", "messages", "sessions", "sites", "staticfiles")
INSTALLED_APPS = (*(f"django.contrib.{name}" for name in CONTRIB), "todo", "dal", "dal_select2")
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
PROCESSORS = ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
              "django.contrib.messages.context_processors.messages"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": ["base_templates"], "APP_DIRS": True,
              "OPTIONS": {"context_processors": PROCESSORS}}]
"""
DJANGO_URLS = """
from django.contrib import admin
from django.urls import include, path

urlpatterns = [path("admin/", admin.site.urls), path("todo/", include("todo.urls", namespace="todo"))]
"""


@dataclass(frozen=True)
class Project:
    """A source distribution, what its suite needs, and what its repository has beside it."""

    needs: tuple[str, ...]
    arguments: tuple[str, ...] = ()
    files: dict[str, str] = field(default_factory=dict)


PROJECTS = {
    "sqlite-utils==4.2.1": Project(("hypothesis",)),
    "requests-cache==1.3.3": Project(
        ("requests-mock", "responses", "rich", "psutil", "time-machine", "tenacity~=8.0", "pytest-rerunfailures"), ("tests/unit",)
    ),
    "django-todo==2.7.0": Project(
        ("pytest-django", "pytest-mock", "beautifulsoup4"),
        files={
            "test_settings.py": DJANGO_SETTINGS,
            "base_urls.py": DJANGO_URLS,
            "base_templates/base.html": "<html><body>{% block content %}{% endblock %}</body></html>",
            "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = test_settings\npython_files = test_*.py\n",
        },
    ),
    "fastapi_amis_admin==0.7.3": Project(
        ("fastapi==0.112.0", "pydantic<2.9", "sqlmodel==0.0.21", "sqlalchemy<2.0.36", "aiosqlite", "ujson", "httpx<0.28", "jinja2",
         "pydantic-settings", "pytest-asyncio", "requests"),
    ),
    "isso==0.13.2": Project(("setuptools<81",)),
}  # fmt: skip


def outcomes(output: str) -> dict[str, int]:
    last = [line for line in output.splitlines() if re.search(r"in \d+\.\d+s", line)][-1]
    return {noun: int(count) for count, noun in re.findall(r"(\d+) (passed|failed|skipped|errors?|xfailed)", last)}


@pytest.mark.long
@pytest.mark.parametrize("name", list(PROJECTS))
def test_the_whole_suite(tmp_path: Path, name: str) -> None:
    project = PROJECTS[name]
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", name]
    if subprocess.run(download, cwd=tmp_path, capture_output=True).returncode:
        pytest.skip(f"{name} cannot be downloaded")
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    folder = tmp_path / archive.name.removesuffix(".tar.gz")
    for path, text in project.files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *project.needs, "-e", folder, "-e", ROOT], check=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "COV_CORE", "PYTHONPATH"))}

    def run(*arguments: str) -> str:
        command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *project.arguments, *arguments]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True).stdout

    plain = outcomes(run())
    report = tmp_path / "report.json"
    ours = run("--prodready", "--prodready-no-fail", f"--prodready-report=json:{report}", "--prodready-report=term")
    assert outcomes(ours) == plain, ours[-5000:]
    data = json.loads(report.read_text())
    assert data["internal_errors"] == []
    assert data["findings"]
    points = {(t["file"], t["line"], t["function"], t["operation"], t["entry"]): set() for t in data["trials"]}
    for t in data["trials"]:
        points[t["file"], t["line"], t["function"], t["operation"], t["entry"]].add(t["verdict"])
    lost = [point for point, verdicts in points.items() if not verdicts & {"handled", "failed"}]
    assert len(lost) <= LOST * len(points), lost
