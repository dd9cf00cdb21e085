from django.test import TestCase

from notes.models import Note


class NoteTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.note = Note.objects.create(title="shopping", body="milk")

    def test_create(self):
        response = self.client.post("/notes/", {"title": "garden", "body": "weeds"})
        self.assertEqual(response.status_code, 201)
        self.assertEqual(Note.objects.count(), 2)

    def test_title_is_taken(self):
        response = self.client.post("/notes/", {"title": "shopping"})
        self.assertEqual(response.status_code, 409)

    def test_detail(self):
        response = self.client.get(f"/notes/{self.note.pk}/")
        self.assertEqual(response.json(), {"title": "shopping", "body": "milk"})

    def test_no_such_note(self):
        self.assertEqual(self.client.get("/notes/999/").status_code, 404)
