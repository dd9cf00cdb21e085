import logging

from django.db import DatabaseError
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from blog.models import Post

log = logging.getLogger(__name__)


def count_view(post):
    """Nobody is turned away because a counter could not be raised."""
    try:
        Post.objects.filter(pk=post.pk).update(views=F("views") + 1)
    except DatabaseError:
        log.exception("could not count a view of %s", post.slug)


def show(request, slug):
    try:
        post = get_object_or_404(Post, slug=slug)
        count_view(post)
        comments = list(post.comments.order_by("pk"))
    except DatabaseError:
        log.exception("could not show %s", slug)
        return HttpResponse("The blog is not available right now.", status=503)
    return render(request, "post.html", {"post": post, "comments": comments})
