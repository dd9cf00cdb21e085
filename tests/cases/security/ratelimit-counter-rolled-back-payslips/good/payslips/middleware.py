"""What the user sees when the database fails."""
import logging

from django.db import DatabaseError, InterfaceError
from django.http import JsonResponse

log = logging.getLogger(__name__)


class DatabaseErrors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exc):
        if isinstance(exc, (DatabaseError, InterfaceError)):
            log.error("the database failed", exc_info=exc)
            return JsonResponse({"error": "please try again later"}, status=503)
        return None
