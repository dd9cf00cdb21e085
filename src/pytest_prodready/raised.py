"""Who made an exception: source, the test, a framework, a library, or we ourselves."""

from __future__ import annotations

import dis
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import CodeType, TracebackType
from typing import Any

from .trace import ErrorInfo, Site

#: A test double's own error says nothing about the application.
DOUBLES = tuple(
    os.sep + name for name in (
        f"responses{os.sep}", f"respx{os.sep}", f"requests_mock{os.sep}", f"pytest_httpx{os.sep}", f"pook{os.sep}",
        f"pytest_httpserver{os.sep}", f"aioresponses{os.sep}", f"vcr{os.sep}", f"unittest{os.sep}mock.py",
    )
)  # fmt: skip
#: A whole module was replaced by a mock, and with it the exceptions that source names.
CATCHING = "catching classes that do not inherit from BaseException is not allowed"
#: A framework's own HTTP and CLI exceptions are answers, not failures.
FRAMEWORK = frozenset(
    {
        "werkzeug.exceptions.HTTPException",
        "starlette.exceptions.HTTPException",
        "starlette.exceptions.WebSocketException",
        "starlette.websockets.WebSocketDisconnect",
        "fastapi.exceptions.RequestValidationError",
        "fastapi.exceptions.WebSocketRequestValidationError",
        "aiohttp.web_exceptions.HTTPException",
        "django.http.response.Http404",
        "django.core.exceptions.PermissionDenied",
        "django.core.exceptions.SuspiciousOperation",
        "django.core.exceptions.BadRequest",
        "django.core.management.base.CommandError",
        "django.http.multipartparser.MultiPartParserError",
        "rest_framework.exceptions.APIException",
        "click.exceptions.ClickException",
        "click.exceptions.Exit",
        "click.exceptions.Abort",
        "typer.exceptions.Exit",
        "typer.exceptions.Abort",
        "typer.exceptions.TyperException",
        "celery.exceptions.TaskPredicate",
        "huey.exceptions.RetryTask",
        "huey.exceptions.CancelExecution",
        "dramatiq.errors.Retry",
        "SystemExit",
    }
)
BLOCKED = frozenset({"pytest_socket.SocketBlockedError", "pytest_socket.SocketConnectBlockedError"})
#: A file's name -> (`source`, `test`, `plugin` or `other`; its path).
Classify = Callable[[str], tuple[str, str]]


class TrialEnded(BaseException):
    """We ended a run: it passed its deadline or its budget of virtual time. No `except Exception` may swallow it."""


def qualified(cls: type) -> str:
    """`requests.exceptions.ReadTimeout`, and just `KeyError` for a builtin."""
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def error_info(
    exc: BaseException,
    classify: Classify,
    injected: Sequence[BaseException] = (),
    tb: TracebackType | None = None,
) -> ErrorInfo:
    """Reduce an exception to data, and tell who made it (see `ErrorInfo`).

    Args:
        exc: the exception.
        classify: tells source from tests from everything else (see `SourceMap.classify`).
        injected: all exceptions that were injected in this run.
        tb: its traceback, where it is not attached yet.
    """
    chain = list(_chain(exc))
    is_injected = any(one is other for one in chain for other in injected)
    mro = tuple(qualified(cls) for cls in type(exc).__mro__)
    origin, site = _origin(exc, classify, mro, is_injected, tb or exc.__traceback__)
    if isinstance(exc, BaseExceptionGroup):  # a task group made it: what matters is what the tasks raised
        tasks = [error_info(one, classify, injected) for one in exc.exceptions]
        first = next((one for one in tasks if one.origin == "foreign"), tasks[0])
        origin, site, mro = first.origin, first.site or site, (mro[0], *first.classes)
    return ErrorInfo(mro[0], mro, _text(exc), origin, is_injected, site, tuple(dict.fromkeys(map(_text, chain))))


def _origin(
    exc: BaseException, classify: Classify, mro: tuple[str, ...], injected: bool, tb: TracebackType | None
) -> tuple[str, Site | None]:
    frames = list(_frames(tb))
    site = next(
        (
            Site(rel, line, code.co_qualname)
            for code, line, _, kind, rel in _kinds(frames[::-1], classify)
            if kind == "source"
        ),
        None,
    )
    if isinstance(exc, TrialEnded):
        return "ended", site
    if BLOCKED.intersection(mro):
        return "blocked", site
    if FRAMEWORK.intersection(mro):
        return "framework", site
    inner = _kinds(frames[::-1], classify)
    if not frames:
        return "foreign", site
    code, _, lasti, kind, _ = next(inner)
    if kind == "plugin":
        # our own frames are where the library's would be; C code that they call leaves none (see `Hub.failed`)
        return "foreign" if injected or hasattr(exc, "__prodready_real__") else "plugin", site
    if kind == "test" and not injected:
        return "test", site
    if any(part in code.co_filename for part in DOUBLES) and not injected:
        return "test", site
    if isinstance(exc, TypeError) and CATCHING in str(exc):
        return "test", site
    if kind == "source" and _raised_here(exc, code, lasti):
        return "own", site
    return "foreign", site


def _kinds(frames: Iterable[tuple[Any, int, int]], classify: Classify) -> Iterator[tuple[Any, int, int, str, str]]:
    for code, line, lasti in frames:
        kind, relative = classify(code.co_filename)
        yield code, line, lasti, kind, relative


def _raised_here(exc: BaseException, code: CodeType, lasti: int) -> bool:
    """Whether the last instruction is a `raise` statement (and no failed `assert`)."""
    if dis.opname[code.co_code[lasti]] != "RAISE_VARARGS":
        return False
    return not (isinstance(exc, AssertionError) and _is_assert(code, lasti))


def _is_assert(code: CodeType, lasti: int) -> bool:
    """Whether the AssertionError that is raised at `lasti` was made by an `assert`, not by its name."""
    made = False
    for instruction in dis.get_instructions(code):
        if instruction.offset >= lasti:
            break
        if instruction.opname in ("LOAD_ASSERTION_ERROR", "LOAD_COMMON_CONSTANT"):
            made = True
        elif instruction.argval == "AssertionError":
            made = False
    return made


def _frames(tb: TracebackType | None) -> Iterator[tuple[Any, int, int]]:
    while tb is not None:
        yield tb.tb_frame.f_code, tb.tb_lineno, tb.tb_lasti
        tb = tb.tb_next


def _chain(exc: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    todo = [exc]
    while todo:
        one = todo.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        todo += [one.__cause__, one.__context__]
        todo += [arg for arg in one.args if isinstance(arg, BaseException)]
        todo += one.exceptions if isinstance(one, BaseExceptionGroup) else ()


def _text(exc: BaseException) -> str:
    try:
        return str(exc)
    except Exception:
        return ""
