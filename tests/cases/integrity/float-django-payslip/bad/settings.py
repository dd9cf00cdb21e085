SECRET_KEY = "only-for-tests"
ROOT_URLCONF = "wages.urls"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["wages"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
