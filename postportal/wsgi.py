import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from postportal.web.security import guard_content_type

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postportal.settings")

application = guard_content_type(get_wsgi_application())

# All code is read now, not with the first page, and stays out of the garbage collector's sight: going through it takes
# a tenth of a second, in the midst of somebody's page.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
