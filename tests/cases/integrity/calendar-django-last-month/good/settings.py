SECRET_KEY = "not the real one"
ROOT_URLCONF = "app"
ALLOWED_HOSTS = ["testserver"]
USE_TZ = True
TIME_ZONE = "UTC"
DATABASES = {}
