"""Settings of a portal that has the example app."""

from tests import settings as portal
from tests.settings import *  # noqa: F403

INSTALLED_APPS = [
    *portal.INSTALLED_APPS,
    "tests.docs.tenders",
]
ROOT_URLCONF = "tests.docs.with_tenders.urls"
# PostgreSQL: the suite is using the test database of the usual name.
DATABASES = {"default": {**portal.DATABASES["default"], "NAME": f"{portal.DATABASES['default']['NAME']}_with_tenders"}}
