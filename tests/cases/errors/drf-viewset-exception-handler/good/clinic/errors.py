"""Every error has the same envelope."""
import logging

from django.db import DatabaseError
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

logger = logging.getLogger("clinic")


def envelope(exc, context):
    response = exception_handler(exc, context)
    if response is not None:
        response.data = {"error": {"status": response.status_code, "detail": response.data}}
        return response
    if isinstance(exc, DatabaseError):
        logger.error("database failed in %s", type(context["view"]).__name__, exc_info=exc)
        set_rollback()
        return Response({"error": {"status": 503, "detail": "try again later"}}, status=503)
    return None
