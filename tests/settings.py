"""The portal's settings as the tests see them: a development start, made quick and left alone by the network."""

import os

os.environ.setdefault("DEBUG", "1")
# All that can be installed.
os.environ["DEMO"] = os.environ["LEGACY_IMPORT"] = "1"

from postportal.settings import *

# Hashing a password properly takes as long as a dozen tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Tests collect no static files, and whitenoise warns about the empty folder unless it looks again each time.
WHITENOISE_AUTOREFRESH = True

# One Redis database for each worker, since clearing a cache clears all of it.
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
if _worker and CACHES["default"]["BACKEND"].endswith("RedisCache"):
    _server, _, _number = CACHES["default"]["LOCATION"].rpartition("/")
    CACHES["default"]["LOCATION"] = f"{_server}/{int(_number) + _worker}"
