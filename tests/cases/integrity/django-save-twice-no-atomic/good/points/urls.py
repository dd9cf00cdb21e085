from django.urls import path, register_converter
from django.urls.converters import IntConverter

from .views import redeem


class Small(IntConverter):
    regex = "[0-9]{1,9}"


register_converter(Small, "small")
urlpatterns = [path("members/<small:number>/vouchers/", redeem)]
