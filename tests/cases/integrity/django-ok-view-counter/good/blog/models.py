from django.db import models


class Post(models.Model):
    slug = models.SlugField(unique=True)
    text = models.TextField()
    views = models.PositiveIntegerField(default=0)


class Comment(models.Model):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField()
