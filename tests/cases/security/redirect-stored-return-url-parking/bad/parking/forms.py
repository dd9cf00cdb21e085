"""What a partner sends."""
from django import forms
from django.core.validators import URLValidator


class StayForm(forms.Form):
    plate = forms.RegexField(r"^[A-Z0-9 -]{2,12}$")
    return_url = forms.CharField(max_length=300, validators=[URLValidator(schemes=["https"])])
