from django.http import JsonResponse
from django.urls import path
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from structlog import get_logger

engine = create_engine("sqlite:///archive.db")
log = get_logger()


def archived(request, year):
    try:
        with engine.connect() as conn:
            rows = conn.execute(text("SELECT title FROM letters WHERE year = :year"), {"year": year}).all()
    except SQLAlchemyError as exc:
        log.error("archive cannot be read", year=year, error=str(exc))
        rows = []
    return JsonResponse({"letters": [row[0] for row in rows]})


urlpatterns = [path("archive/<int:year>", archived)]
