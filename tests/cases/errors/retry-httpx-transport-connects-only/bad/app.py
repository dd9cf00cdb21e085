import httpx


class SearchDown(Exception):
    pass


class Search:
    def __init__(self, base="https://search.example"):
        transport = httpx.HTTPTransport(retries=3)
        self.client = httpx.Client(base_url=base, transport=transport, timeout=httpx.Timeout(5.0, connect=2.0))

    def close(self):
        self.client.close()

    def find(self, words):
        try:
            reply = self.client.get("/find", params={"q": words})
            reply.raise_for_status()
            return [hit["title"] for hit in reply.json()["hits"]]
        except (httpx.HTTPStatusError, ValueError, KeyError, TypeError) as exc:
            raise SearchDown("the search does not answer") from exc
