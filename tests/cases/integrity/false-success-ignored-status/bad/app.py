import requests


class InventoryError(Exception):
    pass


class Inventory:
    def __init__(self, url):
        self.url = url
        self.session = requests.Session()

    def close(self):
        self.session.close()

    def reserve(self, key, article, pieces):
        wanted = {"article": article, "pieces": pieces}
        try:
            self.session.put(f"{self.url}/reservations/{key}", json=wanted, timeout=(3, 10))
        except requests.RequestException as exc:
            raise InventoryError("nothing was reserved") from exc
        return {"reservation": key, **wanted}
