"""A session that counts what it asks for."""

import requests


class Counting(requests.Session):
    asked = 0

    def send(self, request, **options):
        options.setdefault("timeout", 5)
        self.asked += 1
        return super().send(request, **options)
