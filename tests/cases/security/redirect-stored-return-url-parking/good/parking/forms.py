"""What a partner sends."""
from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.http import url_has_allowed_host_and_scheme


class StayForm(forms.Form):
    plate = forms.RegexField(r"^[A-Z0-9 -]{2,12}$")
    return_url = forms.CharField(max_length=300, validators=[URLValidator(schemes=["https"])])

    def clean_return_url(self):
        url = self.cleaned_data["return_url"]
        if not url_has_allowed_host_and_scheme(url, settings.PARTNER_HOSTS, require_https=True):
            raise forms.ValidationError("not the site of a partner")
        return url
