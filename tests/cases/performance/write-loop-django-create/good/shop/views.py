from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from .importer import Importer
from .models import Author


@csrf_exempt
def upload(request):
    author = Author.objects.get(email=request.GET["email"])
    return JsonResponse({"books": len(Importer(author).run(request.body.decode()))})
