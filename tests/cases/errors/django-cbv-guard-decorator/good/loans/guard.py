"""A database that is away is a 503, not a crash page."""
import functools
import logging

from django.db import DatabaseError, InterfaceError
from django.http import JsonResponse

logger = logging.getLogger("loans")


def database_guard(view):
    @functools.wraps(view)
    def wrapper(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (DatabaseError, InterfaceError):
            logger.exception("database failed in %s", request.resolver_match.view_name)
            return JsonResponse({"error": "try again later"}, status=503, headers={"Retry-After": "10"})

    return wrapper
