import os
import sqlite3
import tempfile
import unittest

from app import Inbox


class InboxTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        path = os.path.join(self.folder.name, "inbox.db")
        conn = sqlite3.connect(path)
        conn.executescript("""
            CREATE TABLE messages (id INTEGER PRIMARY KEY, seen INTEGER NOT NULL DEFAULT 0);
            CREATE INDEX messages_seen ON messages (seen);
            INSERT INTO messages (id) VALUES (1), (2), (3);
        """)
        conn.close()
        self.inbox = Inbox(path)

    def test_unseen(self):
        self.assertEqual(self.inbox.unseen(), 3)

    def test_mark_seen(self):
        self.assertTrue(self.inbox.mark_seen(2))
        self.assertEqual(self.inbox.unseen(), 2)

    def test_mark_unknown(self):
        self.assertFalse(self.inbox.mark_seen(9))


if __name__ == "__main__":
    unittest.main()
