import unittest
import tempfile

from inventory import create_app


class InventoryTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.client = create_app(f"sqlite:///{folder.name}/test.db").test_client()

    def test_put_and_get(self):
        self.assertEqual(self.client.put("/api/v1/items/A1", json={"quantity": 3}).status_code, 200)
        self.assertEqual(self.client.get("/api/v1/items/A1").get_json(), {"sku": "A1", "quantity": 3})

    def test_problem(self):
        reply = self.client.get("/api/v1/items/NONE")
        self.assertEqual(reply.status_code, 404)
        self.assertEqual(reply.get_json()["title"], "Not Found")
