"""A session that counts what it asks for."""

import requests


class Counting(requests.Session):
    asked = 0

    def send(self, request, **options):
        options.setdefault("timeout", 5)
        self.asked += 1
        return super().send(request, **options)


def ask(url):
    with Counting() as session:
        return session.send(session.prepare_request(requests.Request("GET", url)))
