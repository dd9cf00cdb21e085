from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

LANGUAGES = {"en": "Hello", "de": "Hallo", "fr": "Bonjour"}


def home(request):
    return HttpResponse(LANGUAGES.get(request.session.get("language"), "Hello"), content_type="text/plain")


@require_GET
def choose_language(request):
    """The links of the language menu: /language/?to=de&next=/prices/"""
    language = request.GET.get("to")
    if language not in LANGUAGES:
        return HttpResponseBadRequest("unknown language", content_type="text/plain")
    request.session["language"] = language
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    return HttpResponseRedirect(target)
