import logging

from django.db import DatabaseError
from django.http import HttpResponse

log = logging.getLogger(__name__)


class DatabaseTrouble:
    """Answers 503 when the database is in trouble."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, DatabaseError):
            log.error("the database is in trouble", exc_info=exception)
            return HttpResponse("The wiki is resting, come back soon.", status=503)
        return None
