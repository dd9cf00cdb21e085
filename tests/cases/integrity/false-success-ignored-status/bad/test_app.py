from app import Inventory


class TestInventory:
    def setup_method(self):
        self.inventory = Inventory("https://inventory.example")

    def teardown_method(self):
        self.inventory.close()

    def test_reserve(self, requests_mock):
        requests_mock.put("https://inventory.example/reservations/r1", status_code=204)
        assert self.inventory.reserve("r1", "A5", 2) == {"reservation": "r1", "article": "A5", "pieces": 2}
        assert requests_mock.last_request.json() == {"article": "A5", "pieces": 2}
