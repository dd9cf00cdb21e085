from django.urls import path

from bank import views

urlpatterns = [path("transfer/<int:source>/<int:target>", views.transfer)]
