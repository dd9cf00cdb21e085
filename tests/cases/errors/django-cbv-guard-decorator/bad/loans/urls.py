from django.urls import path

from . import views

urlpatterns = [
    path("books/<slug:isbn>/", views.BookView.as_view(), name="book"),
    path("books/<slug:isbn>/loans/", views.LoanView.as_view(), name="loan"),
]
