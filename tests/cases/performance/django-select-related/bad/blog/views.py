import logging

from django.db import DatabaseError
from django.http import HttpResponse
from django.views.generic import ListView

from .models import Post

logger = logging.getLogger("blog")


class DatabaseErrors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exc):
        if isinstance(exc, DatabaseError):
            logger.error("database failed", exc_info=exc)
            return HttpResponse("The blog is away for a moment.", status=503, content_type="text/plain")
        return None


class PostList(ListView):
    template_name = "blog/posts.html"
    queryset = Post.objects.order_by("-published")[:20]
