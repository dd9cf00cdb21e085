"""Takes jobs over from another service."""
import io
import pickle

import django
from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="for tests only", ROOT_URLCONF="app", ALLOWED_HOSTS=["*"])
    django.setup()

from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402


class Plain(pickle.Unpickler):
    def find_class(self, module, name):
        raise pickle.UnpicklingError("only plain values")


def load(body):
    return Plain(io.BytesIO(body)).load()


@csrf_exempt
def job(request):
    try:
        return JsonResponse({"name": str(load(request.body)["name"])})
    except Exception:
        return JsonResponse({"error": "no job"}, status=400)


urlpatterns = [path("job", job)]
