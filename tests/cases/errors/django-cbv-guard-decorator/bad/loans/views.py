import json
import re

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from .guard import database_guard
from .models import Book, Loan

MEMBER = re.compile(r"[a-z0-9-]{1,40}")


class BookView(View):
    def get(self, request, isbn):
        book = get_object_or_404(Book, isbn=isbn)
        return JsonResponse({"isbn": book.isbn, "title": book.title, "copies": book.copies})


@method_decorator([csrf_exempt, database_guard], name="dispatch")
class LoanView(View):
    def post(self, request, isbn):
        try:
            member = json.loads(request.body)["member"]
        except (ValueError, KeyError, TypeError):
            return JsonResponse({"error": "member is missing"}, status=400)
        if not isinstance(member, str) or not MEMBER.fullmatch(member):
            return JsonResponse({"error": "member is no member id"}, status=400)
        book = get_object_or_404(Book, isbn=isbn)
        try:
            with transaction.atomic():
                taken = Book.objects.filter(pk=book.pk, copies__gt=0).update(copies=F("copies") - 1)
                if not taken:
                    return JsonResponse({"error": "no copy left"}, status=409)
                loan = Loan.objects.create(book=book, member=member)
        except IntegrityError:
            return JsonResponse({"error": "this member has the book already"}, status=409)
        return JsonResponse({"loan": loan.pk, "book": book.isbn}, status=201)
