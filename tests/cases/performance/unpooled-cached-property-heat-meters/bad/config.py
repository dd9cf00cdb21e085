"""Settings; what differs from place to place comes from the environment."""
import os

SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-the-tests-" + "x" * 32)
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost"]
INSTALLED_APPS = ["meters"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "meters.middleware.DatabaseErrors"]
ROOT_URLCONF = "meters.urls"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["DATABASE_FILE"],
        "OPTIONS": {"timeout": 5},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
METER_URL = os.environ.get("METER_URL", "http://127.0.0.1:9")
