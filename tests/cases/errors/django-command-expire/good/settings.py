SECRET_KEY = "only-for-tests"
ROOT_URLCONF = "trials.urls"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["trials"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
