import logging

from django.db import DatabaseError
from django.http import HttpResponse

log = logging.getLogger(__name__)


class DatabaseTrouble:
    """Answers 503 when the database is in trouble."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        except DatabaseError:
            log.exception("the database is in trouble")
            return HttpResponse("The wiki is resting, come back soon.", status=503)
