from django.test import TestCase

from blog.models import Comment, Post


class PostTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.post = Post.objects.create(slug="tea", text="On tea.")
        Comment.objects.create(post=cls.post, text="Milk first!")

    def test_show(self):
        response = self.client.get("/tea/")
        self.assertContains(response, "On tea.")
        self.assertContains(response, "Milk first!")

    def test_views_are_counted(self):
        self.client.get("/tea/")
        self.client.get("/tea/")
        self.post.refresh_from_db()
        self.assertEqual(self.post.views, 2)
