import logging

from django.db import DatabaseError
from django.http import HttpResponse, StreamingHttpResponse

from ledger.models import Entry

log = logging.getLogger(__name__)


def rows(entries):
    yield "text,cents\n"
    for entry in entries:
        yield f"{entry.text},{entry.cents}\n"


def export(request):
    try:
        entries = list(Entry.objects.order_by("pk"))
    except DatabaseError:
        log.exception("export")
        return HttpResponse("The export is not available right now.", status=503)
    return StreamingHttpResponse(rows(entries), content_type="text/csv")
