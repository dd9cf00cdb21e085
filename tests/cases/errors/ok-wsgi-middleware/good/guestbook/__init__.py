from .book import Guestbook
from .guard import Guard


def application(path):
    return Guard(Guestbook(path))
