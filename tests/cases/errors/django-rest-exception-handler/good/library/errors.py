import logging

from django.db import DatabaseError
from rest_framework.response import Response
from rest_framework.views import exception_handler

log = logging.getLogger(__name__)


def handler(exc, context):
    """Every error of the API has its status in the body."""
    response = exception_handler(exc, context)
    if response is None and isinstance(exc, DatabaseError):
        log.error("the database failed in %s", context["view"].__class__.__name__, exc_info=exc)
        response = Response({"detail": "try again later"}, status=503)
    if response is not None and isinstance(response.data, dict):
        response.data["status"] = response.status_code
    return response
