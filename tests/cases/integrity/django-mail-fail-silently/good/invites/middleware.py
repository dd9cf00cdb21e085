import logging

from django.db import DatabaseError
from django.http import JsonResponse

logger = logging.getLogger("invites")


class DatabaseErrors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exc):
        if isinstance(exc, DatabaseError):
            logger.error("database failed", exc_info=exc)
            return JsonResponse({"error": "try again later"}, status=503)
        return None
