"""Orders of a bakery, over REST framework."""

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="for tests only",
        ROOT_URLCONF="app",
        ALLOWED_HOSTS=["*"],
        INSTALLED_APPS=["rest_framework"],
        REST_FRAMEWORK={
            "UNAUTHENTICATED_USER": None,
            "DEFAULT_AUTHENTICATION_CLASSES": [],
            "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
            "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        },
        USE_TZ=True,
    )
    django.setup()

from django.urls import path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

PRICES = {"roll": 40, "loaf": 320}


class Line(serializers.Serializer):
    bread = serializers.ChoiceField(choices=list(PRICES))
    count = serializers.IntegerField(min_value=1, max_value=200)


class Orders(APIView):
    def post(self, request):
        given = request.data.get("lines") if isinstance(request.data, dict) else None
        lines = Line(data=given, many=True, allow_empty=False)
        lines.is_valid(raise_exception=True)
        return Response({"cents": sum(PRICES[line["bread"]] * line["count"] for line in lines.validated_data)}, status=201)


urlpatterns = [path("orders", Orders.as_view())]
