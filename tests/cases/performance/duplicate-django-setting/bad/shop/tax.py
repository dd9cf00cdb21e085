from .models import Setting


def vat():
    return int(Setting.objects.get(key="vat").value)
