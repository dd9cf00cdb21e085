"""Settings; what differs from place to place comes from the environment."""
import os

SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-the-tests-" + "x" * 32)
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost"]
INSTALLED_APPS = ["parking"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "parking.middleware.DatabaseErrors"]
ROOT_URLCONF = "parking.urls"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["DATABASE_FILE"],
        "OPTIONS": {"timeout": 5},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
