from django.http import JsonResponse
from django.urls import path
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

engine = create_engine("sqlite:///archive.db")


def archived(request, year):
    try:
        with engine.connect() as conn:
            rows = conn.execute(text("SELECT title FROM letters WHERE year = :year"), {"year": year}).all()
    except SQLAlchemyError:
        rows = []
    return JsonResponse({"letters": [row[0] for row in rows]})


urlpatterns = [path("archive/<int:year>", archived)]
