import datetime

from django.test import Client


def test_posts(db):
    from blog.models import Author, Post

    for n in range(3):
        author = Author.objects.create(name=f"Author {n}")
        Post.objects.create(author=author, title=f"Post {n}", published=datetime.date(2030, 1, n + 1))
    page = Client().get("/").content.decode()
    assert page.index("Post 2 by Author 2") < page.index("Post 0 by Author 0")
