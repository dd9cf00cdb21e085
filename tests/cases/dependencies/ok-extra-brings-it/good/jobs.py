"""Runs a query in a greenlet of its own, as SQLAlchemy's asyncio does."""
import greenlet
import sqlalchemy as sa


def in_greenlet(function):
    return greenlet.greenlet(function).switch()


def version():
    return in_greenlet(lambda: sa.__version__)
