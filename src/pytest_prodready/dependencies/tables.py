"""What no metadata tells: whose manual says to import what, and which modules are called otherwise than what holds them."""

from __future__ import annotations

from collections.abc import Mapping

#: What the manual of a distribution tells its users to import though another distribution holds it.
DOCUMENTED: Mapping[str, frozenset[str]] = {
    "flask": frozenset({"werkzeug", "jinja2", "markupsafe", "itsdangerous", "click", "blinker"}),
    "fastapi": frozenset({"starlette", "pydantic", "anyio", "annotated-types", "typing-extensions"}),
    "starlette": frozenset({"anyio"}),
    "django": frozenset({"asgiref", "sqlparse"}),
    "djangorestframework": frozenset({"django"}),
    "requests": frozenset({"urllib3", "certifi"}),
    "httpx": frozenset({"httpcore", "anyio", "certifi"}),
    "httpx2": frozenset({"httpcore2", "anyio", "certifi"}),
    "aiohttp": frozenset({"yarl", "multidict"}),
    "celery": frozenset({"kombu", "billiard"}),
    "typer": frozenset({"click", "rich"}),
    "pydantic": frozenset({"pydantic-core", "annotated-types", "typing-extensions"}),
    "pydantic-settings": frozenset({"pydantic"}),
    "sqlmodel": frozenset({"sqlalchemy", "pydantic"}),
    "jinja2": frozenset({"markupsafe"}),
    "boto3": frozenset({"botocore"}),
    "alembic": frozenset({"sqlalchemy"}),
    "pytest": frozenset({"pluggy"}),
}
#: Modules whose distribution is called otherwise; only for what is not installed, where nothing else tells.
CALLED_OTHERWISE: Mapping[str, str] = {
    "PIL": "pillow", "yaml": "pyyaml", "cv2": "opencv-python", "sklearn": "scikit-learn", "bs4": "beautifulsoup4", "jwt": "pyjwt",
    "dateutil": "python-dateutil", "dotenv": "python-dotenv", "Crypto": "pycryptodome", "OpenSSL": "pyopenssl", "docx": "python-docx",
    "MySQLdb": "mysqlclient", "psycopg2": "psycopg2-binary", "magic": "python-magic", "jose": "python-jose", "serial": "pyserial",
    "fitz": "pymupdf", "attr": "attrs", "rest_framework": "djangorestframework", "corsheaders": "django-cors-headers",
    "multipart": "python-multipart", "github": "pygithub", "slugify": "python-slugify", "git": "gitpython", "zmq": "pyzmq",
    "ldap": "python-ldap", "win32api": "pywin32", "win32com": "pywin32", "pythoncom": "pywin32", "pywintypes": "pywin32",
    "gi": "pygobject", "wx": "wxpython", "usb": "pyusb", "nacl": "pynacl", "Levenshtein": "levenshtein", "grpc": "grpcio",
    "kafka": "kafka-python", "memcache": "python-memcached", "pymemcache": "pymemcache", "ruamel": "ruamel-yaml", "skimage": "scikit-image",
    "telegram": "python-telegram-bot", "environ": "django-environ", "debug_toolbar": "django-debug-toolbar", "django_filters": "django-filter",
    "markdown": "markdown", "pkg_resources": "setuptools", "setuptools": "setuptools", "google": "google-api-core", "azure": "azure-core",
    "elasticsearch_dsl": "elasticsearch-dsl", "flask_sqlalchemy": "flask-sqlalchemy", "socketio": "python-socketio", "engineio": "python-engineio",
    "pptx": "python-pptx", "Xlib": "python-xlib", "apt": "python-apt", "bson": "pymongo", "gridfs": "pymongo", "odf": "odfpy", "bpy": "bpy",
    "pwn": "pwntools", "snappy": "python-snappy", "lzo": "python-lzo", "hiredis": "hiredis", "mpl_toolkits": "matplotlib", "tlz": "toolz",
    "allauth": "django-allauth", "crispy_forms": "django-crispy-forms", "storages": "django-storages", "channels_redis": "channels-redis",
}  # fmt: skip
