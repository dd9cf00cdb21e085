from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from wiki.models import Page


def show(request, slug):
    page = get_object_or_404(Page, slug=slug)
    return HttpResponse(page.text, content_type="text/plain")
