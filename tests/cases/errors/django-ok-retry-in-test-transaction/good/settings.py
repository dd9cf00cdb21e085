SECRET_KEY = "only-for-tests"
ROOT_URLCONF = "tickets.urls"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["tickets"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {"timeout": 2}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
