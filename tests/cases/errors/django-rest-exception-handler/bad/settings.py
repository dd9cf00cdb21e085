SECRET_KEY = "only-for-tests"
ROOT_URLCONF = "library.urls"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["rest_framework", "library"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "library.errors.handler",
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
}
