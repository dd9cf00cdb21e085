import logging

from django.db import Error
from django.http import JsonResponse

log = logging.getLogger("trams")


class DatabaseErrors:
    """A failing database is answered with 503."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exc):
        if isinstance(exc, Error):
            log.error("database failed", exc_info=exc)
            return JsonResponse({"error": "please try again in a minute"}, status=503)
        return None
